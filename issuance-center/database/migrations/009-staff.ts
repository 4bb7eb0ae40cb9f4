/** Staff accounts, their second factors and sessions. */
export const STAFF: readonly string[] = [];
