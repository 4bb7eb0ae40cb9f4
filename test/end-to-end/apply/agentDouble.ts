/**
 * What the page finds at the home agent's address: answers by its contract, and signatures of the two keys of a simulated card.
 * The browser is answered in its place, so that no port is taken; the real agent stands behind applies-at-home.spec.ts.
 */
import { randomBytes } from 'node:crypto';
import type { BrowserContext, Route } from '@playwright/test';
import {
  HOME_AGENT_ORIGIN,
  homeAgentRequest,
  type HomeAgentAccepted,
  type HomeAgentAnswer,
  type HomeAgentHello,
  type HomeAgentRequest,
} from '#center/contract/homeAgent.ts';
import type { SignedApplication } from '#center/contract/domicileApplication.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import { contentFor, signApplication } from '../../center/domicile/applying.ts';

const CONSENT =
  '<!doctype html><html lang="ja"><title>署名</title><link rel="icon" href="data:,"><h1>署名の画面</h1>';

export interface AgentDouble {
  /** null: it does not run */
  reader: HomeAgentHello['reader'] | null;
  /** what comes of every request from now on */
  answer: HomeAgentAnswer;
  /** what was asked for, in order, checked by the contract */
  readonly requests: readonly HomeAgentRequest[];
  /** what the page gave up */
  readonly dropped: readonly string[];
  /** both signatures of this card over the last request, with what `change` makes of it; handed out to the page */
  sign(card: IssuedCard, change?: (application: SignedApplication) => SignedApplication): void;
}

export async function doubleIn(context: BrowserContext): Promise<AgentDouble> {
  const requests: HomeAgentRequest[] = [];
  const dropped: string[] = [];
  const double: AgentDouble = {
    reader: 'empty',
    answer: { kind: 'waiting' },
    requests,
    dropped,
    sign: (card, change = (application) => application) => {
      const last = requests.at(-1);
      if (!last) throw new Error('nothing was asked for');
      const { municipality, challengeId } = last;
      const challenge = Buffer.from(last.challenge, 'base64');
      const content = contentFor(
        card,
        { channel: 'internet', municipality, challengeId, challenge },
        last.statement,
      );
      double.answer = { kind: 'signed', application: change(signApplication(card, content)) };
    },
  };
  await context.route(`${HOME_AGENT_ORIGIN}/**`, (route) => answer(route, double, requests, dropped));
  return double;
}

function answer(
  route: Route,
  double: AgentDouble,
  requests: HomeAgentRequest[],
  dropped: string[],
): Promise<void> {
  const request = route.request();
  const { pathname } = new URL(request.url());
  if (double.reader === null) return route.abort('connectionrefused');
  if (pathname.startsWith('/consent/'))
    return route.fulfill({ body: CONSENT, contentType: 'text/html; charset=utf-8' });
  const json = (status: number, body: object) =>
    route.fulfill({ status, json: body, headers: { 'access-control-allow-origin': '*' } });
  if (pathname === '/hello') return json(200, helloOf(double.reader));
  if (request.method() === 'POST') {
    requests.push(homeAgentRequest.parse(request.postDataJSON()));
    const id = randomBytes(16).toString('hex');
    const accepted: HomeAgentAccepted = { id, consentUrl: `${HOME_AGENT_ORIGIN}/consent/${id}` };
    return json(201, accepted);
  }
  if (request.method() === 'DELETE') {
    dropped.push(pathname);
    return route.fulfill({ status: 204, headers: { 'access-control-allow-origin': '*' } });
  }
  return json(200, double.answer);
}

const helloOf = (reader: HomeAgentHello['reader']): HomeAgentHello => ({
  product: 'certificate-kiosk-home-agent',
  version: 1,
  reader,
});
