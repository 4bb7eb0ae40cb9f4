/** What has been read so far. Pure: codes are kept once, in the order they came; nothing leaves the page. */
import type { ReadPage } from './reading/readFiles.ts';

export interface Reading {
  readonly at: 'choosing' | 'camera' | 'files' | 'read' | 'number';
  /** each code once, however often it was seen */
  readonly codes: readonly Uint8Array[];
  /** pages of each file, in the file's order */
  readonly files: readonly (readonly ReadPage[])[];
  readonly unreadable: readonly string[];
  /** files read and chosen, while reading */
  readonly progress: { readonly done: number; readonly count: number };
  /** asked for by number alone */
  readonly issueNumber?: string;
  /** the person says that the front carries another number */
  readonly saidDifferent: boolean;
}

export const NOTHING_READ: Reading = {
  at: 'choosing',
  codes: [],
  files: [],
  unreadable: [],
  progress: { done: 0, count: 0 },
  saidDifferent: false,
};

export type ReadingEvent =
  | { readonly kind: 'camera-opened' | 'camera-closed' | 'started-over' | 'said-different' }
  | { readonly kind: 'codes-seen'; readonly codes: readonly Uint8Array[] }
  | { readonly kind: 'files-chosen'; readonly count: number }
  | { readonly kind: 'file-read'; readonly pages: readonly ReadPage[] }
  | { readonly kind: 'file-unreadable'; readonly name: string }
  | { readonly kind: 'number-asked'; readonly issueNumber: string };

export function step(state: Reading, event: ReadingEvent): Reading {
  switch (event.kind) {
    case 'camera-opened':
      return { ...state, at: 'camera', issueNumber: undefined };
    case 'camera-closed':
      return { ...state, at: state.codes.length > 0 ? 'read' : 'choosing' };
    case 'codes-seen':
      return { ...state, codes: withCodes(state.codes, event.codes) };
    case 'files-chosen':
      return {
        ...state,
        at: 'files',
        issueNumber: undefined,
        unreadable: [],
        progress: { done: 0, count: event.count },
      };
    case 'file-read': {
      const codes = event.pages.flatMap((page) => page.codes);
      const read = { ...state, codes: withCodes(state.codes, codes), files: [...state.files, event.pages] };
      return oneMoreFile(read);
    }
    case 'file-unreadable':
      return oneMoreFile({ ...state, unreadable: [...state.unreadable, event.name] });
    case 'number-asked':
      return { ...NOTHING_READ, at: 'number', issueNumber: event.issueNumber };
    case 'said-different':
      return { ...state, saidDifferent: true };
    case 'started-over':
      return NOTHING_READ;
  }
}

function oneMoreFile(state: Reading): Reading {
  const { done, count } = state.progress;
  return { ...state, at: done + 1 < count ? 'files' : 'read', progress: { done: done + 1, count } };
}

function withCodes(known: readonly Uint8Array[], seen: readonly Uint8Array[]): readonly Uint8Array[] {
  const fresh = seen.filter(
    (code, index) =>
      !known.some((other) => isEqual(other, code)) &&
      seen.findIndex((other) => isEqual(other, code)) === index,
  );
  return fresh.length === 0 ? known : [...known, ...fresh];
}

const isEqual = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => right[at] === byte);
