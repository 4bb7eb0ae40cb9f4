/**
 * The same 住民票 page, over the same residents, by this renderer and by what a user would pick instead, each peer in a
 * process of its own. Ratios within one run count; a peer that draws the wrong glyph for a variation sequence is marked.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peers } from './peers/peers.ts';
import type { PeerFigures } from './peers/peerProcess.ts';
import { residentPages } from './peers/residentPages.ts';

export interface PeerResult extends PeerFigures {
  /** its CPU time over this renderer's, of the same run; this renderer also lays out, tags and draws the seal */
  readonly ratio: number;
  readonly glyph: 'right' | 'WRONG';
}

const RESIDENTS = 300;

/** `ownCpuMs`: this renderer's figure of the same run. */
export function benchPeers(ownCpuMs: number, say: (text: string) => void): { peers: readonly PeerResult[] } {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'));
  try {
    const file = join(folder, 'pages.json');
    writeFileSync(file, JSON.stringify(residentPages(RESIDENTS)));
    return {
      peers: Object.keys(peers).map((id) => {
        say(`peer ${id}`);
        return resultOf(runPeer(id, file), ownCpuMs);
      }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runPeer(id: string, file: string): PeerFigures {
  const program = join(import.meta.dirname, 'peers/peerProcess.ts');
  const line = execFileSync(process.execPath, ['--import', 'tsx', program, id, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(line.toString('utf8')) as PeerFigures;
}

function resultOf(figures: PeerFigures, ownCpuMs: number): PeerResult {
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return {
    ...figures,
    cpuMs: rounded(figures.cpuMs),
    coldMs: Math.round(figures.coldMs),
    peakMb: Math.round(figures.peakMb),
    ratio: rounded(figures.cpuMs / ownCpuMs),
    glyph: figures.rightGlyph ? 'right' : 'WRONG',
  };
}
