/**
 * What the home agent knows: the reader, and at most one application to sign. Types only. No PIN, password or signature has a
 * field here: those are in held.ts until they are used.
 */
import type { BasicFourItems, CardText } from '#center/contract/domicileApplication.ts';
import type { HomeAgentRequest } from '#center/contract/homeAgent.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';

export type Reader = 'unavailable' | 'empty' | 'present';
export type SecretKind = 'text-pin' | 'password' | 'pin';
/** Buttons of the consent page. */
export type Touch = 'begin' | 'skip-text' | 'confirm' | 'back' | 'again';

/** Tries left; null: the card does not tell. */
interface Counted {
  readonly passwordTries: number | null;
  readonly pinTries: number | null;
}
interface Asked {
  readonly request: HomeAgentRequest;
}
/** `operation`: the turn in which the card's work was begun; an answer to another one is nobody's. */
interface Working extends Asked {
  readonly operation: number;
}
interface WithText extends Asked, Counted {
  readonly text: CardText | null;
}
interface Read extends WithText {
  readonly items: BasicFourItems;
}
interface Wrong {
  readonly wrong: boolean;
}

export type Stage =
  /** what is asked is shown; the card is not touched yet */
  | (Asked & { readonly at: 'asking' })
  | (Asked & { readonly at: 'placing' })
  | (Working & { readonly at: 'reading' })
  | (Asked & Counted & Wrong & { readonly at: 'enteringTextPin'; readonly textTries: number | null })
  | (Working & Counted & { readonly at: 'readingText' })
  | (WithText & Wrong & { readonly at: 'enteringPassword' })
  | (WithText & Working & { readonly at: 'openingSignature' })
  | (Read & { readonly at: 'reviewing' })
  | (Read & Wrong & { readonly at: 'enteringPin' })
  | (Read & Working & { readonly at: 'signing' })
  /** the card is let go; it, or another one, may be tried again */
  | (Asked & { readonly at: 'noticed'; readonly notice: NoticeCode })
  /** nothing of the request is left */
  | { readonly at: 'ended'; readonly end: End };
export type StageAt<At extends Stage['at']> = Extract<Stage, { at: At }>;

export type End =
  | { readonly how: 'signed'; readonly handedOut: boolean }
  | { readonly how: 'refused'; readonly notice: NoticeCode }
  | { readonly how: 'cancelled' }
  /** the page does not want it any more */
  | { readonly how: 'dropped' };

export interface Ask {
  /** 128 random bits, hex */
  readonly id: string;
  /** what only the consent page of this request knows, 128 random bits, hex */
  readonly token: string;
  /** epoch ms */
  readonly expiresAt: number;
  readonly touchedAt: number;
  /** since when no consent page is open that was open before; null: one is, or none was yet */
  readonly leftAt: number | null;
  readonly stage: Stage;
}
export interface Limits {
  /** nobody touches the consent page for so long: given up */
  readonly idleMs: number;
  /** the consent page was closed; loading it again takes less */
  readonly closedMs: number;
}
export interface State {
  readonly reader: Reader;
  readonly limits: Limits;
  /** counts stages of all requests, never back: a touch or an answer that was meant for another one is not taken */
  readonly turn: number;
  readonly ask: Ask | null;
}

type Answer = { readonly operation: number } & (
  | ({ readonly kind: 'cardRead'; readonly textTries: number | null } & Counted)
  /** null: the PIN is blocked, the certificate's letters have to do */
  | { readonly kind: 'textRead'; readonly text: CardText | null }
  | { readonly kind: 'wrong'; readonly triesLeft: number | null }
  | { readonly kind: 'opened'; readonly items: BasicFourItems }
  | { readonly kind: 'signed' }
  | { readonly kind: 'refused'; readonly notice: NoticeCode }
);
export type Unstamped =
  | {
      readonly kind: 'asked';
      readonly id: string;
      readonly token: string;
      readonly request: HomeAgentRequest;
    }
  /** the page has given up */
  | { readonly kind: 'dropped'; readonly id: string }
  | { readonly kind: 'handedOut'; readonly id: string }
  | { readonly kind: 'reader'; readonly reader: Reader }
  /** a consent page of this request is open, or none is any more */
  | { readonly kind: 'window'; readonly id: string; readonly open: boolean }
  | { readonly kind: 'touch'; readonly id: string; readonly turn: number; readonly touch: Touch }
  | { readonly kind: 'entered'; readonly id: string; readonly turn: number; readonly secret: SecretKind }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'tick' }
  | Answer;
export type Event = Unstamped & { readonly now: number };
export type EventOf<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>;

export type Effect =
  | { readonly kind: 'readCard'; readonly operation: number; readonly text: boolean }
  | { readonly kind: 'readText'; readonly operation: number }
  | { readonly kind: 'openSignature'; readonly operation: number }
  | {
      readonly kind: 'sign';
      readonly operation: number;
      readonly request: HomeAgentRequest;
      readonly items: BasicFourItems;
      readonly text: CardText | null;
    }
  /** the card is free, what was read from it and made with it is forgotten; a signed application waits for its page */
  | { readonly kind: 'letGo' }
  /** and the signed application as well */
  | { readonly kind: 'forget' };
export interface Stepped {
  readonly state: State;
  readonly effects: readonly Effect[];
}
