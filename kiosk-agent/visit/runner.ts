/**
 * Performs what the reducer asks for, through ports only, and feeds the answers back. The one owner of the visit's
 * state; the secrets of a resident are in `resident`, never in the state.
 */
import type { Command, CommandMessage, ViewMessage } from '../contract/deviceLink.ts';
import { recover } from '../transaction/recovery.ts';
import { startOutbox } from '../transaction/outbox.ts';
import type { Context, RunnerDeps } from './context.ts';
import { authenticate, loadOffers, readCard, releaseCard } from './identityWork.ts';
import { abandonOrder, prepare } from './orderWork.ts';
import { loadApplications, loadForm, loadPlaces, withdrawApplication } from './domicileWork.ts';
import { openSignature, readCardAgain, readCardText } from './signingCardWork.ts';
import { sendApplication, signApplication } from './signingWork.ts';
import { printSheet } from './sheetWork.ts';
import { forget, forgetApplication, nobody } from './resident.ts';
import { pay, print, settle } from './saleWork.ts';
import { makeScreen } from './screen.ts';
import { askDevices, tellAttended } from './selfCheck.ts';
import { begin, step } from './session.ts';
import { staffPrintSpecimen } from './specimenWork.ts';
import { statusTeller } from './statusWork.ts';
import { checkStaffCode, staffCheck, staffClose, staffSettle } from './staffWork.ts';
import type { Effect, Event, Touch, Unstamped, Visit } from './state.ts';

export interface Runner {
  /** Recovery, then the first look at the devices, then service. Resolves when a visit can begin or staff is needed. */
  start(): Promise<void>;
  /** The screen's touch. A stale one changes nothing; every one is answered by a view. */
  command(message: CommandMessage): void;
  latest(): ViewMessage;
  /** Calls at once with the latest view, then with each new one. Returns the function that ends it. */
  watch(listener: (message: ViewMessage) => void): () => void;
  /** Ends reader watch, timers and outbox; forgets the resident. Open money stays in the journal for the next start. */
  stop(): Promise<void>;
}
/** How often a kiosk at rest asks its devices and the center. */
const SELF_CHECK_MS = 15_000;
/** While something is wrong: whoever waits in front of it should not wait longer than the mending took. */
const FAULTY_CHECK_MS = 2_000;
/** The count-down on the screen. */
const SECOND_MS = 1_000;

/** A runner over these ports. Nothing happens before `start`. */
export function makeRunner(deps: RunnerDeps): Runner {
  const screen = makeScreen(begin(deps.settings, deps.versions), deps.clock);
  const ending = new AbortController();
  const resident = nobody();
  const queue: Unstamped[] = [];
  let outbox: ReturnType<typeof startOutbox> | null = null;
  let working = false;
  let unwatch = (): void => undefined;
  let timer = new AbortController();

  const tell = (event: Unstamped): void => {
    queue.push(event);
    if (working) return;
    working = true;
    try {
      for (let next = queue.shift(); next; next = queue.shift()) take(next);
    } finally {
      working = false;
    }
    schedule();
  };
  const take = (event: Unstamped): void => {
    if (ending.signal.aborted) return;
    const stamped: Event = { ...event, now: deps.clock(), id: deps.newId() };
    const before = screen.state().visit;
    const { state, effects } = step(screen.state(), stamped);
    logPlace(deps, before, state.visit);
    screen.show(state);
    for (const effect of effects) perform(effect);
  };
  const context: Context = {
    deps,
    settling: deps,
    resident,
    inHand: new Set(),
    cardFree: { until: Promise.resolve() },
    usedIssueNumbers: new Set(),
    staffDigits: { code: null },
    answer: tell,
    tell,
    owe: () => outbox?.nudge(),
  };
  const failed = (effect: Effect, error: unknown): void => {
    deps.log('effect-failed', {
      effect: effect.kind,
      error: error instanceof Error ? error.name : 'unknown',
    });
    if ('operation' in effect) tell({ kind: 'fault', operation: effect.operation });
  };
  const perform = (effect: Effect): void => {
    performing(context, effect).catch((error: unknown) => failed(effect, error));
  };
  /** One timer at a time: the deadline, or the next second of a count-down. */
  const schedule = (): void => {
    timer.abort();
    const { deadline, asking } = screen.state();
    if (deadline === null || ending.signal.aborted) return;
    timer = new AbortController();
    const { signal } = timer;
    const left = Math.max(0, deadline - deps.clock());
    const pause = asking === 'still-there' ? Math.min(left, SECOND_MS) : left;
    void deps.wait(pause, signal).then(() => {
      if (!signal.aborted) tell({ kind: 'tick' });
    });
  };
  const selfChecks = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const faulty = screen.state().kiosk.faults.length > 0;
      await deps.wait(faulty ? FAULTY_CHECK_MS : SELF_CHECK_MS, ending.signal);
      if (ending.signal.aborted || !screen.atRest()) continue;
      await askDevices(context);
      await tellStatus();
    }
  };
  const tellStatus = statusTeller(context, () => screen.state().kiosk);
  let checking: Promise<void> = Promise.resolve();

  const start = async (): Promise<void> => {
    const { staffClosed, stopped } = deps.journal.notes();
    tell({ kind: 'facts', facts: { staffClosed, stopped } });
    unwatch = deps.reader.watch(({ kind }) => {
      tell({ kind: 'reader', reader: kind });
      if (screen.atRest()) void askDevices(context).catch(() => undefined);
    });
    outbox = startOutbox({
      ...deps,
      onFault: () => deps.log('outbox-failed'),
      onConflict: (issueNumber) => deps.log('center-conflict', { issueNumber }),
    });
    const attended = await recover(deps);
    for (const transaction of attended) deps.log('attendant-needed', { transaction });
    await deps.printer.clear().catch(() => false);
    tellAttended(context);
    await askDevices(context);
    tell({ kind: 'facts', facts: { checked: true } });
    void tellStatus();
    context.owe();
    checking = selfChecks();
  };

  return {
    start,
    latest: screen.latest,
    watch: screen.watch,
    command: ({ seen, command }) => {
      if (screen.isCurrent(seen))
        tell({ kind: 'touch', touch: keepDigits(context, command, screen.state().visit.at) });
      screen.repeat(seen);
    },
    stop: async () => {
      ending.abort();
      timer.abort();
      unwatch();
      resident.order?.stop.abort();
      forget(resident);
      releaseCard(context);
      await Promise.all([outbox?.stop(), checking, context.cardFree.until]);
    },
  };
}

