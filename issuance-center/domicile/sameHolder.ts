/**
 * Is the person whom the 署名用 certificate names the resident whom the card's other certificate is tied to? Birth date always;
 * the name as far as the certificate can write it: replaced letters (代替文字) and variation selectors are left out.
 */
import type { ResidentEntry } from '#templates/datasets/residentRegister.ts';
import type { BasicFourItems } from '../contract/domicileApplication.ts';
import type { CenterDatabase } from '../database/connect.ts';

export async function isSameHolder(
  db: CenterDatabase,
  residentId: string,
  items: BasicFourItems,
): Promise<boolean> {
  const row = await db.selectFrom('resident').select('entry').where('id', '=', residentId).executeTakeFirst();
  return row !== undefined && namesSame(row.entry, items);
}

type Named = Pick<ResidentEntry, 'name' | 'birthDate' | 'foreign'>;

/**
 * Pure. A foreign resident's certificate may show the alias (通称): only the birth date is compared. Letters are compared as
 * they are: of two that are one by NFC (U+FA19 and U+795E) the certificate writes the second and marks it as a stand-in.
 */
export function namesSame(entry: Named, items: Pick<BasicFourItems, Compared>): boolean {
  if (entry.birthDate !== items.birthDate) return false;
  if (entry.foreign) return true;
  const registered = lettersOf(entry.name);
  const certified = lettersOf(items.name, items.nameReplacements);
  if (registered.length !== certified.length) return false;
  return certified.every(({ letter, isReplaced }, at) => isReplaced || letter === registered[at]!.letter);
}
type Compared = 'name' | 'nameReplacements' | 'birthDate';

const SELECTOR = /^[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u;

/** Each with its mark; selectors are left out after the marks are given, which count them too. */
const lettersOf = (name: string, replacements = '') =>
  [...name]
    .map((letter, index) => ({ letter, isReplaced: replacements[index] === '1' }))
    .filter(({ letter }) => !SELECTOR.test(letter));
