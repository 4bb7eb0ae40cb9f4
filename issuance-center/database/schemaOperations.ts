/** Whose data a certificate shows, kiosks in trouble, reports of wrong certificates. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled with its migration
export interface OperationsTables {}
