/**
 * One peer in a process of its own, so that its memory and CPU are its own: `peerProcess.ts <peer> <pages.json>` draws all
 * pages once to warm up a tenth of them, then all of them, and prints one JSON line.
 */
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { DEBIAN_FONT_PATH } from '#center/documents/fontFile.ts';
import { checkGlyph } from './glyphCheck.ts';
import type { Peer, PeerPage } from './peer.ts';
import { pdfkitPeer } from './pdfkitPeer.ts';
import { peers } from './peers.ts';

export interface PeerFigures {
  readonly name: string;
  /** per page, warm, over all pages; processes the peer runs beside this one included */
  readonly cpuMs: number;
  /** from opening the peer to its first page, wall clock */
  readonly coldMs: number;
  readonly bytes: number;
  /** this process; a browser's own memory is not in it */
  readonly peakMb: number;
  readonly rightGlyph: boolean;
  readonly extracts: boolean;
}

const WARM_UP_SHARE = 10;

const [id = '', file = ''] = process.argv.slice(2);
const module = peers[id];
if (!module) throw new Error(`no peer ${id}; there are ${Object.keys(peers).join(', ')}`);
const pages = JSON.parse(readFileSync(file, 'utf8')) as PeerPage[];

const started = performance.now();
const peer = await module.open(DEBIAN_FONT_PATH);
await peer.draw(pages[0]!);
const coldMs = performance.now() - started;
for (const page of pages.slice(0, Math.ceil(pages.length / WARM_UP_SHARE))) await peer.draw(page);
const before = cpuMs(peer);
let bytes = 0;
for (const page of pages) {
  bytes += (await peer.draw(page)).length;
  await setImmediate(); // compressors and streams let go of their memory at the end of a turn
}
const cpu = cpuMs(peer) - before;
const peakMb = process.resourceUsage().maxRSS / 1024;
const figures: PeerFigures = {
  name: module.name,
  cpuMs: cpu / pages.length,
  coldMs,
  bytes: Math.round(bytes / pages.length),
  peakMb,
  ...(await checkGlyph(peer, await pdfkitPeer.open(DEBIAN_FONT_PATH))),
};
await peer.close?.();
process.stdout.write(`${JSON.stringify(figures)}\n`);

function cpuMs({ childCpuMs }: Peer): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + (childCpuMs?.() ?? 0);
}
