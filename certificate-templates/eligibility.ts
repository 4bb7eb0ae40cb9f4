/**
 * May this person be issued this kind at a machine today (operations.md 3.5, 3.6, 4)? Every cause that lies with the
 * municipality has the one shared answer DESK-01, so that a protective measure (支援措置) cannot be told from a planned
 * move: the same code, the same path, every question asked of every person whatever the earlier answers were.
 */
import { ageOn } from './civilTime.ts';
import { noticeOf, type NoticeCode } from './notices/notices.ts';
import type { HouseholdEntry, ResidentEntry, ResidentId } from './datasets/residentRegister.ts';
import type { CertificateKind } from './kindSchema.ts';
import type { CivilDate } from './vocabulary.ts';

const TOO_YOUNG = noticeOf('RULE-01');
const ASK_AT_THE_COUNTER = noticeOf('DESK-01');

/** What the kind's file says about who may ask: its age (15歳以上) and whether the household is printed. */
export type WhoMayAsk = Pick<CertificateKind, 'holder' | 'minimumAge'>;

export interface Applicant {
  readonly residentId: ResidentId;
  /** the day the certificate on the card was tied to the resident; usable from the next day */
  readonly cardRegisteredOn?: CivilDate;
}

/** All rows of the register for one household, people who left included, as of one snapshot. */
export interface HouseholdRows {
  readonly household: HouseholdEntry;
  readonly residents: readonly ResidentEntry[];
}

export interface Restrictions {
  /** residents under a protective measure today, from the restrictions register */
  readonly protectedResidents: ReadonlySet<ResidentId>;
  /** every character of the text can be drawn as registered */
  readonly canBeDrawn: (text: string) => boolean;
}

export type Eligibility =
  { readonly kind: 'eligible' } | { readonly kind: 'withheld'; readonly notice: NoticeCode };

/**
 * Whether the kind may be issued to the applicant. Asked twice with the same function: for the offer, and again inside
 * the transaction that prepares the document. A cause with any current member of the household withholds the household's
 * kinds as a whole, 本人のみ included: who chose which members must not tell whose cause it is.
 */
export function eligibility(
  kind: WhoMayAsk,
  applicant: Applicant,
  rows: HouseholdRows,
  restrictions: Restrictions,
  today: CivilDate,
): Eligibility {
  const own = rows.residents.find(({ residentId }) => residentId === applicant.residentId);
  const persons = rows.residents.filter(
    (entry) =>
      entry === own ||
      (entry.status === 'active' &&
        entry.householdId === rows.household.householdId &&
        kind.holder === 'same-household'),
  );
  const causes = [
    own?.householdId !== rows.household.householdId,
    applicant.cardRegisteredOn !== undefined && applicant.cardRegisteredOn >= today,
    !restrictions.canBeDrawn(rows.household.address),
    !restrictions.canBeDrawn(rows.household.householderName),
    ...persons.flatMap((person) => causesWith(person, restrictions, today)),
  ];
  const withheld = causes.filter(Boolean).length > 0;
  // the age is no secret of the municipality: it is answered first, and openly
  const tooYoung = own !== undefined && ageOn(own.birthDate, today) < kind.minimumAge;
  if (tooYoung) return { kind: 'withheld', notice: TOO_YOUNG };
  return withheld ? { kind: 'withheld', notice: ASK_AT_THE_COUNTER } : { kind: 'eligible' };
}

/** Every cause, always all of them: no early exit that a stop-watch could see. */
function causesWith(person: ResidentEntry, restrictions: Restrictions, today: CivilDate): boolean[] {
  const undrawable = textsOf(person).filter((text) => !restrictions.canBeDrawn(text));
  return [
    person.status !== 'active',
    person.plannedMoveOutOn !== undefined,
    person.movedInOn !== undefined && person.movedInOn >= today,
    person.pendingProcedure,
    person.characterRegistrationPending,
    restrictions.protectedResidents.has(person.residentId),
    undrawable.length > 0,
  ];
}

/** Every text that could be printed of this person, whatever options are chosen later. */
function textsOf(person: ResidentEntry): string[] {
  const texts = [
    person.name,
    person.furigana,
    person.relationship,
    person.previousAddress,
    person.formerName?.name,
    person.formerName?.furigana,
    person.registeredDomicile?.address,
    person.registeredDomicile?.headOfRegister,
    person.foreign?.kanjiName,
    person.foreign?.alias,
    person.foreign?.nationality,
    person.foreign?.residenceStatus,
    person.foreign?.periodOfStay,
  ];
  return texts.filter((text) => text !== undefined);
}
