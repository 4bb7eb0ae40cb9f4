/** npm run card:insert: keeps a card on the virtual reader until Ctrl-C. */
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startPcscd } from '#simulators/reader/pcscDaemon.ts';
import { readCardFile } from './cardFile.ts';
import type { CardFault } from './faults.ts';
import { insertCard, VPCD_PORTS } from './insertCard.ts';
import type { ApduTrace } from './vpcdClient.ts';

const HELP = `Keeps a virtual card on the virtual reader until it is stopped (Ctrl-C).

  npm run card:insert -- card.json [options]

  --slot <0|1>          "Virtual PCD 00 00" or "Virtual PCD 00 01"   (0)
  --port <n>            another port, e.g. of a reader without PC/SC
  --host <address>      where the reader listens                     (127.0.0.1)
  --pull-at-apdu <n>    take the card away during its nth command
  --delay-ms <n>        answer every command that much later
  --quiet               do not print the commands (INS P1 P2 Lc SW; never their bodies)
  --help                this text

Starts pcscd with its virtual readers when none runs and this is root.
`;

const OPTIONS = {
  slot: { type: 'string', default: '0' },
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  'pull-at-apdu': { type: 'string' },
  'delay-ms': { type: 'string' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export interface InsertArguments {
  readonly cardFile: string;
  readonly host: string;
  readonly port: number;
  /** whether the port is one of pcscd's virtual readers */
  readonly pcsc: boolean;
  readonly faults: readonly CardFault[];
  readonly quiet: boolean;
}

export type ParsedInsert =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | { readonly kind: 'insert'; readonly values: InsertArguments };

/** What the command line asks for. */
export function parseInsertArguments(args: readonly string[]): ParsedInsert {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: true });
  } catch (error) {
    return { kind: 'wrong', problems: [error instanceof Error ? (error.message.split('. ')[0] ?? '') : ''] };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const numbers = {
    slot: wholeNumber(values.slot, 0, 1),
    port: wholeNumber(values.port, 1, 65535),
    'pull-at-apdu': wholeNumber(values['pull-at-apdu'], 1, 100_000),
    'delay-ms': wholeNumber(values['delay-ms'], 0, 600_000),
  };
  const problems = Object.values(numbers).flatMap((one, index) =>
    typeof one === 'string' ? [`--${Object.keys(numbers)[index]} ${one}`] : [],
  );
  const [cardFile, ...more] = positionals;
  if (!cardFile || more.length > 0) problems.push('name exactly one card file');
  if (problems.length > 0 || !cardFile) return { kind: 'wrong', problems };
  const number = (key: keyof typeof numbers): number | undefined => numbers[key] as number | undefined;
  return {
    kind: 'insert',
    values: {
      cardFile,
      host: values.host,
      port: number('port') ?? VPCD_PORTS[number('slot') === 1 ? 1 : 0],
      pcsc: number('port') === undefined,
      faults: faultsOf(number('pull-at-apdu'), number('delay-ms')),
      quiet: values.quiet,
    },
  };
}

/** The number, undefined when absent, or what is wrong with it. */
function wholeNumber(text: string | undefined, least: number, most: number): number | string | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : `must be a whole number from ${least} to ${most}`;
}

function faultsOf(pullAt: number | undefined, delayMs: number | undefined): CardFault[] {
  return [
    ...(delayMs ? [{ kind: 'delay', when: { kind: 'every' }, ms: delayMs } as const] : []),
    ...(pullAt ? [{ kind: 'pull', when: { kind: 'nth', nth: pullAt } } as const] : []),
  ];
}

async function main(): Promise<number> {
  const parsed = parseInsertArguments(process.argv.slice(2));
  if (parsed.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (parsed.kind === 'wrong') {
    process.stderr.write(parsed.problems.map((problem) => `card:insert: ${problem}\n`).join(''));
    process.stderr.write('card:insert: --help lists every option\n');
    return 2;
  }
  const { values } = parsed;
  const { kind, state } = readCardFile(values.cardFile);
  const daemon = values.pcsc ? await startPcscd({ buildDir: join(tmpdir(), 'pcscd-nodelay') }) : undefined;
  if (daemon?.kind === 'unavailable') process.stderr.write(`card:insert: ${daemon.reason}\n`);
  if (daemon?.kind === 'started') process.stdout.write('started pcscd with its virtual readers\n');
  try {
    const onApdu = values.quiet ? undefined : print;
    const card = await insertCard({ ...values, onApdu });
    process.stdout.write(
      `inserted ${values.cardFile} (${kind}, ${state}) on port ${values.port}; Ctrl-C removes it\n`,
    );
    const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(
      () => 'asked' as const,
    );
    const keepAlive = setInterval(() => undefined, 60_000);
    const ended = await Promise.race([asked, card.removed.then(() => 'gone' as const)]);
    clearInterval(keepAlive);
    await card.remove();
    process.stdout.write(ended === 'asked' ? 'removed\n' : 'the card has left the reader\n');
    return 0;
  } finally {
    await daemon?.stop();
  }
}

function print({ ins, p1, p2, lc, sw }: ApduTrace): void {
  process.stdout.write(`INS ${ins} P1 ${p1} P2 ${p2} Lc ${lc} SW ${sw ?? 'none'}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`card:insert: ${error instanceof Error ? error.message : 'failed'}\n`);
      process.exit(1);
    },
  );
}
