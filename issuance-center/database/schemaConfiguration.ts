/** Profile versions, their seals and fonts, stops and test issues. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled with its migration
export interface ConfigurationTables {}
