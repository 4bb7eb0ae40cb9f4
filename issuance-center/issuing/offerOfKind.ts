/**
 * May this resident be issued this kind, now, and with which choices? Pure, and asked by the same function for the offer
 * and again when the document is made. Hours, eligibility and choices are always all worked out, whatever the answer is
 * going to be.
 */
import { datasets, type DatasetId } from '#templates/datasets/catalogue.ts';
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import type { SourceOutcome, SourcePerson } from '#templates/datasets/source.ts';
import { isIssuable, sourceOf } from '#templates/datasets/sources.ts';
import { civilMoment } from '#templates/civilTime.ts';
import { eligibility, type Eligibility } from '#templates/eligibility.ts';
import { feeOn, taxYearOn } from '#templates/fees.ts';
import type { CertificateKind, Extent, KindExtent, KindOption } from '#templates/kindSchema.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import type { ProfileKind } from '#templates/profileSchema.ts';
import { serviceState } from '#templates/serviceHours.ts';
import type { CivilDate, Yen } from '#templates/vocabulary.ts';
import type { InForce } from '../configuration/configuration.ts';
import type { RegisterSnapshot } from '../registers/snapshot.ts';
import { refusedFor, type IssuingRefusal } from './refusal.ts';

/** Whose card it is. */
export interface Holder {
  readonly residentId: ResidentId;
  readonly cardRegisteredOn: CivilDate;
}

export interface KindQuestion {
  readonly kind: CertificateKind;
  readonly inForce: Pick<InForce, 'profile' | 'stops' | 'canDraw'>;
  readonly holder: Holder;
  readonly snapshot: RegisterSnapshot;
  /** instant, milliseconds */
  readonly now: number;
}

/** An option with the numbers of those it says something about: never empty. */
export type AskedOption = KindOption & { readonly concerns: readonly number[] };

export interface KindOffer {
  readonly kind: 'offered';
  readonly fee: Yen;
  readonly extents: readonly KindExtent[];
  readonly options: readonly AskedOption[];
  readonly maxCopies: number;
  /** who can be chosen */
  readonly persons: readonly SourcePerson[];
  /** what is printed of the persons with these numbers, or of all */
  readonly valueOf: (extent: Extent, members: readonly number[]) => unknown;
  /** whose data that shows, as far as they are residents here: who has left a 戸籍 stays on it */
  readonly subjectsOf: (extent: Extent, members: readonly number[]) => readonly ResidentId[];
}

/** What a card registered at a 本籍地 can ask for there. */
const OF_THE_DOMICILE: readonly DatasetId[] = ['family-register', 'family-register-address'];

/** Whether the holder of this record can be issued something over the dataset at all. */
export function isAskedOf({ registration }: RegisterSnapshot, dataset: DatasetId): boolean {
  return isIssuable(dataset) && (!registration || OF_THE_DOMICILE.includes(dataset));
}

export function offerOfKind(question: KindQuestion): KindOffer | IssuingRefusal {
  const { kind, inForce, holder, snapshot, now } = question;
  const { profile, stops } = inForce;
  const { date } = civilMoment(now);
  const entry = profile.kinds.find((candidate) => candidate.kind === kind.id);
  const service = serviceState(profile, kind.id, now);
  const outcome = sourceOf(kind.dataset).find(snapshot.rows, {
    holder: holder.residentId,
    today: date,
    taxYear: taxYearOn(profile, kind.id, date),
  });
  const answer = answerTo(question, outcome, date);
  const fee = feeOn(profile, kind.id, date);
  if (stops.all || stops.kinds.has(kind.id)) return refusedFor('service-stopped');
  if (service.kind === 'closed') return closedRefusal(service.notice, service.until);
  if (answer.kind === 'withheld') return withheldRefusal(answer.notice, snapshot);
  if (outcome.kind === 'withheld' || !entry) return refusedFor('counter');
  if (fee === undefined) return refusedFor('kind-not-offered');
  return { kind: 'offered', fee, ...choicesOf(kind, entry, outcome) };
}

function answerTo(
  { kind, inForce, holder, snapshot, now }: KindQuestion,
  outcome: SourceOutcome<unknown>,
  today: CivilDate,
): Eligibility {
  const { rows, registerMembers, protectedResidents, fedUntil, held } = snapshot;
  const { profile, canDraw } = inForce;
  return eligibility({
    kind,
    applicant: holder,
    residents: [...rows.residents, ...registerMembers],
    householdId: rows.household.householdId,
    outcome,
    ages: { registers: datasets[kind.dataset].registers, limits: profile.feedLimits, fedUntil, now },
    restrictions: {
      protectedResidents,
      held,
      canBeDrawn: (text) => canDraw(text).kind === 'drawable',
    },
    today,
  });
}

const NOT_OFFERED = noticeOf('SERV-04');
const DOMICILE_ELSEWHERE = noticeOf('RULE-06');
const REGISTER_TOO_OLD = noticeOf('SERV-08');

function closedRefusal(notice: IssuingRefusal['notice'], until: string | null): IssuingRefusal {
  const reason = notice === NOT_OFFERED ? 'kind-not-offered' : 'service-closed';
  return { kind: 'refused', notice, reason, ...(until === null ? {} : { until }) };
}

function withheldRefusal(
  notice: IssuingRefusal['notice'],
  { registration }: RegisterSnapshot,
): IssuingRefusal {
  const shared = refusedFor('counter');
  // who is registered has the 本籍 there: a 附票 that says otherwise is for people to look at
  if (notice === shared.notice || (registration && notice === DOMICILE_ELSEWHERE)) return shared;
  return { kind: 'refused', notice, reason: notice === REGISTER_TOO_OLD ? 'register-too-old' : 'rule' };
}

function choicesOf(
  kind: CertificateKind,
  entry: ProfileKind,
  { value, persons }: Extract<SourceOutcome<unknown>, { kind: 'found' }>,
): Omit<KindOffer, 'kind' | 'fee'> {
  const own = persons.filter(({ self }) => self);
  const chosen = kind.holder === 'self' ? own : persons.filter(({ removed }) => !removed);
  const { select } = sourceOf(kind.dataset);
  return {
    extents: extentsOf(kind, entry, chosen.length),
    options: kind.options
      .filter(({ id }) => entry.options.includes(id))
      .map((option) => ({ ...option, concerns: concerned(option, chosen) }))
      .filter(({ concerns }) => concerns.length > 0),
    maxCopies: entry.maxCopies,
    persons: chosen,
    valueOf: (extent, members) => {
      if (extent === 'whole') return value;
      return select(value, extent === 'self' ? own.map(({ number }) => number) : members);
    },
    subjectsOf: (extent, members) => {
      const shown =
        extent === 'whole'
          ? persons
          : extent === 'self'
            ? own
            : chosen.filter(({ number }) => members.includes(number));
      return [...new Set(shown.flatMap(({ residentId }) => residentId ?? []))];
    },
  };
}

/** A part of a household of one would be the whole. */
function extentsOf(kind: CertificateKind, entry: ProfileKind, persons: number): readonly KindExtent[] {
  return kind.extents.filter(
    ({ id }) => (entry.extents?.includes(id) ?? true) && (id !== 'part' || persons > 1),
  );
}

function concerned({ audience }: KindOption, persons: readonly SourcePerson[]): readonly number[] {
  return persons
    .filter(({ variant }) => audience === 'anyone' || variant === audience)
    .map(({ number }) => number);
}
