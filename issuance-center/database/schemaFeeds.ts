/** Sequenced feeds of the registers and their reconciliation. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled with its migration
export interface FeedsTables {}
