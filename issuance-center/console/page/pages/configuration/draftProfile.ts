/**
 * A profile that is being written: of the shape of municipalityProfile, with anything missing. What the form cannot show it
 * leaves alone; whether it is right, the center says. Pure.
 */
import { z } from 'zod';
import { civilDate, extent, type CivilDate } from '#templates/vocabulary.ts';

/** Anything but what is expected counts as missing. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const text = maybe(z.string());
const number = maybe(z.number());
const day = maybe(civilDate);
const list = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).catch([]).default([]);

const hours = z.looseObject({ opens: text, closes: text }).nullable();
export const dayClasses = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'holiday',
] as const;
export type DayClass = (typeof dayClasses)[number];
const weekly = z.partialRecord(z.enum(dayClasses), hours).catch({});

const dated = <Shape extends z.ZodRawShape>(shape: Shape) =>
  list(z.looseObject({ from: civilDate, ...shape }));

export const draftKind = z.looseObject({
  kind: z.string(),
  layout: text,
  options: list(z.string()),
  extents: maybe(z.array(extent)),
  maxCopies: number,
  fees: dated({ fee: number }),
  hours: dated({ weekly }),
  statements: z.partialRecord(extent, z.string()).catch({}).default({}),
  labels: z.record(z.string(), z.string()).catch({}).default({}),
  taxYears: maybe(z.array(z.looseObject({ from: civilDate, year: z.number().nullable().catch(null) }))),
  verifiableDays: number,
});
export type DraftKind = z.infer<typeof draftKind>;

const channel = maybe(
  z
    .looseObject({ hours: dated({ weekly }), maintenance: list(z.looseObject({ from: text, to: text })) })
    .nullable(),
);
export type DraftChannel = NonNullable<z.infer<typeof channel>>;
const domicile = z.looseObject({
  startsOn: day,
  kiosk: channel,
  internet: channel,
  cardText: maybe(z.boolean()),
});

const certifier = { title: text, name: text };
export const draftProfile = z.looseObject({
  prefecture: text,
  name: text,
  reading: text,
  serviceStartsOn: day,
  domicile: maybe(domicile),
  kinds: list(draftKind),
  closedDays: list(z.looseObject({ kind: z.string(), on: text, from: text, to: text })),
  maintenance: list(
    z.looseObject({
      kinds: z.union([z.literal('all'), z.array(z.string())]).catch('all'),
      from: text,
      to: text,
    }),
  ),
  head: dated({ ...certifier, deputy: maybe(z.looseObject(certifier)) }),
  seal: dated({ image: text, widthMm: number, description: text }),
  commission: dated({ yen: number }),
  marks: z.looseObject({ omitted: text, empty: text, notApplicable: text }).catch({}).default({}),
  issueNumberLabel: text,
  feedLimits: z.record(z.string(), z.number()).catch({}).default({}),
  characterFont: text,
});
export type DraftProfile = z.infer<typeof draftProfile>;

type Json = unknown;
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !isList(value);

/** The value at a path such as kinds.0.fees; undefined where there is none. */
export function valueAt(whole: Json, path: string): Json {
  return path.split('.').reduce<Json>((here, step) => {
    if (isList(here)) return here[Number(step)];
    return isObject(here) ? here[step] : undefined;
  }, whole);
}

/** The same with another value at a path; undefined takes the field away. What is not on the path is shared. */
export function withValue(whole: Json, path: string, value: Json): Json {
  const [step = '', ...rest] = path.split('.');
  const inner = (here: Json) => (rest.length === 0 ? value : withValue(here, rest.join('.'), value));
  if (isList(whole)) {
    return whole.map((entry, index) => (index === Number(step) ? inner(entry) : entry));
  }
  const { [step]: before, ...others } = isObject(whole) ? whole : {};
  const after = inner(before);
  if (after === undefined) return others;
  // in its old place: the text of a version is compared and read by people
  return isObject(whole) && step in whole ? { ...whole, [step]: after } : { ...others, [step]: after };
}

interface Dated {
  readonly from: CivilDate;
}

/** A row more, in the order of days. */
export const withRow = <Row extends Dated>(rows: readonly Row[], row: Row): readonly Row[] =>
  [...rows, row].sort((left, right) => (left.from < right.from ? -1 : 1));

/** Rows whose day has come and that the version in force has, too: they stay as they were certified. */
export function isBegun(row: Dated, base: readonly Dated[] | undefined, today: CivilDate): boolean {
  return row.from <= today && (base ?? []).some(({ from }) => from === row.from);
}

/** The lists of a profile whose rows count from a day. */
const datedPaths = ({ kinds }: DraftProfile): readonly string[] => [
  'head',
  'seal',
  ...kinds.flatMap(({ taxYears }, index) =>
    ['fees', 'hours', ...(taxYears ? ['taxYears'] : [])].map((list) => `kinds.${index}.${list}`),
  ),
];

/**
 * Another first day of service, before it has come: rows that were to count from the old one move with it, where no other
 * row is in their way.
 */
export function withStart(profile: Json, day: CivilDate | undefined): Json {
  const read = draftProfile.parse(profile);
  const { serviceStartsOn: old } = read;
  let next = withValue(profile, 'serviceStartsOn', day);
  if (!old || !day) return next;
  for (const path of datedPaths(read)) {
    const rows = valueAt(next, path) as readonly Dated[] | undefined;
    const [first, second] = rows ?? [];
    if (first?.from === old && (!second || day < second.from)) {
      next = withValue(next, `${path}.0.from`, day);
    }
  }
  return next;
}

/** Another first day for 本籍地の利用登録; hours that were to count from the old one move with it. */
export function withApplicationsStart(profile: Json, day: CivilDate | undefined): Json {
  const { domicile: before } = draftProfile.parse(profile);
  const next = withValue(profile, 'domicile.startsOn', day);
  if (!before?.startsOn || !day) return next;
  return ['kiosk', 'internet'].reduce((whole, id) => {
    const path = `domicile.${id}.hours`;
    const [first, second] = (valueAt(whole, path) as readonly Dated[] | undefined) ?? [];
    const moves = first?.from === before.startsOn && (!second || day < second.from);
    return moves ? withValue(whole, `${path}.0.from`, day) : whole;
  }, next);
}

/** 見本を作れる範囲: of the kind's extents those offered here. */
export const offeredExtents = (entry: DraftKind, all: readonly z.infer<typeof extent>[]) =>
  entry.extents ?? all;
