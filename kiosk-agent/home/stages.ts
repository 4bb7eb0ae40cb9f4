/**
 * One move for each stage of a consent: what the applicant does, what the card answers. Pure. Whatever interrupts the card
 * lets it go and forgets both signatures; the request stays, so that nothing has to be typed again.
 */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import type { Effect, Event, Reader, Stage, StageAt } from './state.ts';

export interface Next {
  readonly stage: Stage;
  readonly effects: readonly Effect[];
}
/** `turn`: of the next stage. Null: the event is not for this stage. */
export interface Around {
  readonly reader: Reader;
  readonly turn: number;
}
type Move<At extends Stage['at']> = (stage: StageAt<At>, event: Event, around: Around) => Next | null;

const CARD_PULLED = noticeOf('CARD-05');
const READER_GONE = noticeOf('CARD-10');
/** After these the same card, placed anew, or another one can help. */
const AGAIN: readonly string[] = ['CARD-01', 'CARD-02', 'CARD-05', 'CARD-06', 'CARD-07', 'CARD-10'];

type Requested = Exclude<Stage, { at: 'ended' }>;
const to = (stage: Stage, ...effects: Effect[]): Next => ({ stage, effects });

function refuse({ request }: Requested, notice: NoticeCode): Next {
  if (AGAIN.includes(notice)) return to({ at: 'noticed', request, notice }, { kind: 'letGo' });
  return to({ at: 'ended', end: { how: 'refused', notice } }, { kind: 'forget' });
}

/** The same wherever the card has to lie still. */
function interrupted(stage: Requested, event: Event): Next | null {
  if (event.kind === 'refused') return refuse(stage, event.notice);
  if (event.kind !== 'reader' || event.reader === 'present') return null;
  return refuse(stage, event.reader === 'empty' ? CARD_PULLED : READER_GONE);
}

/** A card that lies there is read at once. */
function placed({ request }: Requested, { reader, turn }: Around): Next {
  if (reader !== 'present') return to({ at: 'placing', request });
  const reading = { kind: 'readCard', operation: turn, text: request.cardText } as const;
  return to({ at: 'reading', request, operation: turn }, reading);
}

const asking: Move<'asking'> = (stage, event, around) =>
  event.kind === 'touch' && event.touch === 'begin' ? placed(stage, around) : null;

const placing: Move<'placing'> = (stage, event, around) =>
  event.kind === 'reader' && event.reader === 'present' ? placed(stage, around) : null;

const noticed: Move<'noticed'> = (stage, event, around) =>
  event.kind === 'touch' && event.touch === 'again' ? placed(stage, around) : null;

const reading: Move<'reading'> = (stage, event) => {
  if (event.kind !== 'cardRead') return interrupted(stage, event);
  const { passwordTries, pinTries, textTries } = event;
  const counted = { request: stage.request, passwordTries, pinTries, wrong: false };
  // blocked or not on this card: the letters of the certificate have to do
  if (!stage.request.cardText || textTries === 0)
    return to({ at: 'enteringPassword', ...counted, text: null });
  return to({ at: 'enteringTextPin', ...counted, textTries });
};

const enteringTextPin: Move<'enteringTextPin'> = (stage, event, { turn }) => {
  const { request, passwordTries, pinTries } = stage;
  const counted = { request, passwordTries, pinTries };
  if (event.kind === 'touch' && event.touch === 'skip-text') {
    return to({ at: 'enteringPassword', ...counted, text: null, wrong: false });
  }
  if (event.kind !== 'entered' || event.secret !== 'text-pin') return interrupted(stage, event);
  return to({ at: 'readingText', ...counted, operation: turn }, { kind: 'readText', operation: turn });
};

const readingText: Move<'readingText'> = (stage, event) => {
  const { request, passwordTries, pinTries } = stage;
  const counted = { request, passwordTries, pinTries };
  switch (event.kind) {
    case 'textRead':
      return to({ at: 'enteringPassword', ...counted, text: event.text, wrong: false });
    case 'wrong':
      return to({ at: 'enteringTextPin', ...counted, textTries: event.triesLeft, wrong: true });
    default:
      return interrupted(stage, event);
  }
};

const enteringPassword: Move<'enteringPassword'> = (stage, event, { turn }) => {
  if (event.kind !== 'entered' || event.secret !== 'password') return interrupted(stage, event);
  const { request, passwordTries, pinTries, text } = stage;
  return to(
    { at: 'openingSignature', request, passwordTries, pinTries, text, operation: turn },
    { kind: 'openSignature', operation: turn },
  );
};

const openingSignature: Move<'openingSignature'> = (stage, event) => {
  const { request, passwordTries, pinTries, text } = stage;
  switch (event.kind) {
    case 'opened':
      return to({ at: 'reviewing', request, passwordTries, pinTries, text, items: event.items });
    case 'wrong':
      return to({
        at: 'enteringPassword',
        request,
        pinTries,
        text,
        passwordTries: event.triesLeft,
        wrong: true,
      });
    default:
      return interrupted(stage, event);
  }
};

function readOf({
  request,
  passwordTries,
  pinTries,
  text,
  items,
}: StageAt<'reviewing' | 'enteringPin' | 'signing'>) {
  return { request, passwordTries, pinTries, text, items };
}

const reviewing: Move<'reviewing'> = (stage, event) => {
  if (event.kind !== 'touch' || event.touch !== 'confirm') return interrupted(stage, event);
  return to({ at: 'enteringPin', ...readOf(stage), wrong: false });
};

const enteringPin: Move<'enteringPin'> = (stage, event, { turn }) => {
  if (event.kind === 'touch' && event.touch === 'back') return to({ at: 'reviewing', ...readOf(stage) });
  if (event.kind !== 'entered' || event.secret !== 'pin') return interrupted(stage, event);
  const { request, items, text } = stage;
  return to(
    { at: 'signing', ...readOf(stage), operation: turn },
    { kind: 'sign', operation: turn, request, items, text },
  );
};

const signing: Move<'signing'> = (stage, event) => {
  switch (event.kind) {
    case 'wrong':
      return to({ at: 'enteringPin', ...readOf(stage), pinTries: event.triesLeft, wrong: true });
    case 'signed':
      return to({ at: 'ended', end: { how: 'signed', handedOut: false } }, { kind: 'letGo' });
    default:
      return interrupted(stage, event);
  }
};

const moves: { readonly [At in Stage['at']]: Move<At> } = {
  asking,
  placing,
  reading,
  enteringTextPin,
  readingText,
  enteringPassword,
  openingSignature,
  reviewing,
  enteringPin,
  signing,
  noticed,
  ended: () => null,
};

/** Null: nothing happens. The caller has made sure that touch and answer are of this turn. */
export function move(stage: Stage, event: Event, around: Around): Next | null {
  const of: (stage: never, event: Event, around: Around) => Next | null = moves[stage.at];
  return of(stage as never, event, around);
}
