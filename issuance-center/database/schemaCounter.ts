/** Cards tied to a seal registration at the counter. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled with its migration
export interface CounterTables {}
