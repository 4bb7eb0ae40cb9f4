/**
 * May this person be issued this kind at a machine today (operations.md 3.5, 3.6, 4)? Every cause that lies with the
 * municipality has the one shared answer DESK-01, so that a protective measure (支援措置) cannot be told from a planned
 * move: the same code, the same path, every question asked of every person whatever the earlier answers were.
 */
import { ageOn } from './civilTime.ts';
import type { ResidentEntry, ResidentId } from './datasets/residentRegister.ts';
import type { SourceOutcome, SourcePerson, WithheldReason } from './datasets/source.ts';
import type { CertificateKind } from './kindSchema.ts';
import { noticeOf, type NoticeCode } from './notices/notices.ts';
import type { CivilDate, RegisterId } from './vocabulary.ts';

const TOO_YOUNG = noticeOf('RULE-01');
const REGISTER_TOO_OLD = noticeOf('SERV-08');
const ASK_AT_THE_COUNTER = noticeOf('DESK-01');
/** Rules open to everybody (operations.md 4): the register simply does not hold it. */
const OPEN_REASONS: Readonly<Record<Exclude<WithheldReason, 'ask-at-the-counter'>, NoticeCode>> = {
  'seal-not-registered': noticeOf('RULE-02'),
  'no-tax-data': noticeOf('RULE-04'),
  'tax-year-not-offered': noticeOf('RULE-05'),
  'domicile-elsewhere': noticeOf('RULE-06'),
};

export interface Applicant {
  readonly residentId: ResidentId;
  /** the day the certificate on the card was tied to the resident; usable from the next day */
  readonly cardRegisteredOn?: CivilDate;
}

export interface Restrictions {
  /** residents under a protective measure today, from the restrictions register */
  readonly protectedResidents: ReadonlySet<ResidentId>;
  /** a row about somebody who would be printed differs from the register it was fed from */
  readonly held: boolean;
  /** every character of the text can be drawn as registered */
  readonly canBeDrawn: (text: string) => boolean;
}

/** How old what is known of the registers may be, and is. */
export interface RegisterAges {
  /** registers the dataset is made of; `resident`, `restriction` and `certificate-link` count always */
  readonly registers: readonly RegisterId[];
  /** minutes, from the profile */
  readonly limits: Readonly<Record<RegisterId, number>>;
  /** instants up to which each is known, milliseconds; absent: never fed */
  readonly fedUntil: ReadonlyMap<RegisterId, number>;
  /** instant of the question, milliseconds */
  readonly now: number;
}

export interface EligibilityQuestion {
  /** what the kind's file says about who may ask */
  readonly kind: Pick<CertificateKind, 'holder' | 'minimumAge'>;
  readonly applicant: Applicant;
  /** of the household, and of the holder's 戸籍 whoever lives here: people who left included */
  readonly residents: readonly ResidentEntry[];
  /** of the household the applicant is asked for */
  readonly householdId: string;
  /** what the kind's source found in the same snapshot */
  readonly outcome: SourceOutcome<unknown>;
  readonly ages: RegisterAges;
  readonly restrictions: Restrictions;
  readonly today: CivilDate;
}

export type Eligibility =
  { readonly kind: 'eligible' } | { readonly kind: 'withheld'; readonly notice: NoticeCode };

/**
 * Whether the kind may be issued to the applicant. Asked twice with the same function: for the offer, and again over the
 * snapshot that the document is made of. A cause with anybody who could be printed withholds the kind as a whole, 本人のみ
 * included: who chose which members must not tell whose cause it is.
 */
export function eligibility(question: EligibilityQuestion): Eligibility {
  const { kind, applicant, residents, outcome, ages, today } = question;
  const own = residents.find(({ residentId }) => residentId === applicant.residentId);
  const tooOld = registersTooOld(ages);
  const tooYoung = own !== undefined && ageOn(own.birthDate, today) < kind.minimumAge;
  const openly = outcome.kind === 'withheld' ? openNotice(outcome.reason) : undefined;
  const counter = municipalCauses(question, own).filter(Boolean).length > 0;
  // nothing that rests on old knowledge is answered; what is open to everybody is told before what is not
  if (tooOld) return { kind: 'withheld', notice: REGISTER_TOO_OLD };
  if (tooYoung) return { kind: 'withheld', notice: TOO_YOUNG };
  if (openly) return { kind: 'withheld', notice: openly };
  return counter ? { kind: 'withheld', notice: ASK_AT_THE_COUNTER } : { kind: 'eligible' };
}

const MINUTE_MS = 60_000;

/** T6: a register that is not known up to now may hide a cancelled seal or a new protective measure. */
function registersTooOld({ registers, limits, fedUntil, now }: RegisterAges): boolean {
  const needed = new Set<RegisterId>([...registers, 'resident', 'restriction', 'certificate-link']);
  return [...needed].some((register) => now - (fedUntil.get(register) ?? 0) > limits[register] * MINUTE_MS);
}

function openNotice(reason: WithheldReason): NoticeCode | undefined {
  return reason === 'ask-at-the-counter' ? undefined : OPEN_REASONS[reason];
}

/** Every cause, always all of them: no early exit that a stop-watch could see. */
function municipalCauses(question: EligibilityQuestion, own: ResidentEntry | undefined): boolean[] {
  const { applicant, outcome, householdId, restrictions, today } = question;
  const persons = outcome.kind === 'found' ? outcome.persons : [];
  const texts = outcome.kind === 'found' ? outcome.texts : [];
  const alsoConcerned = outcome.kind === 'found' ? (outcome.alsoConcerned ?? []) : [];
  const others = persons.filter(({ residentId }) => residentId !== applicant.residentId);
  return [
    own?.householdId !== householdId,
    outcome.kind === 'withheld',
    applicant.cardRegisteredOn !== undefined && applicant.cardRegisteredOn >= today,
    ...residenceCauses(own, today),
    ...entryCauses(own),
    restrictions.protectedResidents.has(applicant.residentId),
    restrictions.held,
    ...others.flatMap((person) => causesWith(person, question)),
    ...alsoConcerned.map((id) => restrictions.protectedResidents.has(id)),
    ...[...texts, ...persons.flatMap((person) => person.texts)].map((text) => !restrictions.canBeDrawn(text)),
  ];
}

/**
 * What another person on the paper can hold it back by: in a household whatever would hold back that person too; on a
 * 戸籍 what waits to be entered (届出の反映待ち). Protective measures count for everybody, also for who has left it: a
 * 附票 shows where they went.
 */
function causesWith(
  person: SourcePerson,
  { kind, residents, restrictions, today }: EligibilityQuestion,
): boolean[] {
  const entry = residents.find(({ residentId }) => residentId === person.residentId);
  const here = person.removed ? undefined : entry;
  return [
    ...(kind.holder === 'same-household' ? residenceCauses(here, today) : []),
    ...entryCauses(here),
    person.residentId !== undefined && restrictions.protectedResidents.has(person.residentId),
  ];
}

/** 死亡・消除, 転出予定, 転入当日. */
function residenceCauses(entry: ResidentEntry | undefined, today: CivilDate): boolean[] {
  return [
    entry !== undefined && entry.status !== 'active',
    entry?.plannedMoveOutOn !== undefined,
    entry?.movedInOn !== undefined && entry.movedInOn >= today,
  ];
}

/** 異動・届出の反映待ち, 外字登録中. */
function entryCauses(entry: ResidentEntry | undefined): boolean[] {
  return [entry?.pendingProcedure === true, entry?.characterRegistrationPending === true];
}
