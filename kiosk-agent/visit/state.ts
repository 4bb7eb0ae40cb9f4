/**
 * What a visit is, event by event: the types of the pure reducer in session.ts (architecture.md 2). No PIN, no
 * certificate and no document is ever in here: secrets live in the runner (secrets.ts) and are zeroed there.
 */
import type { z } from 'zod';
import type { CertificateRequest, OfferedKind } from '#center/contract/kioskApi.ts';
import type { WaitingTestIssue } from '#center/contract/testIssue.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { MunicipalityCode, Yen } from '#templates/vocabulary.ts';
import type { MunicipalityChoice } from '../center/centerPort.ts';
import type { Command, View, frame } from '../contract/deviceLink.ts';
import type { DomicileAnswer, DomicileEffect, DomicileVisit } from './domicileState.ts';
import type { VisitSettings } from './settings.ts';

export type Frame = z.infer<typeof frame>;
type StaffView = Extract<View, { at: 'staffMenu' }>;
export type DeviceFault = StaffView['faults'][number];
export type OpenTransaction = StaffView['transactions'][number];
export type StaffAct = OpenTransaction['acts'][number];
export type ReaderAt = 'unavailable' | 'empty' | 'present';

/** What the kiosk knows about itself; outlives every visit. Asked from the devices at start, never remembered. */
export interface Kiosk {
  readonly reader: ReaderAt;
  /** the card of an earlier visit still lies on the reader: it is not read again */
  readonly cardLeft: boolean;
  /** the devices have answered at least once since start and recovery is over */
  readonly checked: boolean;
  /** 休止: the staff took the kiosk out of service */
  readonly staffClosed: boolean;
  readonly faults: readonly DeviceFault[];
  readonly hoursToday: string;
  readonly closedNotice: NoticeCode | null;
  /** transactions that only the staff can settle */
  readonly attended: readonly (OpenTransaction & { readonly sheetsOut: number | null })[];
  /** a manifest of theirs did not fit: nothing of theirs is issued here (SAFE-02) */
  readonly stopped: readonly MunicipalityCode[];
  /** 見本 that the municipality asked this kiosk for, as known when the staff last looked */
  readonly specimens: readonly WaitingTestIssue[];
  readonly versions: readonly { readonly name: string; readonly value: string }[];
}

export type MunicipalityOffer =
  | { readonly kind: 'offer'; readonly kinds: readonly OfferedKind[] }
  | { readonly kind: 'refused'; readonly notice: NoticeCode; readonly until: string | null };
export type Offers = Readonly<Record<string, MunicipalityOffer>>;
export type Offered = Extract<OfferedKind, { status: 'offered' }>;

export interface BasketItem {
  readonly id: string;
  readonly offered: Offered;
  readonly request: CertificateRequest;
  readonly copies: number;
}
/** What an authenticated resident may choose from. */
export interface Choosing {
  readonly municipalities: readonly MunicipalityChoice[];
  readonly offers: Offers;
  /** 「他市区町村の証明書（本籍地）」 is offered */
  readonly others: boolean;
}
export interface Shopping extends Choosing {
  readonly municipality: MunicipalityChoice;
  readonly basket: readonly BasketItem[];
}
export interface Answers {
  readonly extent: CertificateRequest['extent'];
  readonly members: readonly number[];
  readonly include: readonly string[];
  readonly copies: number;
}
/** `unknown`: the receipt may lie in the tray. */
export type ReceiptOutcome = 'printed' | 'not-printed' | 'unknown';
/** What came out, as the last screen tells it. */
export interface Paper {
  readonly certificates: number;
  readonly sheets: number;
  readonly receipt: ReceiptOutcome;
}
export interface Collected extends Paper {
  readonly transaction: string;
  readonly change: Yen;
}
/** The document on its way out of the printer. */
export interface Printing {
  readonly what: 'certificate' | 'receipt';
  /** 証明書名; empty for the receipt */
  readonly label: string;
  readonly certificate: number;
  readonly of: number;
  readonly sheet: number;
  readonly sheets: number;
}

