/** The card's files as data: what an application holds and who may use it (card.md 2.2, 2.9-2.11). */
import type { KeyObject } from 'node:crypto';
import type { SecretReference } from './cardFile.ts';

/** Who may read a file or use a key: everyone, nobody, or whoever verified one of the references. */
export type Access = 'free' | 'never' | readonly SecretReference[];

export type ElementaryFile =
  | { readonly kind: 'transparent'; readonly bytes: Buffer; readonly access: Access }
  | { readonly kind: 'record'; readonly records: readonly Buffer[]; readonly access: Access }
  | { readonly kind: 'signing-key'; readonly key: KeyObject; readonly access: Access }
  | { readonly kind: 'authentication-key'; readonly key: KeyObject }
  | { readonly kind: 'secret'; readonly reference: SecretReference };

export interface Application {
  readonly name: string;
  /** DF name */
  readonly aid: Buffer;
  readonly files: ReadonlyMap<number, ElementaryFile>;
}

export interface SecretRule {
  readonly tries: number;
  readonly format: RegExp;
}

const FOUR_DIGITS = /^\d{4}$/;
/** Tries and formats (card.md 2.8); 0 tries: blocked on every card. 生年月日 and 照合番号A: 10 is our choice (7, rows 3-4). */
export const secretRules: Readonly<Record<SecretReference, SecretRule>> = {
  'jpki-0018': { tries: 3, format: FOUR_DIGITS },
  'jpki-001b': { tries: 5, format: /^[A-Z0-9]{6,16}$/ },
  'text-0011': { tries: 3, format: FOUR_DIGITS },
  'text-0012': { tries: 0, format: FOUR_DIGITS },
  'text-0014': { tries: 10, format: /^\d{12}$/ },
  'text-0015': { tries: 10, format: /^\d{14}$/ },
  'visual-0011': { tries: 10, format: /^\d{6}$/ },
  'visual-0012': { tries: 10, format: /^\d{14}$/ },
  'visual-0013': { tries: 10, format: /^\d{12}$/ },
  'resident-001c': { tries: 3, format: FOUR_DIGITS },
  'common-001c': { tries: 3, format: FOUR_DIGITS },
};

/** A file everyone may read. */
export function open(bytes: Buffer): ElementaryFile {
  return { kind: 'transparent', bytes, access: 'free' };
}

/** A file opened by any one of the references. */
export function openedBy(bytes: Buffer, ...references: SecretReference[]): ElementaryFile {
  return { kind: 'transparent', bytes, access: references };
}

/** A PIN, password or 照合番号. */
export function secret(reference: SecretReference): ElementaryFile {
  return { kind: 'secret', reference };
}
