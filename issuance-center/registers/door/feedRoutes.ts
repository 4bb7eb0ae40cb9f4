/** The four calls of the register feed (contract/registerFeed.ts). */
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  FEED_CONTENT_TYPE,
  conflictAnswer,
  doorRefusal,
  enteredAnswer,
  faultsAnswer,
  reconciledAnswer,
  repeatedAnswer,
  standingAnswer,
  type DoorRefusal,
} from '../../contract/feedDoor.ts';
import {
  checksumLine,
  checksumsHeader,
  eventLine,
  eventsHeader,
  feedRegister,
  loadHeader,
  loadLine,
} from '../../contract/registerFeed.ts';
import { enterEvents, enterLoad, reconcile, type FeedDeps, type FeedPlace } from '../feedApi.ts';
import type { Lines } from '../feedLines.ts';
import type { FeedOutcome } from '../feedOutcome.ts';
import type { ReconcileOutcome } from '../reconcile.ts';
import { answerOf, type Answer } from './feedAnswers.ts';
import { FEED_LIMITS, type FeedAppDeps } from './feedApp.ts';
import { standingOf } from './standing.ts';
import { turns, type Turns } from './turns.ts';
import { uploadedText, type Upload, type UploadLimits } from './uploadedText.ts';

const PLACE = '/v1/municipalities/:code/registers/:register';
const params = z.object({ code: z.string(), register: feedRegister });
const query = z.object({
  dryRun: z.enum(['true', 'false']).optional().describe('true: tell what would happen, enter nothing'),
});

/** A load holds a database connection while it is read; the pool has sixteen, and issuing comes first. */
const LOADS = { atOnce: 3, perMunicipality: 4 };
const BATCHES = { atOnce: 6, perMunicipality: 20 };

interface Call {
  readonly deps: FeedDeps;
  readonly place: FeedPlace;
  readonly text: Lines;
  readonly dryRun: boolean;
}

interface UploadRoute {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly limits: UploadLimits;
  readonly turns: Turns;
  readonly summary: string;
  /** shapes of the lines, for the description */
  readonly lines: z.ZodType;
  readonly done: z.ZodType;
  readonly isDryRunnable: boolean;
  readonly enter: (call: Call) => Promise<FeedOutcome | ReconcileOutcome>;
}

export function feedRoutes(app: FastifyInstance, deps: FeedAppDeps): void {
  const long = turns(LOADS);
  const short = turns(BATCHES);
  const limits = { ...FEED_LIMITS, ...deps.limits };
  const routes: readonly UploadRoute[] = [
    {
      method: 'PUT',
      path: PLACE,
      limits: limits.load,
      turns: long,
      summary: 'A full load: begins a stream; rows that it does not name have ended',
      lines: z.union([loadHeader, loadLine]),
      done: enteredAnswer,
      isDryRunnable: true,
      enter: (call) => enterLoad(call.deps, call.place, call.text, call),
    },
    {
      method: 'POST',
      path: `${PLACE}/events`,
      limits: limits.events,
      turns: short,
      summary: 'A batch of events after the load; without any: nothing has changed until then',
      lines: z.union([eventsHeader, eventLine]),
      done: z.union([enteredAnswer, repeatedAnswer]),
      isDryRunnable: true,
      enter: (call) => enterEvents(call.deps, call.place, call.text, call),
    },
    {
      method: 'POST',
      path: `${PLACE}/checksums`,
      limits: limits.checksums,
      turns: long,
      summary: 'The daily reconciliation: checksums of every row; rows that differ are held',
      lines: z.union([checksumsHeader, checksumLine]),
      done: reconciledAnswer,
      isDryRunnable: false,
      enter: (call) => reconcile(call.deps, call.place, call.text),
    },
  ];
  for (const route of routes) addUpload(app, deps, route);
  addStanding(app, deps);
}

