/** Every register of a municipality as the console shows it, and as issuing sees it. */
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { datasets } from '#templates/datasets/catalogue.ts';
import type { RegisterStanding } from '../../contract/console/registers.ts';
import { registerEntities, type FeedRegister } from '../../contract/registerFeed.ts';
import type { InForce } from '../../configuration/configuration.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import { kindsInOrder } from '../../issuing/offer.ts';
import { answerOf } from '../../registers/door/feedAnswers.ts';
import type { FeedRefusal } from '../../registers/feedOutcome.ts';
import { readFedUntil } from '../../registers/registerAges.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { registerNames } from '../watch/feedStates.ts';
import { registerState, stateWords } from './registerState.ts';

/** Reconciled once a day; an hour's grace for the day on which it takes longer. */
const RECONCILED_WITHIN_MS = 25 * 60 * 60_000;

export async function standingsOf(
  { db, configuration }: Pick<ConsoleDeps, 'db' | 'configuration'>,
  municipality: MunicipalityCode,
  now: number,
): Promise<readonly RegisterStanding[]> {
  const inForce = await configuration.inForce(db, municipality, now);
  const known = await readFedUntil(db, municipality, now);
  const streams = new Map((await streamRows(db, municipality, now)).map((row) => [row.register, row]));
  const reconciled = new Map((await lastReconciliations(db, municipality)).map((row) => [row.register, row]));
  return (Object.keys(registerEntities) as FeedRegister[]).map((register) => {
    const row = streams.get(register);
    const stream = row && {
      nextSeq: row.next_seq,
      heardSeq: row.heard_seq,
      fedUntil: row.fed_until.getTime(),
      blockedReason: row.blocked_reason,
      due: row.due ?? 0,
      differences: row.differences ?? 0,
    };
    const limitMinutes = inForce?.profile.feedLimits[register] ?? null;
    const state = registerState({ stream, isKnown: known.has(register), limitMinutes, now });
    const last = reconciled.get(register);
    return {
      register,
      label: registerNames[register],
      state,
      words: stateWords(state, stream),
      lastSeq: row ? row.next_seq - 1 : null,
      missing: state === 'gap' ? { from: row!.next_seq, to: row!.heard_seq } : null,
      fedUntil: row?.fed_until.toISOString() ?? null,
      loadedAt: row?.loaded_at.toISOString() ?? null,
      limitMinutes,
      waiting: row?.waiting ?? 0,
      reconciliation: last
        ? {
            at: last.at.toISOString(),
            rows: last.rows,
            differences: last.differences,
            isOld: now - last.at.getTime() > RECONCILED_WITHIN_MS,
          }
        : null,
      differences: row?.differences ?? 0,
      withheld: state === 'fresh' || !inForce ? [] : [...kindsOn(register, inForce)],
      refusal: row?.last_refusal ? refusalOf(row.last_refusal as FeedRefusal, row.last_refused_at!) : null,
    };
  });
}

function refusalOf(refusal: FeedRefusal, at: Date): RegisterStanding['refusal'] {
  const { body } = answerOf(refusal, 400);
  const faults = refusal.kind === 'faults' ? refusal.faults.map((fault) => ({ ...fault })) : [];
  const total = refusal.kind === 'faults' ? refusal.total : 0;
  return { at: at.toISOString(), reason: 'reason' in body ? body.reason : '', faults, total };
}

/** Registers that every certificate rests on (eligibility.ts). */
const ALWAYS: readonly FeedRegister[] = ['resident', 'restriction', 'certificate-link'];

/** Labels of the offered kinds that rest on this register. */
function kindsOn(register: FeedRegister, { templates, profile }: InForce): readonly string[] {
  const offered = new Set<string>(profile.kinds.map(({ kind }) => kind));
  return kindsInOrder(templates)
    .filter(({ id }) => offered.has(id))
    .filter(({ dataset }) => ALWAYS.includes(register) || datasets[dataset].registers.includes(register))
    .map(({ label }) => label);
}

function streamRows(db: CenterDatabase, municipality: MunicipalityCode, now: number) {
  return db
    .selectFrom('register_stream as stream')
    .selectAll()
    .select(({ selectFrom }) => [
      selectFrom('register_pending as pending')
        .select(sql<number>`count(*) filter (where effective_at <= ${new Date(now)})::int`.as('due'))
        .whereRef('pending.municipality', '=', 'stream.municipality')
        .whereRef('pending.register', '=', 'stream.register')
        .as('due'),
      selectFrom('register_pending as pending')
        .select(sql<number>`count(*) filter (where effective_at > ${new Date(now)})::int`.as('waiting'))
        .whereRef('pending.municipality', '=', 'stream.municipality')
        .whereRef('pending.register', '=', 'stream.register')
        .as('waiting'),
      selectFrom('register_difference as difference')
        .select(sql<number>`count(*)::int`.as('differences'))
        .whereRef('difference.municipality', '=', 'stream.municipality')
        .whereRef('difference.register', '=', 'stream.register')
        .as('differences'),
    ])
    .where('stream.municipality', '=', municipality)
    .execute();
}

function lastReconciliations(db: CenterDatabase, municipality: MunicipalityCode) {
  return db
    .selectFrom('register_reconciliation')
    .distinctOn('register')
    .selectAll()
    .where('municipality', '=', municipality)
    .orderBy('register')
    .orderBy('id', 'desc')
    .execute();
}
