/**
 * May this resident be issued this kind, now, and with which choices? Pure, and asked by the same function for the offer
 * and again when the document is made. Hours, eligibility and choices are always all worked out, whatever the answer is
 * going to be.
 */
import { eligibility } from '#templates/eligibility.ts';
import { feeOn } from '#templates/fees.ts';
import type { CertificateKind, Extent, KindOption } from '#templates/kindSchema.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import type { MunicipalityProfile, ProfileKind } from '#templates/profileSchema.ts';
import { serviceState } from '#templates/serviceHours.ts';
import { civilMoment } from '#templates/civilTime.ts';
import { currentRecord, type RegisterExtract } from '#templates/datasets/residentRegister.ts';
import type { ResidentPerson } from '#templates/datasets/residentRecord.ts';
import type { Yen } from '#templates/vocabulary.ts';
import type { AuthenticatedSession } from '../identity/session.ts';
import type { CanDrawIn } from '../registers/drawable.ts';
import type { RegisterSnapshot } from '../registers/snapshot.ts';
import { refusedFor, type IssuingRefusal } from './refusal.ts';

export interface KindQuestion {
  readonly kind: CertificateKind;
  readonly profile: MunicipalityProfile;
  readonly session: AuthenticatedSession;
  readonly snapshot: RegisterSnapshot;
  readonly canDraw: CanDrawIn;
  /** instant, milliseconds */
  readonly now: number;
}

/** An option with the numbers of those it says something about: never empty. */
export type AskedOption = KindOption & { readonly concerns: readonly number[] };

export interface KindOffer {
  readonly kind: 'offered';
  readonly fee: Yen;
  readonly extents: readonly Extent[];
  readonly options: readonly AskedOption[];
  readonly maxCopies: number;
  readonly extract: RegisterExtract;
  /** number of the holder in the record */
  readonly holderNumber: number;
}

export function offerOfKind(question: KindQuestion): KindOffer | IssuingRefusal {
  const { kind, profile, session, snapshot, canDraw, now } = question;
  const { date } = civilMoment(now);
  const service = serviceState(profile, kind.id, now);
  const answer = eligibility(
    kind,
    { residentId: session.residentId, cardRegisteredOn: session.cardRegisteredOn },
    snapshot,
    {
      protectedResidents: snapshot.protectedResidents,
      canBeDrawn: (text) => canDraw(profile.municipality)(text).kind === 'drawable',
    },
    date,
  );
  const choices = choicesOf(question);
  const fee = feeOn(profile, kind.id, date);
  if (service.kind === 'closed') return closedRefusal(service.notice, service.until);
  if (answer.kind === 'withheld') {
    const shared = refusedFor('counter');
    return answer.notice === shared.notice
      ? shared
      : { kind: 'refused', notice: answer.notice, reason: 'rule' };
  }
  if (!choices) return refusedFor('counter');
  return fee === undefined ? refusedFor('kind-not-offered') : { kind: 'offered', fee, ...choices };
}

const NOT_OFFERED = noticeOf('SERV-04');

function closedRefusal(notice: IssuingRefusal['notice'], until: string | null): IssuingRefusal {
  const reason = notice === NOT_OFFERED ? 'kind-not-offered' : 'service-closed';
  return { kind: 'refused', notice, reason, ...(until === null ? {} : { until }) };
}

/** Undefined when the holder is not on the household's current record. */
function choicesOf({
  kind,
  profile,
  session,
  snapshot,
}: KindQuestion): Omit<KindOffer, 'kind' | 'fee'> | undefined {
  const entry = profile.kinds.find((candidate) => candidate.kind === kind.id);
  const extract = currentRecord(snapshot.household, snapshot.residents);
  const [holderNumber] = [...(extract?.residentIds ?? [])].find(([, id]) => id === session.residentId) ?? [];
  if (!entry || !extract || holderNumber === undefined) return undefined;
  const persons = printable(kind, extract, holderNumber);
  return {
    extents: extentsOf(kind, entry, persons.length),
    options: kind.options
      .filter(({ id }) => entry.options.includes(id))
      .map((option) => ({ ...option, concerns: concerned(option, persons) }))
      .filter(({ concerns }) => concerns.length > 0),
    maxCopies: entry.maxCopies,
    extract,
    holderNumber,
  };
}

function printable(
  kind: CertificateKind,
  { record }: RegisterExtract,
  holder: number,
): readonly ResidentPerson[] {
  return kind.holder === 'same-household'
    ? record.persons
    : record.persons.filter(({ number }) => number === holder);
}

/** A part of a household of one would be the whole. */
function extentsOf(kind: CertificateKind, entry: ProfileKind, persons: number): readonly Extent[] {
  const all = entry.extents ?? kind.extents.map(({ id }) => id);
  return all.filter((extent) => extent !== 'part' || persons > 1);
}

function concerned({ audience }: KindOption, persons: readonly ResidentPerson[]): readonly number[] {
  const numbers = (wanted: (person: ResidentPerson) => boolean): number[] =>
    persons.filter(wanted).map(({ number }) => number);
  switch (audience) {
    case 'anyone':
      return numbers(() => true);
    case 'japanese':
      return numbers(({ foreign }) => foreign === undefined);
    case 'foreign':
      return numbers(({ foreign }) => foreign !== undefined);
  }
}
