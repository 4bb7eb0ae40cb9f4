/** Whose data a certificate shows, kiosks in trouble, reports of wrong certificates. */
export const OPERATIONS: readonly string[] = [];
