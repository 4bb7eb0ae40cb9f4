/** Sequenced feeds of the registers and their reconciliation. */
export const FEEDS: readonly string[] = [];
