/** What breaks the table of screens.md 1 on the screen shown now, as sentences; runs in the page. */
export function measureScreen(): string[];
