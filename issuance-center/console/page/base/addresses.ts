/**
 * Addresses of the console's pages: `/certificates/versions/:number` with typed parts, and a query that holds what a list
 * shows. Pure.
 */
type PartOf<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PartOf<Rest>
  : Pattern extends `${string}:${infer Name}`
    ? Name
    : never;

/** The named parts of an address, as text. */
export type Parts<Pattern extends string> = Readonly<Record<PartOf<Pattern>, string>>;
export type Query = Readonly<Record<string, string | number | undefined>>;

type Given<Pattern extends string> = Readonly<Record<PartOf<Pattern>, string | number>>;

/** The address of a page. A pattern with parts cannot be written without them. */
export function hrefOf<Pattern extends string>(
  pattern: Pattern,
  ...[parts, query]: [PartOf<Pattern>] extends [never]
    ? [parts?: Record<string, never>, query?: Query]
    : [parts: Given<Pattern>, query?: Query]
): string {
  const given = (parts ?? {}) as Readonly<Record<string, string | number>>;
  const path = pattern.replaceAll(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(given[name])),
  );
  return `${path}${searchOf(query ?? {})}`;
}

/** `?page=2&sort=-at`; what is undefined or empty is left out. */
export function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size > 0 ? `?${search}` : '';
}

/** The parts of an address that has this pattern; undefined when it has another. */
export function partsIn<Pattern extends string>(pattern: Pattern, path: string): Parts<Pattern> | undefined {
  const names: string[] = [];
  const source = pattern.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  const found = new RegExp(`^${source}/?$`).exec(path);
  if (!found) return undefined;
  try {
    const values = names.map((name, index) => [name, decodeURIComponent(found[index + 1]!)]);
    return Object.fromEntries(values) as Parts<Pattern>;
  } catch {
    return undefined;
  }
}
