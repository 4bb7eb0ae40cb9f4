/**
 * One visit by a program in the resident's place: looks at the view, makes the one touch a resident would make, puts the
 * card down, takes it back, pays. The screen, the agent and everything behind it cannot tell.
 */
import type { Command, View, ViewMessage } from '#agent/contract/deviceLink.ts';
import type { HeadlessScreen } from '#simulators/screen/headlessScreen.ts';
import { answerTo, touch, type Touch } from './visitAnswers.ts';

export interface VisitWish {
  readonly pin: string;
  /** data ids of the certificates, in order; each is added to the basket, all are paid at once */
  readonly kinds: readonly string[];
  /** absent: what `members` says, else the resident alone where that can be chosen */
  readonly extent?: 'whole' | 'part' | 'self';
  /** `all`, or some of those who can be printed, each by number or name */
  readonly members?: 'all' | readonly string[];
  /** ids of the options to be shown, or all of them; every other one is answered with no */
  readonly include: 'all' | readonly string[];
  /** of these, what is asked only when it concerns somebody who is printed: not being asked is no refusal */
  readonly unlessNobody?: readonly string[];
  /** of each certificate */
  readonly copies: number;
  /** where it is asked: this one, else the residence */
  readonly municipality?: string;
}
export interface Hands {
  insertCard(): Promise<void>;
  removeCard(): Promise<void>;
  pay(): Promise<void>;
}
export type VisitOutcome =
  | {
      readonly kind: 'collected';
      readonly milliseconds: Readonly<Record<string, number>>;
      readonly inquiryNumber: string;
    }
  | {
      readonly kind: 'refused';
      readonly notice: string;
      /** 証明書名 of the one it is about */
      readonly about?: string;
      readonly triesLeft?: number;
      readonly until?: string;
    }
  /** the wish does not fit what is offered */
  | { readonly kind: 'impossible'; readonly reason: string };

/** Drives the visit to its end and leaves the kiosk idle. Rejects when the link closes. */
export async function driveVisit(
  screen: HeadlessScreen,
  wish: VisitWish,
  hands: Hands,
): Promise<VisitOutcome> {
  const asked = new Set<string>();
  const stopwatch = makeStopwatch();
  const onceHands = payingOnce(hands);
  let outcome: VisitOutcome | null = null;
  let begun = false;
  for await (const message of screen.views()) {
    if (message.sequence !== screen.latest().sequence) continue;
    const { view } = message;
    stopwatch.at(view.at);
    if (view.at === 'idle' && begun) break;
    if (view.at === 'outOfService' && !begun) {
      if (LASTING.has(view.notice)) return { kind: 'refused', notice: view.notice };
      continue;
    }
    begun ||= view.at === 'idle';
    outcome ??= ended(view, wish);
    const next: Touch | null =
      outcome && outcome.kind !== 'collected' ? leave(message) : touchFor(view, wish, asked);
    if (next?.kind === 'impossible') outcome = next;
    else if (next) screen.send(next.command, message.sequence);
    if (next?.kind === 'impossible') for (const command of CANCEL) screen.send(command);
    await handsFor(view, onceHands);
    if (view.at === 'collecting') {
      outcome = { kind: 'collected', milliseconds: stopwatch.all(), inquiryNumber: view.inquiryNumber };
    }
    if (view.at === 'askingAttendant') break;
  }
  await hands.removeCard();
  return outcome ?? { kind: 'impossible', reason: 'the visit ended without a word' };
}

const CANCEL: readonly Command[] = [{ type: 'cancel' }, { type: 'cancelConfirmed' }];
/** Out of service for a reason that waiting does not mend. */
const LASTING: ReadonlySet<string> = new Set(['KIOS-02', 'KIOS-03', 'CENT-03']);

/** A wrong PIN ends the visit: this program tries once, as it was told. */
function ended(view: View, wish: VisitWish): VisitOutcome | null {
  if (view.at === 'enteringPin' && view.wrong) {
    return {
      kind: 'refused',
      notice: 'CARD-03',
      ...(view.triesLeft === null ? {} : { triesLeft: view.triesLeft }),
    };
  }
  if (view.at === 'notice') {
    return {
      kind: 'refused',
      notice: view.notice,
      ...(view.about === null ? {} : { about: view.about }),
      ...(view.triesLeft === null ? {} : { triesLeft: view.triesLeft }),
      ...(view.until === null ? {} : { until: view.until }),
    };
  }
  if (view.at === 'askingAttendant') return { kind: 'refused', notice: view.notice };
  if (view.at === 'choosingCertificate') {
    const wanted = wantedKind(view, wish);
    if (!view.kinds.some(({ kind }) => kind === wanted)) return { kind: 'refused', notice: 'SERV-04' };
  }
  return null;
}