export type Visit =
  | { readonly at: 'outOfService'; readonly notice: NoticeCode }
  | { readonly at: 'idle' }
  | { readonly at: 'consent' }
  | { readonly at: 'awaitingCard' }
  | { readonly at: 'readingCard'; readonly operation: string }
  | { readonly at: 'enteringPin'; readonly triesLeft: number | null; readonly wrong: boolean }
  | { readonly at: 'authenticating'; readonly operation: string }
  | {
      readonly at: 'returningCard';
      readonly operation: string;
      readonly municipalities: readonly MunicipalityChoice[];
      readonly offers: Offers | null;
      readonly others: boolean;
    }
  | ({ readonly at: 'choosingMunicipality' } & Choosing)
  | ({ readonly at: 'choosingCertificate' } & Shopping)
  | ({
      readonly at: 'choosingOptions';
      readonly offered: Offered;
      readonly answers: Answers;
      readonly question: string;
    } & Shopping)
  | ({ readonly at: 'basket' } & Shopping)
  | ({ readonly at: 'preparing'; readonly operation: string; readonly done: number } & Shopping)
  | ({ readonly at: 'confirming'; readonly transaction: string } & Shopping)
  | ({
      readonly at: 'paying';
      /** the terminal has said that it takes coins */
      readonly open: boolean;
      readonly operation: string;
      readonly transaction: string;
      readonly paid: Yen;
      readonly stopping: 'cancelled' | 'timed-out' | null;
    } & Shopping)
  | ({
      readonly at: 'printing';
      readonly operation: string;
      readonly transaction: string;
      readonly change: Yen;
    } & Printing)
  | ({ readonly at: 'collecting' } & Collected)
  | {
      readonly at: 'notice';
      readonly notice: NoticeCode;
      /** 証明書名 when it is about one of several */
      readonly about: string | null;
      readonly triesLeft: number | null;
      readonly until: string | null;
      /** where it leads when read; null: the visit is over */
      readonly next: Visit | null;
    }
  | {
      readonly at: 'settling';
      readonly operation: string;
      readonly transaction: string;
      readonly change: Yen;
      readonly notice: NoticeCode;
    }
  | {
      readonly at: 'askingAttendant';
      readonly notice: NoticeCode;
      readonly transaction: string;
      readonly sheetsOut: number | null;
    }
  | {
      readonly at: 'staffSignIn';
      readonly operation: string | null;
      readonly wrong: boolean;
      readonly lockedUntil: string | null;
    }
  | {
      readonly at: 'staffMenu';
      readonly operation: string | null;
      readonly message: string | null;
      /** paper is on its way: nobody leaves before it is out */
      readonly printing?: true;
    }
  | DomicileVisit;

export type VisitAt = Visit['at'];
export type At<A extends VisitAt> = Extract<Visit, { readonly at: A }>;

export interface State {
  readonly settings: VisitSettings;
  readonly kiosk: Kiosk;
  readonly visit: Visit;
  readonly asking: Frame['asking'];
  /** milliseconds since the epoch; null: nothing happens by time alone */
  readonly deadline: number | null;
}

/** Commands with a secret: the runner keeps it for itself. */
type Secret = 'enterPin' | 'staffCode' | 'enterTextPin' | 'enterSignaturePassword';
/** The commands as the reducer meets them. */
export type Touch = Exclude<Command, { type: Secret }> | { readonly type: Secret };

type Body =
  | { readonly kind: 'touch'; readonly touch: Touch }
  | { readonly kind: 'tick' }
  | { readonly kind: 'reader'; readonly reader: ReaderAt }
  | { readonly kind: 'facts'; readonly facts: Partial<Omit<Kiosk, 'reader' | 'cardLeft'>> }
  | Answer;

