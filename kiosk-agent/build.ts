/** Which build runs here (operations.md 7, T8): the version, and a digest over the files that the agent is made of. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import given from '../package.json' with { type: 'json' };

const SHOWN_DIGITS = 12;
const isOfTheBuild = (name: string): boolean => !name.includes('.test.') && !name.includes('fixtures');

/** e.g. `0.1.0+4f6c0a9d21be`: the same files have the same name on every machine. */
export function buildOf(directories: readonly string[]): string {
  const hash = createHash('sha256');
  for (const directory of directories) {
    for (const name of filesIn(directory)) {
      const content = readFileSync(join(directory, name));
      hash.update(`${name}\0${content.length}\0`).update(content);
    }
  }
  return `${given.version}+${hash.digest('hex').slice(0, SHOWN_DIGITS)}`;
}

function filesIn(directory: string): readonly string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isOfTheBuild(entry.name) && isOfTheBuild(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length))
    .sort();
}
