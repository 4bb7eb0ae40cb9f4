/** Cards tied to a seal registration at the counter. */
export const COUNTER: readonly string[] = [];
