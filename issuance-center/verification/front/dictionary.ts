/**
 * Preset dictionary of the signed fronts (RFC 1951 window, filled before the first byte): what the forms say again and
 * again. It is part of the format: a changed word makes every printed code unreadable, so a new list is a new version.
 */
import words from './dictionary-1.json' with { type: 'json' };

/** UTF-8; the last entries are the nearest and cost least. */
export const dictionary: Uint8Array = new TextEncoder().encode(words.join(''));