function addUpload(app: FastifyInstance, deps: FeedAppDeps, route: UploadRoute): void {
  const { method, path, summary, lines, done, isDryRunnable } = route;
  app.route({
    method,
    url: path,
    schema: {
      summary,
      consumes: [FEED_CONTENT_TYPE],
      params,
      ...(isDryRunnable && { querystring: query }),
      body: lines.describe('one line each: the header first, then as many lines as it says'),
      response: {
        200: done,
        400: doorRefusal,
        403: doorRefusal,
        404: doorRefusal,
        408: doorRefusal,
        409: conflictAnswer,
        413: doorRefusal,
        415: doorRefusal,
        422: faultsAnswer,
        429: doorRefusal,
        500: doorRefusal,
        503: doorRefusal,
      },
    },
    handler: (request, reply) => upload(deps, route, request, reply),
  });
}

const NO_SUCH: DoorRefusal = {
  kind: 'no-such-register',
  reason: 'この送り先はありません。台帳の名前をたしかめてください',
};
const WAITING: DoorRefusal = {
  kind: 'busy',
  reason: '前に送られたものを登録しています。しばらくしてから送り直してください',
};
const ENCODING: DoorRefusal = {
  kind: 'wrong-content-type',
  reason: '圧縮するときは gzip だけにしてください',
};

async function upload(deps: FeedAppDeps, route: UploadRoute, request: FastifyRequest, reply: FastifyReply) {
  const { register } = request.params as { register: string };
  const known = feedRegister.safeParse(register);
  if (!known.success) return refuse(request, reply, 404, NO_SUCH);
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'gzip') return refuse(request, reply, 415, ENCODING);
  const { municipality } = request.feedClient!;
  const place = { municipality, register: known.data };
  const body = (request.body as Readable | undefined) ?? request.raw;
  const sent = uploadedText(body, encoding, route.limits);
  const dryRun = (request.query as { dryRun?: string }).dryRun === 'true';
  const answer = await route.turns.take(municipality, () => enter(deps, route, { place, sent, dryRun }));
  if (answer === 'busy') {
    void reply.header('retry-after', '60');
    return refuse(request, reply, 429, WAITING);
  }
  endUpload(request, reply);
  return reply.code(answer.status).send(answer.body);
}

async function enter(
  deps: FeedAppDeps,
  route: UploadRoute,
  { place, sent, dryRun }: { readonly place: FeedPlace; readonly sent: Upload; readonly dryRun: boolean },
): Promise<Answer> {
  const feedDeps: FeedDeps = {
    db: deps.db,
    now: deps.clock(),
    canDraw: async (municipality) =>
      (await deps.configuration.inForce(deps.db, municipality, deps.clock()))?.canDraw ?? deps.font.canDraw,
  };
  const outcome = await route.enter({ deps: feedDeps, place, text: sent.text, dryRun });
  count(deps, place, outcome, dryRun);
  return answerOf(outcome, sent.status());
}

/** How many people a register of restrictions is about has no number anywhere but in itself. */
function count(
  { metrics }: FeedAppDeps,
  { register }: FeedPlace,
  outcome: FeedOutcome | ReconcileOutcome,
  dryRun: boolean,
): void {
  metrics.feedUploads.inc({ register, outcome: dryRun ? 'dry-run' : outcome.kind });
  if (dryRun || outcome.kind !== 'entered' || register === 'restriction') return;
  const { added, changed, ended, waiting } = outcome.counts;
  metrics.feedRows.inc({ register }, added + changed + ended + waiting);
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, refusal: DoorRefusal) {
  endUpload(request, reply);
  return reply.code(status).send(refusal);
}

/** How long a sender that has not stopped yet is listened to, so that it hears the answer. */
const LISTEN_ON_MS = 10_000;

/** An answer before the end of the body: the rest is let go by, and the connection ends. */
function endUpload({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete || raw.destroyed) return;
  void reply.header('connection', 'close');
  raw.on('error', () => undefined);
  raw.resume();
  const timer = setTimeout(() => raw.destroy(), LISTEN_ON_MS);
  raw.once('close', () => clearTimeout(timer));
}

function addStanding(app: FastifyInstance, deps: FeedAppDeps): void {
  app.get(
    PLACE,
    {
      schema: {
        summary: 'Where the register stands',
        params,
        response: { 200: standingAnswer, 403: doorRefusal, 404: doorRefusal },
      },
    },
    async (request, reply) => {
      const known = feedRegister.safeParse((request.params as { register: string }).register);
      if (!known.success) return reply.code(404).send(NO_SUCH);
      return standingOf(deps.db, { municipality: request.feedClient!.municipality, register: known.data });
    },
  );
}
