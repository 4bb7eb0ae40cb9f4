/**
 * The municipality profile: what one municipality offers at stores, when, for how much, and in whose name
 * (operations.md 3.1, 9). Everything a council can change is effective-dated: `from` is a civil date, the entry with
 * the latest `from` not after the day counts. One file per municipality: profiles/<municipality code>.json.
 */
import { z } from 'zod';
import {
  certificateKindId,
  civilDate,
  extent,
  municipalityCode,
  registerIds,
  yen,
  type CivilDate,
} from './vocabulary.ts';

/** Data id of a layout file, e.g. resident-record-copy.household. */
export const layoutId = z
  .string()
  .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'レイアウトの名前（例 resident-record-copy.household）ではありません');

/** `HH:MM` in Japan, 00:00 .. 24:00. */
export const timeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, '00:00から24:00までの HH:MM ではありません');

/** Minutes since midnight of an `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** Open from `opens` (inclusive) to `closes` (exclusive). */
const openHours = z
  .strictObject({ opens: timeOfDay, closes: timeOfDay })
  .refine(({ opens, closes }) => opens < closes, '終わりの時刻が、始まりの時刻より前です');
const day = openHours.nullable();

/** Hours per weekday class; null is closed. A national holiday counts as `holiday`, whatever its weekday. */
export const weeklyHours = z.strictObject({
  monday: day,
  tuesday: day,
  wednesday: day,
  thursday: day,
  friday: day,
  saturday: day,
  sunday: day,
  holiday: day,
});
export type WeeklyHours = z.infer<typeof weeklyHours>;

/** A non-empty list of `{ from, ...value }` in strictly ascending order of `from`. */
function effectiveDated<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .array(z.strictObject({ from: civilDate, ...shape }))
    .min(1)
    .refine(
      (entries) => {
        const days = (entries as { from: CivilDate }[]).map(({ from }) => from);
        return days.every((from, index) => index === 0 || from > days[index - 1]!);
      },
      { message: '適用の日（from）は、古い順に、重ならないように書いてください' },
    );
}

/** The entry in force on a day; undefined before the first one. */
export function inForceOn<Entry extends { readonly from: CivilDate }>(
  entries: readonly Entry[],
  date: CivilDate,
): Entry | undefined {
  return entries.findLast(({ from }) => from <= date);
}

const printedText = z.string().min(1).max(120);

/** 認証文 by extent (世帯全員, 世帯の一部, 本人のみ): one for each extent offered. */
export const statements = z.partialRecord(extent, printedText);

export const profileKind = z.strictObject({
  kind: certificateKindId,
  layout: layoutId,
  /** ids of the kind's options a resident may choose here; the others are always omitted on the paper */
  options: z.array(z.string()),
  /** extents of the kind offered here; all of the kind's when absent */
  extents: z.array(extent).min(1).optional(),
  maxCopies: z.number().int().min(1).max(20).default(10),
  fees: effectiveDated({ fee: yen }),
  hours: effectiveDated({ weekly: weeklyHours }),
  statements,
  /** printed labels that differ here from the layout's, by field of the kind's dataset */
  labels: z.record(z.string(), z.string().min(1).max(40)).default({}),
  /**
   * 年度 issued from a day on (forms.md 8: the new one from about June 1), for kinds over a tax dataset; null stops the
   * kind during the yearly switch-over. Absent for every other kind.
   */
  taxYears: effectiveDated({ year: z.number().int().min(1989).max(2200).nullable() }).optional(),
  /** how long after issue a recipient can ask whether the number was issued (照会期間) */
  verifiableDays: z.number().int().min(30).max(3660).default(365),
});
export type ProfileKind = z.infer<typeof profileKind>;

const MONTH_DAY = /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const monthDay = z.string().regex(MONTH_DAY, 'MM-DD の形ではありません');

/** A single date, a span of dates, or a span that returns every year (12-29..01-03 crosses the year's end). */
export const closedDay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('date'), on: civilDate }),
  z
    .strictObject({ kind: z.literal('span'), from: civilDate, to: civilDate })
    .refine(({ from, to }) => from <= to, '終わりが、始まりより前です'),
  z.strictObject({ kind: z.literal('yearly'), from: monthDay, to: monthDay }),
]);
export type ClosedDay = z.infer<typeof closedDay>;

/** `YYYY-MM-DDTHH:MM` in Japan. */
const civilMinute = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, 'YYYY-MM-DDTHH:MM の形ではありません')
  .refine((text) => civilDate.safeParse(text.slice(0, 10)).success, 'ない日付です');

/** Stops to the minute, `from` inclusive, `to` exclusive; may overlap; evaluated before the weekly hours. */
export const maintenanceWindow = z
  .strictObject({
    kinds: z.union([z.literal('all'), z.array(certificateKindId).min(1)]),
    from: civilMinute,
    to: civilMinute,
  })
  .refine(({ from, to }) => from < to, '終わりが、始まりより前です');
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;

/** Who certifies: 職名 and 氏名; a deputy (職務代理者) is printed instead while named. */
const certifier = z.strictObject({ title: printedText, name: printedText });

export const usualMarks = { omitted: '【省略】', empty: '【空欄】', notApplicable: '＊＊＊' } as const;
export const USUAL_NUMBER_LABEL = '発行番号';

/** Words that stand in a cell without a value (forms.md 2); a cell is never a silent blank. */
export const marks = z
  .strictObject({
    omitted: printedText.default(usualMarks.omitted),
    empty: printedText.default(usualMarks.empty),
    notApplicable: printedText.default(usualMarks.notApplicable),
  })
  .prefault({});
