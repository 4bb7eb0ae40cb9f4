/** Staff accounts, their second factors and sessions. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled with its migration
export interface StaffTables {}
