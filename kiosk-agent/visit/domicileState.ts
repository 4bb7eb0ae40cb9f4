/** Types of the way to a 利用登録 (operations.md 5): part of state.ts. No password, PIN, signature or sheet is in here. */
import type {
  ApplicantStatement,
  ApplicationStatus,
  BasicFourItems,
  CardText,
  DomicileForm,
  DomicileMunicipality,
} from '#center/contract/domicileApplication.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { ApplicationQuestion, KanaRow } from '../contract/domicileViews.ts';
import type { Choosing } from './state.ts';

export type Form = Extract<DomicileForm, { kind: 'form' }>;
type Work = { readonly operation: string };

/** Which municipality: all that take applications are here, the screen gets those it shows. */
export interface Searching extends Choosing {
  readonly places: readonly DomicileMunicipality[];
}
export interface Listed extends Searching {
  readonly prefecture: string | null;
  /** hiragana */
  readonly searched: string | null;
  readonly row: KanaRow | null;
}
/** The form of one municipality, as far as it is filled. */
export interface Filling extends Choosing {
  /** to go back to the municipalities */
  readonly listed: Listed;
  readonly form: Form;
  readonly answers: Partial<ApplicantStatement>;
  /** the resident wants the true letters of the card read */
  readonly cardText: boolean;
}
/** From the card placed to the application sent: the form is complete. */
export interface Signing extends Choosing {
  readonly listed: Listed;
  readonly form: Form;
  readonly statement: ApplicantStatement;
  readonly cardText: boolean;
}
/** What the screen says of the tries of a secret. */
export interface Tries {
  readonly triesLeft: number | null;
  readonly wrong: boolean;
}
/** Counters of the card as it was read: 署名用 password and 利用者証明用 PIN, asked for later. */
interface Counted extends Signing {
  readonly passwordTries: number | null;
  readonly pinTries: number | null;
}
interface Read extends Signing {
  readonly items: BasicFourItems;
  readonly text: CardText | null;
  readonly pinTries: number | null;
}
export interface Sheet {
  readonly sheet: 'printed' | 'not-printed' | 'unknown';
  readonly notice: NoticeCode | null;
}

export type DomicileVisit =
  | ({ readonly at: 'domicileMenu' } & Choosing)
  | ({ readonly at: 'loadingPlaces' } & Work & Choosing)
  | ({ readonly at: 'choosingPrefecture' } & Searching)
  | ({ readonly at: 'choosingPlace' } & Listed)
  | ({ readonly at: 'searchingPlace'; readonly reading: string; readonly nothingFound: boolean } & Searching)
  | ({ readonly at: 'loadingForm' } & Work & Listed)
  | ({ readonly at: 'explainingApplication' } & Filling)
  | ({
      readonly at: 'answeringApplication';
      readonly question: ApplicationQuestion;
      readonly value: string;
      readonly wrong: boolean;
    } & Filling)
  | ({ readonly at: 'choosingCardText' } & Signing)
  | ({ readonly at: 'placingCardAgain' } & Signing)
  | ({ readonly at: 'readingCardAgain' } & Work & Signing)
  | ({ readonly at: 'enteringTextPin' } & Tries & Counted)
  | ({ readonly at: 'readingCardText' } & Work & Counted)
  | ({ readonly at: 'enteringPassword' } & Tries & Counted)
  | ({ readonly at: 'openingSignature' } & Work & Counted)
  | ({ readonly at: 'reviewingApplication' } & Read)
  | ({ readonly at: 'enteringPinAgain' } & Tries & Read)
  | ({ readonly at: 'signingApplication' } & Work & Read)
  | ({ readonly at: 'sendingApplication' } & Work & Choosing)
  | ({ readonly at: 'printingSheet'; readonly application: ApplicationStatus } & Work)
  | ({ readonly at: 'applied'; readonly application: ApplicationStatus } & Sheet)
  | ({ readonly at: 'loadingApplications' } & Work & Choosing)
  | ({ readonly at: 'applicationList'; readonly applications: readonly ApplicationStatus[] } & Choosing)
  | ({
      readonly at: 'applicationDetail';
      readonly applications: readonly ApplicationStatus[];
      readonly application: ApplicationStatus;
    } & Choosing)
  | ({ readonly at: 'withdrawing'; readonly applications: readonly ApplicationStatus[] } & Work & Choosing);

/** Answers to the effects below. */
export type DomicileAnswer =
  | { readonly kind: 'placesLoaded'; readonly places: readonly DomicileMunicipality[] }
  | { readonly kind: 'formLoaded'; readonly form: Form }
  | {
      readonly kind: 'cardReadAgain';
      readonly passwordTries: number | null;
      readonly pinTries: number | null;
      readonly textTries: number | null;
    }
  /** what was read stays in the runner until it is signed */
  | { readonly kind: 'textRead' }
  | { readonly kind: 'textMissing' }
  | { readonly kind: 'wrongTextPin'; readonly triesLeft: number | null }
  | { readonly kind: 'wrongPassword'; readonly triesLeft: number | null }
  | { readonly kind: 'passwordBlocked' }
  | { readonly kind: 'signatureOpened'; readonly items: BasicFourItems; readonly text: CardText | null }
  | { readonly kind: 'applicationSigned' }
  | { readonly kind: 'applicationReceived'; readonly application: ApplicationStatus; readonly sheet: boolean }
  /** it was sent and nobody knows whether it arrived */
  | { readonly kind: 'sendingUnknown' }
  | ({ readonly kind: 'sheetDone' } & Sheet)
  | { readonly kind: 'applicationsLoaded'; readonly applications: readonly ApplicationStatus[] }
  | { readonly kind: 'applicationWithdrawn'; readonly application: ApplicationStatus };

export type DomicileEffect = Work &
  (
    | { readonly kind: 'loadPlaces' }
    | { readonly kind: 'loadForm'; readonly municipality: MunicipalityCode }
    | { readonly kind: 'loadApplications' }
    | { readonly kind: 'withdrawApplication'; readonly number: string }
    | { readonly kind: 'readCardAgain'; readonly text: boolean }
    | { readonly kind: 'readCardText' }
    | { readonly kind: 'openSignature' }
    | {
        readonly kind: 'signApplication';
        readonly municipality: MunicipalityCode;
        readonly statement: ApplicantStatement;
      }
    | { readonly kind: 'sendApplication'; readonly municipality: MunicipalityCode }
    | { readonly kind: 'printSheet' }
  );
