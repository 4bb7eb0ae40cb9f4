/** The feed door on a port of its own over the center's harness, and clients with real certificates. */
import type { Agent } from 'node:https';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { tlsFingerprint } from '#center/admission.ts';
import { FEED_CONTENT_TYPE, type FeedCredential } from '#center/contract/feedDoor.ts';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import { buildFeedApp, type FeedLimits } from '#center/registers/door/feedApp.ts';
import { enrolFeedClient } from '#center/registers/door/feedClients.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { startHarness, type Harness } from './harness.ts';

/** みほん市 and ためし市 of the demo. */
export const HOME = '992011' as MunicipalityCode;
export const ELSEWHERE = '992020' as MunicipalityCode;

/** PEM; any of them may be missing. */
export interface Identity {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface Sending {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer | Readable;
  readonly agent?: Agent;
}

export interface Heard {
  /** of HTTP, or the code of the connection's end */
  readonly status: number | string;
  readonly body: Record<string, unknown>;
}

export interface FeedDoor {
  readonly center: Harness;
  readonly port: number;
  readonly enrol: (municipality: MunicipalityCode, clientId: string) => Promise<FeedCredential>;
  readonly send: (who: Identity, sending: Sending) => Promise<Heard>;
  readonly close: () => Promise<void>;
}

export const identityOf = ({ certificate, privateKey, serverCa }: FeedCredential): Identity => ({
  cert: certificate,
  key: privateKey,
  ca: serverCa,
});
export const placeOf = (register: FeedRegister, municipality: string = HOME): string =>
  `/v1/municipalities/${municipality}/registers/${register}`;

export async function startFeedDoor(limits?: Partial<FeedLimits>): Promise<FeedDoor> {
  const center = await startHarness();
  const { keys, deps } = center;
  const app = await buildFeedApp({
    ...deps,
    font: openCertificateFont(loadFonts()),
    tls: { key: keys.serverKey, cert: keys.serverCertificate, ca: keys.caCertificate },
    fingerprintOf: tlsFingerprint,
    limits: { callsPerMinute: 100_000, ...limits },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    center,
    port,
    enrol: async (municipality, clientId) => {
      const enrolment = { db: center.db, keys, feedUrl: `https://localhost:${port}`, now: deps.clock() };
      const client = { municipality, clientId };
      return (await enrolFeedClient(enrolment, client, 'operator'))!;
    },
    send: (who, sending) => sendOver(port, who, sending),
    close: async () => {
      await app.close();
      await center.close();
    },
  };
}

export function sendOver(port: number, who: Identity, sending: Sending): Promise<Heard> {
  const { method = 'GET', path, headers, body, agent = false } = sending;
  const type = body === undefined ? {} : { 'content-type': FEED_CONTENT_TYPE };
  return new Promise((done) => {
    const options = {
      host: 'localhost',
      port,
      ...who,
      agent,
      method,
      path,
      headers: { ...type, ...headers },
    };
    const question = httpsRequest(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        done({ status: answer.statusCode!, body: JSON.parse(text) as Record<string, unknown> });
      });
    });
    question.on('error', (error: NodeJS.ErrnoException) =>
      done({ status: error.code ?? error.message, body: {} }),
    );
    if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) question.end(body);
    else {
      question.flushHeaders();
      body.pipe(question);
    }
  });
}
