/** Audit events of: profile versions, their seals and fonts, stops and test issues. */
export const eventsConfiguration = {} as const;
