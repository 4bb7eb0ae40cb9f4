/** The rules of a grid: between its cells, around them, and around what white cells leave of it. */
import type { GridCell, GridLayout } from '#templates/layoutSchema.ts';
import type { Frame, Rule } from './laidOut.ts';
import { frameRules, rule } from './layoutPlace.ts';

/** The place of grid squares on the paper. */
export function frameOf({ grid }: GridLayout, { box }: Pick<GridCell, 'box'>, rowOffset: number): Frame {
  const [row, column, rows, columns] = box;
  return {
    x: grid.leftPt + (column - 1) * grid.columnWidthPt,
    y: grid.topPt + (rowOffset + row - 1) * grid.rowHeightPt,
    widthPt: columns * grid.columnWidthPt,
    heightPt: rows * grid.rowHeightPt,
  };
}

/** Nothing is drawn inside a white cell or between two of them. */
export function gridRules(
  layout: GridLayout,
  cells: readonly GridCell[],
  rowOffset: number,
): readonly Rule[] {
  if (cells.length === 0) return [];
  return cells.some(({ content }) => content.kind === 'white')
    ? rulesBesideWhite(layout, cells, rowOffset)
    : tiledRules(layout, cells, rowOffset);
}

/** Thin rules between the cells, each drawn once, and a thicker frame around them all. */
function tiledRules(layout: GridLayout, cells: readonly GridCell[], rowOffset: number): readonly Rule[] {
  const frames = cells.map((cell) => frameOf(layout, cell, rowOffset));
  const x = Math.min(...frames.map((frame) => frame.x));
  const y = Math.min(...frames.map((frame) => frame.y));
  const right = Math.max(...frames.map((frame) => frame.x + frame.widthPt));
  const bottom = Math.max(...frames.map((frame) => frame.y + frame.heightPt));
  const inner = frames.flatMap((frame): Rule[] => {
    const farX = frame.x + frame.widthPt;
    const farY = frame.y + frame.heightPt;
    const widthPt = layout.grid.ruleWidthPt;
    return [
      ...(farX < right - 0.01 ? [rule([farX, frame.y], [farX, farY], widthPt)] : []),
      ...(farY < bottom - 0.01 ? [rule([frame.x, farY], [farX, farY], widthPt)] : []),
    ];
  });
  const outer = { x, y, widthPt: right - x, heightPt: bottom - y };
  return [...inner, ...frameRules(outer, layout.grid.frameWidthPt)];
}

/** What stands in a grid square: the index of its cell, or nothing (white, outside). */
type SquareAt = (row: number, column: number) => number | undefined;

/** Thin between two cells, a frame between a cell and white paper. */
function rulesBesideWhite(
  layout: GridLayout,
  cells: readonly GridCell[],
  rowOffset: number,
): readonly Rule[] {
  const { rows, columns, leftPt, topPt, columnWidthPt, rowHeightPt, ruleWidthPt, frameWidthPt } = layout.grid;
  const at = squares(cells);
  const pen = (one: number | undefined, other: number | undefined): number =>
    one === other ? 0 : one === undefined || other === undefined ? frameWidthPt : ruleWidthPt;
  const x = (column: number) => leftPt + (column - 1) * columnWidthPt;
  const y = (row: number) => topPt + (rowOffset + row - 1) * rowHeightPt;
  const found: Rule[] = [];
  for (let row = 1; row <= rows + 1; row += 1) {
    const pens = Array.from({ length: columns }, (_, index) =>
      pen(at(row - 1, index + 1), at(row, index + 1)),
    );
    for (const [from, to, width] of stretches(pens))
      found.push(rule([x(from), y(row)], [x(to), y(row)], width));
  }
  for (let column = 1; column <= columns + 1; column += 1) {
    const pens = Array.from({ length: rows }, (_, index) =>
      pen(at(index + 1, column - 1), at(index + 1, column)),
    );
    for (const [from, to, width] of stretches(pens)) {
      found.push(rule([x(column), y(from)], [x(column), y(to)], width));
    }
  }
  return found;
}

function squares(cells: readonly GridCell[]): SquareAt {
  const taken = new Map<string, number>();
  cells.forEach(({ box: [row, column, rows, columns], content }, index) => {
    if (content.kind === 'white') return;
    for (let y = row; y < row + rows; y += 1) {
      for (let x = column; x < column + columns; x += 1) taken.set(`${y},${x}`, index);
    }
  });
  return (row, column) => taken.get(`${row},${column}`);
}

/** Neighbours of one pen as one stroke: first square, the square after the last, pen. */
function stretches(pens: readonly number[]): readonly (readonly [number, number, number])[] {
  const found: [number, number, number][] = [];
  pens.forEach((pen, index) => {
    const last = found.at(-1);
    if (pen === 0) return;
    if (last && last[1] === index + 1 && last[2] === pen) last[1] = index + 2;
    else found.push([index + 1, index + 2, pen]);
  });
  return found;
}
