/** Pages of a PDF and sheets of paper. Pure. */
import type { Sides } from './printerPort.ts';

/** Sheets of paper that so many pages take. */
export function sheetsOf({ pages, sides }: { readonly pages: number; readonly sides: Sides }): number {
  return sides === 'two-sided' ? Math.ceil(pages / 2) : pages;
}
