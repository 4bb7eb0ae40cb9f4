/** Audit events of: cards tied to a seal registration at the counter. */
export const eventsCounter = {} as const;
