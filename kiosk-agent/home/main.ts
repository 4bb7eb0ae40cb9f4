/**
 * `npm run home-agent`: the card code of the kiosk on the applicant's own machine. Configuration, page, reader, server, in that
 * order. Nothing is written to disk; what is printed names the site that may ask, and nothing else. Exit codes: 0 stopped,
 * 2 configuration.
 */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '#templates/vocabulary.ts';
import type { CardReaderPort } from '../card/cardReaderPort.ts';
import { readHolder, signChallenge, verifyPin } from '../card/jpkiCard.ts';
import { createPcscReader } from '../card/pcscReader.ts';
import { openSignature, readCounters, signContent } from '../card/signatureCard.ts';
import { readText } from '../card/textCard.ts';
import { loadPages, type Page } from '../link/pages.ts';
import { wait as realWait, type Wait } from '../wait.ts';
import { HomeConfigError, readHomeConfig, type HomeConfig } from './config.ts';
import { homeRunner } from './runner.ts';
import { homeServer } from './server.ts';
import type { Limits } from './state.ts';

const BUILT_PAGE = join(import.meta.dirname, '../../dist/home');

export class HomePortTaken extends Error {
  constructor(port: number) {
    super(
      `127.0.0.1:${port} はほかのプログラムが使っています。動いているものを止めるか、HOME_AGENT を変えてください`,
    );
    this.name = 'HomePortTaken';
  }
}
export interface HomeAgentOptions {
  readonly reader: CardReaderPort;
  readonly clock: Clock;
  readonly wait?: Wait;
  readonly limits?: Limits;
  /** where the consent page was built to */
  readonly pageDirectory?: string;
  readonly onFault: (name: string) => void;
}
export interface HomeAgent {
  /** `http://127.0.0.1:8792` */
  readonly url: string;
  /** Lets the card go, forgets everything, closes the reader. */
  stop(): Promise<void>;
}

/** Resolves when it listens. Rejects with HomePortTaken, or with HomeConfigError when the page is not built; port 0: any. */
export async function startHomeAgent(
  { site, port }: Pick<HomeConfig, 'site' | 'port'>,
  { reader, clock, wait = realWait, limits, pageDirectory = BUILT_PAGE, onFault }: HomeAgentOptions,
): Promise<HomeAgent> {
  const pages = builtPages(pageDirectory);
  const card = { readHolder, verifyPin, signChallenge };
  const signing = { readCounters, readText, openSignature, signContent };
  const runner = homeRunner({
    site,
    reader,
    card,
    signing,
    clock,
    wait,
    onFault,
    ...(limits ? { limits } : {}),
  });
  const server = homeServer({ runner, site, pages, wait, onFault });
  const stop = async (): Promise<void> => {
    await runner.close();
    server.close();
    server.closeAllConnections();
    await reader.close();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    await stop();
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new HomePortTaken(port) : error;
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

function builtPages(directory: string): ReadonlyMap<string, Page> {
  try {
    return loadPages(directory);
  } catch {
    throw new HomeConfigError(`${directory}: 画面がありません。npm run build:home で作ってください`);
  }
}

async function run(): Promise<void> {
  const config = readHomeConfig(process.env);
  const { site, cardReader } = config;
  const agent = await startHomeAgent(config, {
    reader: createPcscReader(cardReader === null ? {} : { readerName: cardReader }),
    clock: Date.now,
    onFault: (name) => process.stderr.write(`不具合がありました（${name}）\n`),
  });
  process.stdout.write(`${site} の申請に署名する準備ができました（${agent.url}）。終わるときは Ctrl+C\n`);
  const leave = (): void => void agent.stop().finally(() => process.exit(0));
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  run().catch((error: unknown) => {
    const known = error instanceof HomeConfigError || error instanceof HomePortTaken;
    process.stderr.write(known ? `${error.message}\n` : `${(error as Error).stack ?? 'failed to start'}\n`);
    process.exit(known ? 2 : 1);
  });
}
