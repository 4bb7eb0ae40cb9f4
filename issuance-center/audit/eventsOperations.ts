/** Audit events of: whose data a certificate shows, kiosks in trouble, reports of wrong certificates. */
export const eventsOperations = {} as const;
