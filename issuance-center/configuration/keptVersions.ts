/**
 * Parsed versions, kept by their weight: a municipality with a font of its own weighs a hundred others. The least recently
 * asked for are forgotten first; what is forgotten is read again. Pure.
 */

export interface Kept<Value> {
  readonly get: (key: string) => Value | undefined;
  /** `bytes`: what it weighs, about */
  readonly put: (key: string, value: Value, bytes: number) => void;
}

/** Keeps what weighs `limitBytes` together, and always the last one put. */
export function keptByWeight<Value>(limitBytes: number): Kept<Value> {
  const entries = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let total = 0;
  const forget = (key: string) => {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  return {
    get: (key) => {
      const entry = entries.get(key);
      if (!entry) return undefined;
      // a Map keeps the order of insertion: the last asked for goes to its end
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    put: (key, value, bytes) => {
      forget(key);
      entries.set(key, { value, bytes });
      total += bytes;
      while (total > limitBytes && entries.size > 1) forget(entries.keys().next().value!);
    },
  };
}