/** The basket tells how far the visit is: so many copies of each were put into it. */
function wantedKind(
  { basketCount }: Extract<View, { at: 'choosingCertificate' }>,
  { kinds, copies }: VisitWish,
): string | undefined {
  return kinds[basketCount / copies];
}

/** On the way out: read the notice, else cancel. */
function leave({ view, frame }: ViewMessage): Touch | null {
  if (view.at === 'notice') return touch({ type: 'noticeRead' });
  if (frame.asking === 'cancel') return touch({ type: 'cancelConfirmed' });
  return frame.mayCancel ? touch({ type: 'cancel' }) : null;
}

function touchFor(view: View, wish: VisitWish, asked: Set<string>): Touch | null {
  switch (view.at) {
    case 'idle':
      return touch({ type: 'start' });
    case 'consent':
      return touch({ type: 'agree' });
    case 'enteringPin':
      return touch({ type: 'enterPin', pin: wish.pin });
    case 'choosingMunicipality':
      return municipalityFor(view, wish);
    case 'choosingCertificate': {
      const wanted = wantedKind(view, wish);
      const kind = view.kinds.find((entry) => entry.kind === wanted);
      return kind ? touch({ type: 'chooseKind', kind: kind.kind }) : null;
    }
    case 'choosingOptions':
      return answerTo(view, wish, asked);
    case 'basket':
      if (view.items.length < wish.kinds.length) {
        if (view.mayAdd) return touch({ type: 'addAnother' });
        return { kind: 'impossible', reason: 'more certificates than one visit takes' };
      }
      return goOnUnlessUnasked(wish, asked);
    case 'confirming':
      return touch({ type: 'confirm' });
    case 'collecting':
      return touch({ type: 'collected' });
    default:
      return null;
  }
}

function municipalityFor(
  { municipalities }: Extract<View, { at: 'choosingMunicipality' }>,
  { municipality }: VisitWish,
): Touch {
  const wanted = municipalities.find(({ code, relation }) =>
    municipality === undefined ? relation === 'residence' : code === municipality,
  );
  if (!wanted) return { kind: 'impossible', reason: `nothing is registered in ${municipality}` };
  return touch({ type: 'chooseMunicipality', code: wanted.code });
}

function goOnUnlessUnasked({ include, unlessNobody = [] }: VisitWish, asked: ReadonlySet<string>): Touch {
  const wanted = include === 'all' ? [] : include;
  const unasked = wanted.filter((id) => !asked.has(id) && !unlessNobody.includes(id));
  if (unasked.length === 0) return touch({ type: 'goOn' });
  return { kind: 'impossible', reason: `not offered for this certificate: ${unasked.join(', ')}` };
}

async function handsFor(view: View, hands: Hands): Promise<void> {
  if (view.at === 'awaitingCard') await hands.insertCard();
  if (view.at === 'returningCard' || view.at === 'notice') await hands.removeCard();
  if (view.at === 'paying' && view.open && view.paid === 0) await hands.pay();
}

/** The screen can show an empty slot again after the money is on its way; nobody pays twice. */
function payingOnce(hands: Hands): Hands {
  let paid = false;
  return {
    ...hands,
    pay: async () => {
      if (paid) return;
      paid = true;
      await hands.pay();
    },
  };
}

/** Milliseconds spent at each stage of the visit; a stage entered twice is summed. */
function makeStopwatch() {
  const spent: Record<string, number> = {};
  const begin = performance.now();
  let stage: string | null = null;
  let since = begin;
  return {
    at: (next: string): void => {
      const now = performance.now();
      if (stage !== null) spent[stage] = (spent[stage] ?? 0) + now - since;
      stage = next;
      since = now;
    },
    all: (): Record<string, number> => {
      const rounded = Object.entries(spent).map(([name, ms]) => [name, Math.round(ms)]);
      return { ...Object.fromEntries(rounded), total: Math.round(performance.now() - begin) };
    },
  };
}