/** Where the visit goes, for the engineers: places and notice codes, never a person. */
function logPlace({ log }: RunnerDeps, before: Visit, after: Visit): void {
  if (before.at === after.at) return;
  const notice = 'notice' in after ? after.notice : null;
  log('visit', notice === null ? { at: after.at } : { at: after.at, notice });
}

/** PINs, password and store code never enter the state: they wait here for the one effect that uses them. */
function keepDigits({ resident, staffDigits }: Context, command: Command, at: Visit['at']): Touch {
  switch (command.type) {
    case 'enterPin':
      if (at === 'enteringPin' || at === 'enteringPinAgain') resident.pin = Buffer.from(command.pin, 'ascii');
      return { type: 'enterPin' };
    case 'enterTextPin':
      if (at === 'enteringTextPin') resident.textPin = Buffer.from(command.pin, 'ascii');
      return { type: 'enterTextPin' };
    case 'enterSignaturePassword':
      if (at === 'enteringPassword') resident.password = Buffer.from(command.password, 'ascii');
      return { type: 'enterSignaturePassword' };
    case 'staffCode':
      if (at === 'staffSignIn') staffDigits.code = command.code;
      return { type: 'staffCode' };
    default:
      return command;
  }
}

async function performing(context: Context, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'askDevices':
      return askDevices(context);
    case 'readCard':
      return readCard(context, effect);
    case 'authenticate':
      return authenticate(context, effect);
    case 'loadOffers':
      return loadOffers(context, effect);
    case 'prepare':
      return prepare(context, effect);
    case 'abandonOrder':
      return abandonOrder(context, effect.reason);
    case 'pay':
      return pay(context, effect);
    case 'stopPaying':
      return context.resident.order?.stop.abort(effect.reason);
    case 'print':
      return print(context, effect);
    case 'settle':
      return settle(context, effect);
    case 'releaseCard':
      return releaseCard(context);
    case 'forget':
      return forget(context.resident);
    case 'forgetSigning':
      releaseCard(context);
      return forgetApplication(context.resident);
    case 'loadPlaces':
      return loadPlaces(context, effect);
    case 'loadForm':
      return loadForm(context, effect);
    case 'loadApplications':
      return loadApplications(context, effect);
    case 'withdrawApplication':
      return withdrawApplication(context, effect);
    case 'readCardAgain':
      return readCardAgain(context, effect);
    case 'readCardText':
      return readCardText(context, effect);
    case 'openSignature':
      return openSignature(context, effect);
    case 'signApplication':
      return signApplication(context, effect);
    case 'sendApplication':
      return sendApplication(context, effect);
    case 'printSheet':
      return printSheet(context, effect);
    case 'checkStaffCode':
      return checkStaffCode(context, effect);
    case 'staffCheck':
      return staffCheck(context, effect);
    case 'staffClose':
      return staffClose(context, effect);
    case 'staffRestart':
      return context.deps.restart(effect.what);
    case 'staffPrintSpecimen':
      return staffPrintSpecimen(context, effect);
    case 'staffSettle':
      return staffSettle(context, effect);
  }
}