/** Answers to effects. `operation` is the id of the effect; an answer to an earlier one is ignored. */
export type Answer = { readonly operation: string } & (
  | { readonly kind: 'cardRead'; readonly triesLeft: number | null }
  | { readonly kind: 'cardBlocked' }
  | {
      readonly kind: 'refused';
      readonly notice: NoticeCode;
      readonly until: string | null;
      readonly about?: string;
    }
  | { readonly kind: 'wrongPin'; readonly triesLeft: number | null }
  | {
      readonly kind: 'authenticated';
      readonly municipalities: readonly MunicipalityChoice[];
      readonly others: boolean;
    }
  | { readonly kind: 'offersLoaded'; readonly offers: Offers }
  | { readonly kind: 'preparedOne'; readonly done: number }
  | { readonly kind: 'preparedAll'; readonly transaction: string }
  | { readonly kind: 'moneyIn'; readonly paid: Yen }
  | { readonly kind: 'charged'; readonly change: Yen }
  | { readonly kind: 'notCharged'; readonly reason: 'cancelled' | 'timed-out' | 'fault' }
  | { readonly kind: 'chargeUnknown' }
  | ({ readonly kind: 'printingSheet' } & Printing)
  | ({ readonly kind: 'allPrinted' } & Paper)
  | { readonly kind: 'printingStopped'; readonly notice: NoticeCode }
  | ({ readonly kind: 'settled'; readonly refunded: Yen } & Paper)
  | { readonly kind: 'attendantNeeded'; readonly sheetsOut: number | null }
  | { readonly kind: 'staffAdmitted' }
  | { readonly kind: 'staffRefused'; readonly lockedUntil: string | null }
  | { readonly kind: 'staffActed'; readonly message: string }
  /** an adapter threw: SYS-01 */
  | { readonly kind: 'fault' }
  | DomicileAnswer
);
export type Unstamped = Body;
/** `now` in milliseconds since the epoch; `id` random, becomes the operation of the effects this event starts. */
export type Event = Body & { readonly now: number; readonly id: string };

export interface OrderLine {
  readonly request: CertificateRequest;
  /** 証明書名, for the screens */
  readonly label: string;
  readonly fee: Yen;
}
/** What the runner shall do, as plain data. */
export type Effect =
  | { readonly kind: 'askDevices' }
  | { readonly kind: 'readCard'; readonly operation: string }
  | { readonly kind: 'authenticate'; readonly operation: string }
  | {
      readonly kind: 'loadOffers';
      readonly operation: string;
      readonly municipalities: readonly MunicipalityCode[];
    }
  | { readonly kind: 'prepare'; readonly operation: string; readonly lines: readonly OrderLine[] }
  | { readonly kind: 'abandonOrder'; readonly reason: 'cancelled' | 'timed-out' | 'declined' }
  | { readonly kind: 'pay'; readonly operation: string }
  | { readonly kind: 'stopPaying'; readonly reason: 'cancelled' | 'timed-out' }
  | { readonly kind: 'print'; readonly operation: string }
  | {
      readonly kind: 'settle';
      readonly operation: string;
      readonly transaction: string;
      /** the resident's own reason, when it was not a fault */
      readonly reason: 'cancelled' | 'timed-out' | null;
    }
  /** end the exclusive use of the card; what was read stays until `forget` */
  | { readonly kind: 'releaseCard' }
  /** everything about the resident: zeroed and dropped */
  | { readonly kind: 'forget' }
  /** an application that is not sent: card released, password, signatures and challenge zeroed and dropped */
  | { readonly kind: 'forgetSigning' }
  | DomicileEffect
  | { readonly kind: 'checkStaffCode'; readonly operation: string }
  | { readonly kind: 'staffCheck'; readonly operation: string }
  | { readonly kind: 'staffClose'; readonly operation: string; readonly on: boolean }
  | { readonly kind: 'staffRestart'; readonly what: 'screen' | 'agent' | 'kiosk' }
  | { readonly kind: 'staffPrintSpecimen'; readonly operation: string; readonly id: string }
  | {
      readonly kind: 'staffSettle';
      readonly operation: string;
      readonly transaction: string;
      readonly act: StaffAct;
    };

export interface Stepped {
  readonly visit: Visit;
  readonly effects: readonly Effect[];
}
/** One row of the table in session.ts: what an event does in a phase; null: it means nothing there. */
export type Move<A extends VisitAt> = (visit: At<A>, event: Event, state: State) => Stepped | null;
