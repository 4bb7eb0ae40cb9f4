/** Audit events of: sequenced feeds of the registers and their reconciliation. */
export const eventsFeeds = {} as const;
