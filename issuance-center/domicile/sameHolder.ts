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

/** Pure. A foreign resident's certificate may show the alias (通称): only the birth date is compared. */
export function namesSame(entry: Named, items: BasicFourItems): boolean {
  if (entry.birthDate !== items.birthDate) return false;
  if (entry.foreign) return true;
  const registered = lettersOf(entry.name);
  const certified = lettersOf(items.name);
  if (registered.length !== certified.length) return false;
  const replaced = [...items.nameReplacements];
  return certified.every((letter, index) => replaced[index] === '1' || letter === registered[index]);
}

const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
const lettersOf = (name: string): readonly string[] => [...name.replaceAll(SELECTORS, '')];
