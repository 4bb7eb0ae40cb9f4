/** Foreign programs run to their end, with everything they said. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  /** what it wrote to both streams */
  readonly out: string;
}

const GIVE_UP_MS = 60_000;

/** Never rejects: a program that fails is an outcome here. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(program, [...args], { ...options, timeout: GIVE_UP_MS }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, stdout, out: stdout + stderr });
    });
  });
}

/** A sentence about the first program that is not on the PATH. */
export function missingTool(programs: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const absent = programs.find((program) => !folders.some((folder) => isExecutable(join(folder, program))));
  return absent && `${absent} is not installed`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
