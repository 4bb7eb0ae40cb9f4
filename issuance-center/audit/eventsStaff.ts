/** Audit events of: staff accounts, their second factors and sessions. */
export const eventsStaff = {} as const;
