/**
 * From a municipality's registers to the value a certificate prints: one pure function per dataset, asked for the offer
 * and asked again, over a fresh snapshot, when the document is made.
 */
import type { CivilDate } from '../vocabulary.ts';
import type { PersonVariant } from './printable.ts';
import type { ResidentId } from './residentRegister.ts';

export interface SourceQuestion {
  /** whose card it is */
  readonly holder: ResidentId;
  readonly today: CivilDate;
  /** 年度 that the profile issues today, Gregorian year in which it begins (令和8年度 = 2026); null: switch-over stop */
  readonly taxYear?: number | null;
}

/** One person whom the document can print; what the rules must know about everybody on the paper. */
export interface SourcePerson {
  /** position in the record, 1-based: the only handle a kiosk has for a person */
  readonly number: number;
  /** as shown to the holder on the screen */
  readonly name: string;
  readonly self: boolean;
  readonly variant: PersonVariant;
  /** absent when the person is not (or not any more) a resident here, e.g. a removed member of a 戸籍 */
  readonly residentId?: ResidentId;
  /** 除籍: printed with the whole register, but never offered to be chosen; `select` refuses the number */
  readonly removed?: boolean;
  /** every text of this person that could be printed, whatever options are chosen: each must be drawable */
  readonly texts: readonly string[];
}

/**
 * Why nothing can be made. The first three may be told to the resident (operations.md 4, "rule open to everybody"); the
 * last is the one shared answer of everything that lies with the municipality.
 */
export type WithheldReason =
  /** 印鑑登録なし; 課税資料なし（申告なし）; the register simply does not hold it */
  | 'seal-not-registered'
  | 'no-tax-data'
  | 'tax-year-not-offered'
  /** 本籍 is not in this municipality: pre-registration there is needed */
  | 'domicile-elsewhere'
  | 'ask-at-the-counter';

export type SourceOutcome<Value> =
  | {
      readonly kind: 'found';
      /** whole; `select` reduces it */
      readonly value: Value;
      readonly persons: readonly SourcePerson[];
      /** texts that belong to nobody (address, 本籍): each must be drawable */
      readonly texts: readonly string[];
      /** residents who belong to the record without being known as one of its persons: their protective measures count */
      readonly alsoConcerned?: readonly ResidentId[];
    }
  | { readonly kind: 'withheld'; readonly reason: WithheldReason };

/** What a dataset can be made of. `Rows` is what the snapshot read. */
export interface DatasetSource<Rows, Value> {
  readonly find: (rows: Rows, question: SourceQuestion) => SourceOutcome<Value>;
  /** The value reduced to these persons (世帯の一部, 個人事項). Throws RangeError for a number that is not in it. */
  readonly select: (value: Value, numbers: readonly number[]) => Value;
}
