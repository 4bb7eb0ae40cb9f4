/**
 * What makes a layout of either form unusable beyond the shape of its file: something nearer to the edge than the copiers
 * print, a certifying item left out, a field the dataset does not know. Messages are for municipal staff.
 */
import { datasets, hasField } from './datasets/catalogue.ts';
import type { CellContent, CertificateLayout } from './layoutSchema.ts';

/** Nothing is printed nearer to an edge: the copiers' exact printable area is not published (forms.md 2). */
export const MARGIN_PT = (10 / 25.4) * 72;

/** Records one fault: where in the file, and the reason in Japanese. */
export type Issue = (path: readonly (string | number)[], message: string) => void;

const ITEM_NAMES = {
  title: '証明書名',
  'issue-number': '発行番号',
  'page-number': 'ページ番号',
  statement: '認証文',
  'issue-date': '発行日',
  certifier: '職名と氏名',
  seal: '公印',
} as const;
const REQUIRED = {
  certificate: {
    everyPage: ['title', 'issue-number', 'page-number'],
    lastPage: ['statement', 'issue-date', 'certifier', 'seal'],
  },
  sheet: { everyPage: ['issue-number', 'page-number'], lastPage: [] },
} as const;

/** What stands beside the table, in both forms. */
export function checkItems(layout: CertificateLayout, issue: Issue): void {
  const { headerFields } = datasets[layout.dataset];
  for (const place of ['everyPage', 'lastPage'] as const) {
    layout[place].forEach(({ content, frame: [x, y, widthPt, heightPt] }, index) => {
      const inside = isInside(layout, { x, y, widthPt, heightPt });
      if (!inside) issue([place, index, 'frame'], '用紙の端から10mm以上離れていません');
      if (content.kind === 'field' && !headerFields.includes(content.field)) {
        issue([place, index, 'content'], unknownField(layout, content.field));
      }
    });
    for (const kind of REQUIRED[layout.purpose][place]) {
      if (layout[place].some(({ content }) => content.kind === kind)) continue;
      const where = place === 'everyPage' ? 'すべてのページ（everyPage）' : '最後のページ（lastPage）';
      issue([place], `${where}に${ITEM_NAMES[kind]}（${kind}）がありません`);
    }
  }
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly widthPt: number;
  readonly heightPt: number;
}

/** At least the margin away from every edge of the paper. */
export function isInside({ paper }: CertificateLayout, { x, y, widthPt, heightPt }: Area): boolean {
  return (
    x >= MARGIN_PT &&
    y >= MARGIN_PT &&
    x + widthPt <= paper.widthPt - MARGIN_PT &&
    y + heightPt <= paper.heightPt - MARGIN_PT
  );
}

export const unknownField = ({ dataset }: CertificateLayout, field: string): string =>
  `データセット ${dataset} のここで使える項目に ${field} はありません`;

/** The field of a cell is one of `known`; a label may stand for any field or label of the dataset. */
export function checkContent(
  layout: CertificateLayout,
  content: CellContent,
  known: readonly string[],
  issue: (message: string) => void,
): void {
  const { dataset } = layout;
  if (content.kind === 'label' && content.field !== undefined && !hasField(dataset, content.field)) {
    issue(unknownField(layout, content.field));
  }
  if ((content.kind === 'field' || content.kind === 'image') && !known.includes(content.field)) {
    issue(unknownField(layout, content.field));
  }
}
