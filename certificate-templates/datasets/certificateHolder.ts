/**
 * The one person of a certificate that is only issued to the holder of the card (印鑑, 税): name, birth date, address as
 * the resident register has them in the same snapshot. No other register keeps a copy that could grow old.
 */
import { z } from 'zod';
import { warekiDate, westernDate } from '../civilTime.ts';
import { civilDate } from '../vocabulary.ts';
import type { Printable } from './printable.ts';
import { registeredText } from './residentRecord.ts';
import type { HouseholdEntry, ResidentEntry } from './residentRegister.ts';
import type { SourceOutcome, SourcePerson, SourceQuestion } from './source.ts';

export const certificateHolder = z.strictObject({
  /** 氏名 as on the 住民票: a foreign resident's roman name, then the 漢字氏名 */
  name: registeredText,
  /** 旧氏, when registered */
  formerName: registeredText.optional(),
  /** 通称, when registered */
  alias: registeredText.optional(),
  birthDate: civilDate,
  /** foreign residents' birth dates stay in the calendar of their residence card (forms.md 2) */
  calendar: z.enum(['japanese', 'western']),
  /** 住所 of the household */
  address: registeredText,
});
export type CertificateHolder = z.infer<typeof certificateHolder>;

/** What of the snapshot says who the holder is. */
export interface HolderRows {
  readonly household: HouseholdEntry;
  readonly residents: readonly ResidentEntry[];
}

/**
 * The holder of the card as an active resident of this household; undefined when the register does not have the holder
 * (any more).
 */
export function holderOf(
  { household, residents }: HolderRows,
  { holder }: SourceQuestion,
): CertificateHolder | undefined {
  const entry = residents.find(({ residentId }) => residentId === holder);
  if (!entry || entry.status !== 'active' || entry.householdId !== household.householdId) return undefined;
  const { foreign, formerName, birthDate } = entry;
  return {
    name: foreign?.kanjiName ? `${foreign.romanName}　${foreign.kanjiName}` : entry.name,
    ...(formerName && { formerName: formerName.name }),
    ...(foreign?.alias !== undefined && { alias: foreign.alias }),
    birthDate,
    calendar: foreign ? 'western' : 'japanese',
    address: household.address,
  };
}

/** The outcome of a certificate about the holder alone; `texts` are what it prints beside the holder's own. */
export function foundAboutHolder<Value extends { readonly holder: CertificateHolder }>(
  value: Value,
  { holder: residentId }: SourceQuestion,
  texts: readonly (string | undefined)[],
): SourceOutcome<Value> {
  const { name, formerName, alias, calendar, address } = value.holder;
  const known = (list: readonly (string | undefined)[]) => list.filter((text) => text !== undefined);
  const person: SourcePerson = {
    number: 1,
    name,
    self: true,
    variant: calendar === 'western' ? 'foreign' : 'japanese',
    residentId,
    texts: known([name, formerName, alias]),
  };
  return { kind: 'found', value, persons: [person], texts: known([address, ...texts]) };
}

/** A certificate about the holder alone cannot be reduced. Throws RangeError for anybody else's number. */
export function selectHolder<Value>(value: Value, numbers: readonly number[]): Value {
  if (numbers.length !== 1 || numbers[0] !== 1)
    throw new RangeError('a person asked for is not in the record');
  return value;
}

/** Header fields of every certificate about the holder; the address is each dataset's own matter. */
export const holderFieldIds = ['name', 'birth-date'] as const;

/** 氏名 and 生年月日 as they are printed. */
export function holderFields({ name, birthDate, calendar }: CertificateHolder): {
  readonly [Id in (typeof holderFieldIds)[number]]: Printable;
} {
  const printed = calendar === 'western' ? westernDate(birthDate) : warekiDate(birthDate);
  return { name: { kind: 'text', text: name }, 'birth-date': { kind: 'text', text: printed } };
}
