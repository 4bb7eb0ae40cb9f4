/** The checks of a form whose rows flow over pages. */
import { datasets } from './datasets/catalogue.ts';
import { checkContent, isInside, type Issue } from './layoutChecks.ts';
import type { FlowLayout, FlowRow, SheetItem } from './layoutSchema.ts';

/** Every fault of a flow: its area, its row templates, what stands beside it. */
export function checkFlow(layout: FlowLayout, issue: Issue): void {
  checkArea(layout, issue);
  checkItemPlaces(layout, issue);
  checkRows(layout, issue);
  const { headerFields } = datasets[layout.dataset];
  layout.pageHead.forEach((row, index) => checkRow(layout, row, headerFields, ['pageHead', index], issue));
  if (headHeight(layout) >= layout.flow.lastBottomPt - layout.flow.topPt) {
    issue(['pageHead'], '各ページの見出し行で表がいっぱいになり、行を印字する場所がありません');
  }
}

const headHeight = ({ pageHead }: FlowLayout): number =>
  pageHead.reduce((sum, { heightPt }) => sum + heightPt, 0);

function checkArea(layout: FlowLayout, issue: Issue): void {
  const { leftPt, topPt, bottomPt, lastBottomPt, columns, columnWidthPt, verticals } = layout.flow;
  const area = { x: leftPt, y: topPt, widthPt: columns * columnWidthPt, heightPt: bottomPt - topPt };
  if (!isInside(layout, area)) issue(['flow'], '表が用紙の端から10mm以上離れていません');
  if (lastBottomPt > bottomPt || lastBottomPt <= topPt) {
    issue(
      ['flow', 'lastBottomPt'],
      '最後のページの行の下端（lastBottomPt）は、topPt より下、bottomPt 以上の高さにしてください',
    );
  }
  verticals.forEach((column, index) => {
    if (column >= columns) issue(['flow', 'verticals', index], '縦線が表の外にあります');
  });
  const [first, count] = layout.flow.endMarkRow.columns ?? [1, columns];
  if (first + count - 1 > columns) {
    issue(['flow', 'endMarkRow'], '以下余白などの終わりの印が表の右端からはみ出しています');
  }
}

/** Statement, seal and the rest must not lie under rows: on the last page rows end higher up. */
function checkItemPlaces(layout: FlowLayout, issue: Issue): void {
  const { topPt, bottomPt, lastBottomPt } = layout.flow;
  const check = (place: 'everyPage' | 'lastPage', bottom: number) =>
    layout[place].forEach(({ frame: [x, y, width, height] }: SheetItem, index) => {
      const beside = x >= flowRight(layout) || x + width <= layout.flow.leftPt;
      if (beside || y + height <= topPt || y >= bottom) return;
      issue([place, index, 'frame'], '行を印字する範囲と重なっています');
    });
  check('everyPage', bottomPt);
  check('lastPage', lastBottomPt);
}

const flowRight = ({ flow }: FlowLayout): number => flow.leftPt + flow.columns * flow.columnWidthPt;

function checkRows(layout: FlowLayout, issue: Issue): void {
  const declared = datasets[layout.dataset].rows;
  for (const id of Object.keys(declared)) {
    if (!layout.rows[id]) issue(['rows'], `データセット ${layout.dataset} の行 ${id} の様式がありません`);
  }
  for (const [id, row] of Object.entries(layout.rows)) {
    const known = declared[id];
    if (known) checkRow(layout, row, known, ['rows', id], issue);
    else issue(['rows', id], `データセット ${layout.dataset} に行 ${id} はありません`);
  }
}

function checkRow(
  layout: FlowLayout,
  row: FlowRow,
  known: readonly string[],
  path: readonly (string | number)[],
  issue: Issue,
): void {
  const taken = new Set<number>();
  row.cells.forEach(({ content, columns: [first, count] }, index) => {
    const at = (message: string) => issue([...path, 'cells', index], message);
    checkContent(layout, content, known, at);
    if (content.kind === 'remarks') at('備考欄（remarks）は行の様式には書けません');
    if (first + count - 1 > layout.flow.columns) at('欄が表の右端からはみ出しています');
    for (let column = first; column < first + count; column += 1) {
      if (taken.has(column)) return at(`${column}列でほかの欄と重なっています`);
      taken.add(column);
    }
  });
}
