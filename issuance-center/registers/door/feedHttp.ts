/**
 * A municipality's end of the feed door: files and texts over mutual TLS, answers parsed. What cannot be reached or read
 * becomes FeedUnreachable with a code; an axios error holds the private key (stack.md 5.1), so none leaves this file.
 */
import { Agent } from 'node:https';
import { Readable } from 'node:stream';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import {
  FEED_CONTENT_TYPE,
  feedAnswer,
  type FeedAnswer,
  type FeedCredential,
} from '../../contract/feedDoor.ts';
import type { FeedRegister } from '../../contract/registerFeed.ts';

export interface FeedUpload {
  readonly call: 'load' | 'events' | 'checksums';
  readonly body: Readable | string;
  readonly gzip?: boolean;
  readonly dryRun?: boolean;
}

export interface FeedHttp {
  readonly standing: (register: FeedRegister) => Promise<FeedAnswer>;
  readonly send: (register: FeedRegister, upload: FeedUpload) => Promise<FeedAnswer>;
  readonly close: () => void;
}

/** The center could not be reached, or what answered is none. Its message holds a code and nothing else. */
export class FeedUnreachable extends Error {}

const STANDING_TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 16_000_000;

export function feedHttp(credential: FeedCredential): FeedHttp {
  const agent = new Agent({
    cert: credential.certificate,
    key: credential.privateKey,
    ca: credential.serverCa,
    keepAlive: true,
    minVersion: 'TLSv1.3',
  });
  const http = axios.create({
    baseURL: credential.feedUrl,
    httpsAgent: agent,
    // the environment of an office's machine must not send a register through somebody's proxy
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    maxBodyLength: Infinity,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  });
  const base = `/v1/municipalities/${credential.municipality}/registers`;
  return {
    standing: (register) =>
      ask(http, { method: 'GET', url: `${base}/${register}`, timeout: STANDING_TIMEOUT_MS }),
    send: async (register, { call, body, gzip = false, dryRun = false }) => {
      try {
        return await ask(http, {
          method: call === 'load' ? 'PUT' : 'POST',
          url: `${base}/${register}${call === 'load' ? '' : `/${call}`}`,
          params: dryRun ? { dryRun: 'true' } : {},
          headers: { 'content-type': FEED_CONTENT_TYPE, ...(gzip && { 'content-encoding': 'gzip' }) },
          data: body,
        });
      } finally {
        // an answer before the end of the file: the rest is not sent
        if (body instanceof Readable) body.destroy();
      }
    },
    close: () => agent.destroy(),
  };
}

type Question = Parameters<AxiosInstance['request']>[0];

async function ask(http: AxiosInstance, question: Question): Promise<FeedAnswer> {
  const text = await answerText(http, question);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new FeedUnreachable('NOT_JSON');
  }
  const parsed = feedAnswer.safeParse(json);
  if (!parsed.success) throw new FeedUnreachable('NOT_AN_ANSWER');
  return parsed.data;
}

async function answerText(http: AxiosInstance, question: Question): Promise<string> {
  try {
    const { data } = await http.request<string>(question);
    return data;
  } catch (error) {
    throw new FeedUnreachable(isAxiosError(error) ? (error.code ?? 'NO_ANSWER') : 'FAULT');
  }
}
