/** What the runner needs besides the device ports. Types only; card/ and center/ implement them, devices.ts joins them. */
import type { readHolder, signChallenge, verifyPin } from '../card/jpkiCard.ts';
import type { CheckOutcome, PreparedCheck } from '../center/manifestCheck.ts';
import type { SpecimenCheck, SpecimenOutcome } from '../center/specimenCheck.ts';
import type { BasicFourItems, CardText } from '#center/contract/domicileApplication.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { CardConnection } from '../card/cardReaderPort.ts';

type Answer<Step extends (...given: never[]) => unknown> = ReturnType<Step>;

/** The card protocol; a fake answers in tests of the visit. */
export interface CardSteps {
  readHolder(connection: CardConnection): Answer<typeof readHolder>;
  /** `pin`: four digits in ASCII; zeroed when this returns. Never sent twice. */
  verifyPin(connection: CardConnection, pin: Buffer): Answer<typeof verifyPin>;
  signChallenge(connection: CardConnection, message: Uint8Array): Answer<typeof signChallenge>;
}

/** What the card does for an application (card.md 2, 5); nothing rejects, every buffer with a secret is zeroed inside. */
export interface SigningSteps {
  /** Spends nothing. `text`: the 券面事項入力補助AP is asked for its tries as well. */
  readCounters(
    connection: CardConnection,
    text: boolean,
  ): Promise<
    | {
        readonly kind: 'counters';
        /** null: the card does not tell */
        readonly password: number | null;
        /** of the 4-digit PIN of the 券面事項入力補助AP; 0: blocked, not there, or not asked */
        readonly text: number | null;
      }
    /** no 署名用電子証明書 (SIGN-03), password blocked (SIGN-02), removed, unreadable */
    | { readonly kind: 'refused'; readonly notice: NoticeCode }
  >;
  /** Name and address in their true letters. Leaves the JPKI application: everything verified there is forgotten by the card. */
  readText(
    connection: CardConnection,
    pin: Buffer,
  ): Promise<
    | { readonly kind: 'text'; readonly text: CardText }
    | { readonly kind: 'wrong'; readonly triesLeft: number | null }
    | { readonly kind: 'blocked' }
    | { readonly kind: 'lost'; readonly notice: NoticeCode }
  >;
  /** VERIFY 001B once, then the 署名用電子証明書 behind it. */
  openSignature(
    connection: CardConnection,
    password: Buffer,
  ): Promise<
    | { readonly kind: 'opened'; readonly certificate: Buffer; readonly items: BasicFourItems }
    | { readonly kind: 'wrong'; readonly triesLeft: number | null }
    | { readonly kind: 'blocked' }
    | { readonly kind: 'lost'; readonly notice: NoticeCode }
  >;
  /** The CMS over `content`, signed with 001A; the password was verified on this connection. */
  signContent(
    connection: CardConnection,
    content: Uint8Array,
    certificate: Buffer,
  ): Promise<
    { readonly kind: 'signed'; readonly cms: Buffer } | { readonly kind: 'lost'; readonly notice: NoticeCode }
  >;
}

/** The clerk's look at the name, before paying and again before each print (architecture.md 3.6). */
export type CheckPrepared = (input: Omit<PreparedCheck, 'manifestKey'>) => CheckOutcome;

/** The look before a specimen is printed. */
export type CheckSpecimen = (input: Omit<SpecimenCheck, 'manifestKey'>) => SpecimenOutcome;
