/**
 * Where a newly joined municipality begins: everything a law or custom settles is filled in, so that what is left to do is
 * what only the municipality knows (first day, fees, head, seal). Not usable as it is; the faults say what is missing.
 */
import type { CertificateKind } from '#templates/kindSchema.ts';
import type { Templates } from '#templates/load.ts';
import { isIssuable } from '#templates/datasets/sources.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { addDays } from '#templates/civilTime.ts';
import type { Joining } from './joinMunicipality.ts';

const EVERY_DAY = { opens: '06:30', closes: '23:00' };
const OFFICE = { opens: '09:00', closes: '17:00' };

/** A month to get ready. */
const USUAL_DAYS_AHEAD = 30;

const STATEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'resident-record-copy': {
    whole: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
    part: 'この写しは、世帯の一部の住民票の原本と相違ないことを証明する。',
    self: 'この写しは、住民票の原本と相違ないことを証明する。',
  },
  'seal-registration-certificate': { self: 'この写しは、登録された印影と相違ないことを証明します。' },
};
const USUAL_STATEMENT = '上記のとおり相違ないことを証明します。';

/** The kinds most municipalities begin with (seeds.md 6.2); the others are a switch away. */
const USUAL_KINDS = ['resident-record-copy', 'seal-registration-certificate'];

export function firstProfile(joining: Joining, { kinds, layouts }: Templates, today: CivilDate): object {
  const serviceStartsOn = addDays(today, USUAL_DAYS_AHEAD);
  const layoutOf = (kind: CertificateKind) =>
    [...layouts.values()].map(({ value }) => value).find(({ id }) => id.startsWith(`${kind.id}.`))?.id ?? '';
  const offered = USUAL_KINDS.flatMap((id) => kinds.get(id)?.value ?? []).filter(({ dataset }) =>
    isIssuable(dataset),
  );
  return {
    municipality: joining.municipality,
    prefecture: joining.prefecture,
    name: joining.name,
    serviceStartsOn,
    kinds: offered.map((kind) => kindEntry(kind, layoutOf(kind), serviceStartsOn)),
    closedDays: [{ kind: 'yearly', from: '12-29', to: '01-03' }],
    maintenance: [],
    head: [{ from: serviceStartsOn, title: `${joining.prefecture}${joining.name}長`, name: '' }],
    seal: [],
  };
}

/** What a kind begins with when it is switched on. */
export function kindEntry(kind: CertificateKind, layout: string, from: CivilDate): object {
  const isOffice = kind.holder === 'same-family-register';
  const hours = isOffice ? OFFICE : EVERY_DAY;
  const weekend = isOffice ? null : EVERY_DAY;
  return {
    kind: kind.id,
    layout,
    options: kind.options.filter(({ id }) => !SENSITIVE.includes(id)).map(({ id }) => id),
    maxCopies: 10,
    fees: [{ from, fee: kind.id.startsWith('family-register-') ? 450 : 300 }],
    hours: [
      {
        from,
        weekly: {
          monday: hours,
          tuesday: hours,
          wednesday: hours,
          thursday: hours,
          friday: hours,
          saturday: weekend,
          sunday: weekend,
          holiday: weekend,
        },
      },
    ],
    statements: Object.fromEntries(
      kind.extents.map(({ id }) => [id, STATEMENTS[kind.id]?.[id] ?? USUAL_STATEMENT]),
    ),
  };
}

/** Allowed only when a municipality decides so (forms.md 3.4). */
const SENSITIVE: readonly string[] = ['individual-number', 'resident-record-code'];
