/** The checks of a form of fixed cells: no cell over another, no square without a word. */
import { datasets } from './datasets/catalogue.ts';
import { checkContent, isInside, type Issue } from './layoutChecks.ts';
import type { GridCell, GridLayout } from './layoutSchema.ts';

/** Every fault of a grid: its place, its header, its persons' blocks. */
export function checkGrid(layout: GridLayout, issue: Issue): void {
  const { leftPt, topPt, columns, columnWidthPt, rows, rowHeightPt } = layout.grid;
  const area = { x: leftPt, y: topPt, widthPt: columns * columnWidthPt, heightPt: rows * rowHeightPt };
  if (!isInside(layout, area)) issue(['grid'], '表が用紙の端から10mm以上離れていません');
  checkHeader(layout, issue);
  checkPersons(layout, issue);
}

/** The header of a form without persons is the whole form and tiles the grid. */
function checkHeader(layout: GridLayout, issue: Issue): void {
  const { columns, rows } = layout.grid;
  const headerRows = layout.persons ? layout.persons.firstRow - 1 : rows;
  const covered = new Set<string>();
  layout.header.forEach((cell, index) => {
    const at = (message: string, ...rest: string[]) => issue(['header', index, ...rest], message);
    checkContent(layout, cell.content, datasets[layout.dataset].headerFields, at);
    if (cell.variant) at('見出し部は人ごとに変わらないため variant は書けません', 'variant');
    if (cell.content.kind === 'number') at('番号は人の欄にだけ書けます', 'content');
    cover(cell, headerRows, columns, covered, (message) => at(message, 'box'));
  });
  if (!layout.persons) requireTiled(covered, rows * columns, (message) => issue(['header'], message));
}

/** The cells of a block tile it: no overlap, no gap, hence no silent blank. */
function checkPersons(layout: GridLayout, issue: Issue): void {
  const { persons, grid } = layout;
  if (!persons) {
    if (layout.certified === 'each-page')
      issue(['certified'], '人の欄のない様式に each-page は指定できません');
    return;
  }
  if (persons.firstRow + persons.rows * persons.perPage - 1 > grid.rows) {
    issue(['persons'], '人の欄が表の行数より長くなっています');
  }
  persons.cells.forEach(({ content }, index) =>
    checkContent(layout, content, datasets[layout.dataset].personFields, (message) =>
      issue(['persons', 'cells', index], message),
    ),
  );
  for (const [variant, name] of VARIANTS) {
    const covered = new Set<string>();
    persons.cells.forEach((cell, index) => {
      if (cell.variant && cell.variant !== variant) return;
      cover(cell, persons.rows, grid.columns, covered, (message) =>
        issue(['persons', 'cells', index, 'box'], `${name}：${message}`),
      );
    });
    requireTiled(covered, persons.rows * grid.columns, (message) =>
      issue(['persons', 'cells'], `${name}：${message}`),
    );
  }
}

const VARIANTS = [
  ['japanese', '日本人の欄'],
  ['foreign', '外国人住民の欄'],
] as const;

function requireTiled(covered: ReadonlySet<string>, squares: number, issue: (message: string) => void): void {
  const gaps = squares - covered.size;
  if (gaps > 0) {
    issue(`どの欄にも属さない升目が ${gaps} 個あります（わざと空けるところは white と書いてください）`);
  }
}

function cover(
  cell: GridCell,
  maxRow: number,
  maxColumn: number,
  covered: Set<string>,
  issue: (message: string) => void,
): void {
  const [row, column, rows, columns] = cell.box;
  if (row + rows - 1 > maxRow || column + columns - 1 > maxColumn) issue('欄が表からはみ出しています');
  for (let y = row; y < row + rows; y += 1) {
    for (let x = column; x < column + columns; x += 1) {
      if (covered.has(`${y},${x}`)) return issue(`${y}行${x}列でほかの欄と重なっています`);
      covered.add(`${y},${x}`);
    }
  }
}
