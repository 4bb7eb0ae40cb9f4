/** A home agent over real HTTP with the virtual card on the reader without PC/SC, and the two pages that talk to it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHomeAgent } from '#agent/home/main.ts';
import {
  consentPath,
  consentState,
  PAGE_HEADER,
  TOKEN_HEADER,
  TURN_HEADER,
  type ConsentState,
  type OpenConsent,
} from '#agent/home/consentContract.ts';
import type { Limits } from '#agent/home/state.ts';
import { wait as realWait, type Wait } from '#agent/wait.ts';
import {
  homeAgentAccepted,
  homeAgentAnswer,
  type HomeAgentAnswer,
  type HomeAgentRequest,
} from '#center/contract/homeAgent.ts';
import type { CardData } from '#simulators/card/cardFile.ts';
import { createCard } from '#simulators/card/core.ts';
import type { CardFault } from '#simulators/card/faults.ts';
import { connectCard, type InsertedCard } from '#simulators/card/vpcdClient.ts';
import { createDirectReader } from '#simulators/reader/directReader.ts';
import { createDirectReaderPort } from '#simulators/reader/directReaderPort.ts';

export const SITE = 'https://apply.example';
export const NOW = Date.parse('2026-11-20T10:00:00Z');

export function requestWith(change: Partial<HomeAgentRequest> = {}): HomeAgentRequest {
  return {
    municipality: '992020' as HomeAgentRequest['municipality'],
    municipalityName: '架空県みほん市',
    cardText: false,
    challengeId: '6f1c2b6a-7d0e-4f7e-9d35-2f1a4f3b9c01',
    challenge: Buffer.alloc(32, 7).toString('base64'),
    lifetimeMs: 10 * 60_000,
    statement: {
      domicile: '見本台二丁目8番地9',
      headOfRegister: '架空　一郎',
      furigana: 'カクウ　タロウ',
      telephone: '09012345678',
    },
    ...change,
  };
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}
export type Bench = Awaited<ReturnType<typeof openBench>>;

export async function openBench({
  wait = realWait,
  limits,
  pageDirectory,
  site = SITE,
}: {
  readonly wait?: Wait;
  readonly limits?: Limits;
  readonly pageDirectory?: string;
  readonly site?: string;
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'home-agent-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>consent</title>');
  const slot = await createDirectReader({ port: 0, presenceCheckMs: 20 });
  const port = createDirectReaderPort(slot);
  let connections = 0;
  const reader = {
    ...port,
    connect: async () => {
      const connection = await port.connect();
      connections += 1;
      return { ...connection, close: () => connection.close().finally(() => void (connections -= 1)) };
    },
  };
  const time = { now: NOW };
  const faults: string[] = [];
  const agent = await startHomeAgent(
    { site, port: 0 },
    {
      reader,
      clock: () => time.now,
      wait,
      pageDirectory: pageDirectory ?? folder,
      onFault: (name) => void faults.push(name),
      ...(limits ? { limits } : {}),
    },
  );
  /** everything the agent has said */
  const said: string[] = [];
  const send = (path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answered> =>
    new Promise((answered, failed) => {
      const { port: at } = new URL(agent.url);
      request({ host: '127.0.0.1', port: at, path, method, headers }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => {
          said.push(text, JSON.stringify(response.headers));
          answered({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      })
        .on('error', failed)
        .end(body);
    });
  const asPage = (path: string, sent: Sent = {}): Promise<Answered> =>
    send(path, { ...sent, headers: { origin: site, ...sent.headers } });
  const ask = async (wanted: HomeAgentRequest = requestWith()): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const { text } = await asPage('/requests', { method: 'POST', headers, body: JSON.stringify(wanted) });
    return homeAgentAccepted.parse(JSON.parse(text)).id;
  };
  let inserted: InsertedCard | null = null;
  return {
    url: agent.url,
    time,
    faults,
    said,
    send,
    asPage,
    ask,
    connections: () => connections,
    answer: async (id: string): Promise<HomeAgentAnswer> =>
      homeAgentAnswer.parse(JSON.parse((await asPage(`/requests/${id}`)).text)),
    consent: (id: string) => consentPage(agent.url, send, id),
    /** @param card kept as it is stored afterwards: its counters */
    put: async (card: { data: CardData }, cardFaults: readonly CardFault[] = []) => {
      const virtual = createCard(card.data, (changed) => void (card.data = changed));
      inserted = await connectCard(virtual, { port: slot.port, faults: cardFaults });
    },
    take: async () => {
      await inserted?.remove();
      inserted = null;
    },
    stop: async () => {
      await inserted?.remove();
      await agent.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The applicant at the agent's own page. */
function consentPage(own: string, send: (path: string, sent?: Sent) => Promise<Answered>, id: string) {
  let latest: ConsentState = { kind: 'gone' };
  const look = async (after: number | null): Promise<ConsentState> => {
    const query = after === null ? '' : `?after=${after}`;
    const { text } = await send(`${consentPath(id)}/state${query}`, { headers: { [PAGE_HEADER]: '1' } });
    latest = consentState.parse(JSON.parse(text));
    return latest;
  };
  const open = (): OpenConsent => {
    if (latest.kind !== 'open') throw new Error(`the consent is ${JSON.stringify(latest)}`);
    return latest;
  };
  const headers = (): Record<string, string> => ({
    origin: own,
    [TOKEN_HEADER]: open().token,
    [TURN_HEADER]: String(open().turn),
  });
  const post = (act: string, body?: string): Promise<Answered> =>
    send(`${consentPath(id)}/${act}`, {
      method: 'POST',
      headers: headers(),
      ...(body === undefined ? {} : { body }),
    });
  /** Waits until the state is as wanted; each look waits for news, so a state that never comes is a time-out. */
  const until = async (isWanted: (state: ConsentState) => boolean): Promise<ConsentState> => {
    let state = await look(null);
    while (!isWanted(state)) {
      if (state.kind !== 'open') throw new Error(`ended as ${JSON.stringify(state)}`);
      state = await look(state.version);
    }
    return state;
  };
  return {
    look: () => look(null),
    latest: open,
    headers,
    post,
    until,
    at: async (at: OpenConsent['stage']['at']): Promise<OpenConsent> => {
      await until((state) => state.kind === 'open' && state.stage.at === at);
      return open();
    },
    ended: async (): Promise<ConsentState> => until(({ kind }) => kind === 'ended'),
  };
}
export type ConsentPage = ReturnType<typeof consentPage>;

export const RIGHT = { password: 'ABC123', pin: '1234', text: '1234' } as const;

/** In the order of the consent; each begins with the one before. The card lies on the reader. */
export type Reached = 'asking' | 'enteringPassword' | 'reviewing' | 'enteringPin' | 'ended';
export async function reach(page: ConsentPage, wanted: Reached): Promise<void> {
  await page.at('asking');
  if (wanted === 'asking') return;
  await page.post('begin');
  await page.at('enteringPassword');
  if (wanted === 'enteringPassword') return;
  await page.post('password', RIGHT.password);
  await page.at('reviewing');
  if (wanted === 'reviewing') return;
  await page.post('confirm');
  await page.at('enteringPin');
  if (wanted === 'enteringPin') return;
  await page.post('pin', RIGHT.pin);
  await page.ended();
}
