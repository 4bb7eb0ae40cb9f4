/**
 * `npm test`: everything that can be checked here, stage by stage (two cores, one card reader), then one closing
 * line `N passed, N failed` (`, N skipped` where parts cannot be had on this machine). Each static check counts as one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}
interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** reads the runner's own report; a step without one counts as one test */
  readonly count?: () => Count;
}

const ROOT = resolve(import.meta.dirname, '..');
const REPORTS = join(ROOT, 'test-results');
const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);
const vitestReport = join(REPORTS, 'vitest.json');
const playwrightReport = (project: string): string => join(REPORTS, `${project}.json`);

const playwright = (project: string): Step => ({
  name: project,
  command: [
    bin('playwright'),
    'test',
    `--project=${project}`,
    '--reporter=list,json',
    `--output=${join(REPORTS, project)}`,
  ],
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport(project) },
  count: () => countPlaywright(playwrightReport(project)),
});

/** Steps of one stage run side by side; what needs the card reader or both cores has a stage of its own. */
const stages: readonly (readonly Step[])[] = [
  [
    { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
    { name: 'lint', command: [bin('eslint'), '.', '--max-warnings', '0'] },
    { name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json'] },
    { name: 'types-of-the-screen', command: [bin('tsc'), '-p', 'renderer/tsconfig.json'] },
    {
      name: 'types-of-the-verification-page',
      command: [bin('tsc'), '-p', 'issuance-center/verification/page/tsconfig.json'],
    },
    {
      name: 'types-of-the-console',
      command: [bin('tsc'), '-p', 'issuance-center/console/page/tsconfig.json'],
    },
    {
      name: 'types-of-the-application-page',
      command: [bin('tsc'), '-p', 'issuance-center/domicile/page/tsconfig.json'],
    },
    {
      name: 'types-of-the-consent-page',
      command: [bin('tsc'), '-p', 'kiosk-agent/home/page/tsconfig.json'],
    },
    { name: 'build-of-the-window', command: ['npm', 'run', '--silent', 'build:electron'] },
  ],
  [
    {
      name: 'vitest',
      command: [
        bin('vitest'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${vitestReport}`,
      ],
      count: countVitest,
    },
  ],
  // browsers that draw side by side on two cores take ten times as long as one after another
  [playwright('screens')],
  [playwright('verify')],
  [playwright('console')],
  [playwright('visits')],
];

function countVitest(): Count {
  const report = readJson(vitestReport) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
    numPendingTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  // a file that could not be loaded has no tests, and is a failure all the same
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests,
  };
}

function countPlaywright(file: string): Count {
  const { stats } = readJson(file) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function readJson(file: string): unknown {
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {
        stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 },
        numPassedTests: 0,
        numFailedTests: 1,
        numPendingTests: 0,
        testResults: [],
      };
}

/** Side by side a step's output is kept and printed whole when it ends. */
function run(step: Step, alone: boolean): Promise<boolean> {
  const [command = '', ...args] = step.command;
  const kept: Buffer[] = [];
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', alone ? 'inherit' : 'pipe', alone ? 'inherit' : 'pipe'],
      env: { ...process.env, ...step.env },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => kept.push(chunk));
    child.once('error', () => done(false));
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(kept));
      done(code === 0);
    });
  });
}

async function runStep(step: Step, alone: boolean): Promise<Count> {
  console.log(`== ${step.name}`);
  const started = performance.now();
  const fine = await run(step, alone);
  const count = step.count?.() ?? { passed: fine ? 1 : 0, failed: fine ? 0 : 1, skipped: 0 };
  // a runner that fails without a failed test (a crash, an unhandled rejection) is a failure too
  if (!fine && count.failed === 0) count.failed = 1;
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`== ${step.name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
  return count;
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const only = process.argv.slice(2);
const total: Count = { passed: 0, failed: 0, skipped: 0 };
for (const stage of stages) {
  const wanted = stage.filter(({ name }) => only.length === 0 || only.includes(name));
  for (const count of await Promise.all(wanted.map((step) => runStep(step, wanted.length === 1)))) {
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
