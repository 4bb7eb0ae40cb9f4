/** Profile versions, their seals and fonts, stops and test issues. */
export const CONFIGURATION: readonly string[] = [];
