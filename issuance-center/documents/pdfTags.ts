/**
 * The reading order as a structure tree (ISO 32000-1, 14.7 and 14.8): a screen reader says the title, then each label
 * with its value, in the order of the form, and nothing of rules and tint. Objects are spelled here, as text: there is one
 * for each printed item.
 */
import type { ReadingItem } from './laidOut.ts';
import { hexText, reference, type PdfFile } from './pdfFile.ts';
import type { PdfObject } from './pdfFont.ts';

/** A reading item with what only a tag says. */
export interface TaggedItem extends ReadingItem {
  /** language of its words when it is not Japanese */
  readonly lang?: 'en';
}

export interface StructureTree {
  /** Enters a page's items; returns the page's key in the parent tree (`StructParents`). */
  readonly addPage: (page: PdfObject, items: readonly TaggedItem[], markCount: number) => number;
  /** Writes document element and root; returns the root. */
  readonly end: () => PdfObject;
}

const ROLES = { title: 'H1', pair: 'P', paragraph: 'P', figure: 'Figure' } as const;
/** U+FE00.. and U+E0100..: readers that put glyphs together lose them, so the exact spelling is repeated as text. */
const SELECTOR = /[\ufe00-\ufe0f\udb40]/;

export function createStructureTree(file: PdfFile): StructureTree {
  const [root, document] = [file.reserve(), file.reserve()];
  const kids: string[] = [];
  const parents: string[] = [];
  return {
    addPage: (page, items, markCount) => {
      const marks = new Array<string>(markCount).fill('null');
      const add = (parent: PdfObject, item: TaggedItem) => addItem(file, page, parent, item, marks);
      for (const [section, members] of bySection(items)) {
        if (section === '') kids.push(...members.map((item) => add(document, item)));
        else kids.push(addSection(file, document, section, members, add));
      }
      const list = file.text(`[${marks.join(' ')}]`);
      return parents.push(reference(list)) - 1;
    },
    end: () => {
      file.write(document, `<</Type/StructElem/S/Document/P ${reference(root)}/K[${kids.join(' ')}]>>`);
      const numbers = parents.map((list, key) => `${key} ${list}`).join(' ');
      file.write(
        root,
        `<</Type/StructTreeRoot/K ${reference(document)}/ParentTree<</Nums[${numbers}]>>/ParentTreeNextKey ${parents.length}>>`,
      );
      return root;
    },
  };
}

/** Neighbours under one heading belong together. */
function bySection(items: readonly TaggedItem[]): readonly (readonly [string, readonly TaggedItem[]])[] {
  const groups: [string, TaggedItem[]][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last[0] === item.section) last[1].push(item);
    else groups.push([item.section, [item]]);
  }
  return groups;
}

function addSection(
  file: PdfFile,
  parent: PdfObject,
  title: string,
  items: readonly TaggedItem[],
  add: (parent: PdfObject, item: TaggedItem) => string,
): string {
  const section = file.reserve();
  const kids = items.map((item) => add(section, item));
  file.write(
    section,
    `<</Type/StructElem/S/Sect/P ${reference(parent)}/T${hexText(title)}/K[${kids.join(' ')}]>>`,
  );
  return reference(section);
}

/** The item's element; enters it as the parent of its marks. */
function addItem(
  file: PdfFile,
  page: PdfObject,
  parent: PdfObject,
  item: TaggedItem,
  parents: string[],
): string {
  const { role, lang, marks } = item;
  const own = reference(
    file.text(
      `<</Type/StructElem/S/${ROLES[role]}/P ${reference(parent)}/Pg ${reference(page)}${spelling(item)}${lang ? `/Lang(${lang})` : ''}/K[${marks.join(' ')}]>>`,
    ),
  );
  for (const mark of marks) parents[mark] = own;
  return own;
}

function spelling({ role, label, value }: TaggedItem): string {
  if (role === 'figure') return `/Alt${hexText(value)}`;
  if (!SELECTOR.test(value)) return '';
  return `/ActualText${hexText(label === '' ? value : `${label}　${value}`)}`;
}
