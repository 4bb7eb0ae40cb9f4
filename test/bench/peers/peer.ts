/**
 * The page every peer draws, and what a peer is. All draw the same positioned texts and rules, taken from this renderer's
 * own layout of 300 different residents: a peer is spared the layout, the fit rule and the signed data.
 */
import type { Rule, TextRun } from '#center/documents/laidOut.ts';

export interface PeerPage {
  readonly widthPt: number;
  readonly heightPt: number;
  readonly texts: readonly Pick<TextRun, 'x' | 'baseline' | 'sizePt' | 'text'>[];
  readonly rules: readonly Rule[];
}

export interface Peer {
  readonly draw: (page: PeerPage) => Uint8Array | Promise<Uint8Array>;
  /** CPU of processes the peer runs beside this one, milliseconds so far */
  readonly childCpuMs?: () => number;
  readonly close?: () => Promise<void>;
}

export interface PeerModule {
  /** as it stands in the table */
  readonly name: string;
  readonly open: (fontPath: string) => Promise<Peer>;
}
