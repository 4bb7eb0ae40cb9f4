/** The words the agent itself puts on a screen. Everything else is a label of the offer or the renderer's own. */
import given from './texts.json' with { type: 'json' };

export const texts = Object.freeze(given);

/** `{name}` replaced by its value. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