export type Marks = z.infer<typeof marks>;

/** コンビニ交付's beginning: before every day of issue. */
const FIRST_DAY = civilDate.parse('2010-02-02');
/** 委託手数料 of a certificate, yen, as known of 2023 (operations.md 8.1). */
const USUAL_COMMISSION = 117;
/** What counts where a profile does not say. */
export const usualCommission = [{ from: FIRST_DAY, yen: yen.parse(USUAL_COMMISSION) }];

/** A day: registers are fed at least nightly. */
export const DEFAULT_FEED_LIMIT_MINUTES = 26 * 60;

/** One channel of 本籍地証明書利用登録申請: its own hours, closed apart from issuing (operations.md 5, Stops). */
const applicationChannelHours = z.strictObject({
  hours: effectiveDated({ weekly: weeklyHours }),
  maintenance: z.array(z.strictObject({ from: civilMinute, to: civilMinute })).default([]),
});

/** 本籍地証明書: applications of people who live elsewhere. Absent: none are taken and nothing is issued to them. */
const domicileService = z.strictObject({
  startsOn: civilDate,
  kiosk: applicationChannelHours.nullable().default(null),
  internet: applicationChannelHours.nullable().default(null),
  /** name and address may be read in their true letters from the 券面事項入力補助AP */
  cardText: z.boolean().default(false),
});
export type DomicileService = z.infer<typeof domicileService>;

const profileFields = z.strictObject({
  municipality: municipalityCode,
  /** 都道府県 */
  prefecture: printedText,
  /** 市区町村, without the prefecture */
  name: printedText,
  /** reading of `name` in hiragana, for the kana index */
  reading: z
    .string()
    .regex(/^[ぁ-んー]+$/, 'ひらがなで書いてください')
    .optional(),
  /** 町字 with their readings: what the keyboard of an application offers before all other words */
  towns: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(40),
        reading: z
          .string()
          .max(60)
          .regex(/^[ぁ-ゖー]+$/, 'ひらがなで書いてください'),
      }),
    )
    .max(2_000)
    .optional(),
  serviceStartsOn: civilDate,
  domicile: domicileService.optional(),
  kinds: z.array(profileKind).min(1),
  closedDays: z.array(closedDay).default([]),
  maintenance: z.array(maintenanceWindow).default([]),
  head: effectiveDated({ ...certifier.shape, deputy: certifier.optional() }),
  /** 公印: a PNG of profiles/seals/, 1 bit, at least 400 dpi at the printed width; nothing is issued without one */
  seal: effectiveDated({
    image: z.string().regex(/^[a-z0-9-]+\.png$/, '英小文字・数字・ハイフンと .png の名前ではありません'),
    widthMm: z.number().min(15).max(30),
    description: printedText,
  }),
  /** 委託手数料: what the store's chain keeps of each printed certificate */
  commission: effectiveDated({ yen }).default(usualCommission),
  marks,
  issueNumberLabel: printedText.default(USUAL_NUMBER_LABEL),
  /** a register whose feed is older than this withholds what depends on it, minutes (T6: fail closed) */
  feedLimits: z
    .strictObject(
      Object.fromEntries(
        registerIds.map((id) => [
          id,
          z.number().int().min(5).max(20_160).default(DEFAULT_FEED_LIMIT_MINUTES),
        ]),
      ) as Record<(typeof registerIds)[number], z.ZodDefault<z.ZodNumber>>,
    )
    .prefault({}),
  /** 外字: a TrueType font of profiles/fonts/ with the municipality's private-use characters */
  characterFont: z
    .string()
    .regex(/^[a-z0-9-]+\.ttf$/, '英小文字・数字・ハイフンと .ttf の名前ではありません')
    .optional(),
});
export const municipalityProfile = profileFields.superRefine(checkProfile);
export type MunicipalityProfile = z.infer<typeof municipalityProfile>;

function checkProfile(profile: z.infer<typeof profileFields>, context: z.RefinementCtx): void {
  const issue = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  const startsInTime = (entries: readonly { from: CivilDate }[], path: (string | number)[]) => {
    if (!inForceOn(entries, profile.serviceStartsOn)) {
      issue(path, '交付を始める日（serviceStartsOn）に、適用されるものがありません');
    }
  };
  startsInTime(profile.head, ['head']);
  startsInTime(profile.seal, ['seal']);
  profile.towns?.forEach(({ name, reading }, index, towns) => {
    const first = towns.findIndex((each) => each.name === name && each.reading === reading);
    if (first !== index) issue(['towns', index], '同じ町字が2回書かれています');
  });
  profile.kinds.forEach((entry, index) => {
    startsInTime(entry.fees, ['kinds', index, 'fees']);
    startsInTime(entry.hours, ['kinds', index, 'hours']);
    if (entry.taxYears) startsInTime(entry.taxYears, ['kinds', index, 'taxYears']);
    if (entry.extents && new Set(entry.extents).size !== entry.extents.length) {
      issue(['kinds', index, 'extents'], '同じ範囲が2回書かれています');
    }
    if (new Set(entry.options).size !== entry.options.length) {
      issue(['kinds', index, 'options'], '同じ項目が2回書かれています');
    }
    if (profile.kinds.findIndex(({ kind }) => kind === entry.kind) !== index) {
      issue(['kinds', index, 'kind'], '同じ種類の証明書が2回書かれています');
    }
  });
}
