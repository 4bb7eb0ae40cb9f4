/** Chromium's print to PDF: one browser and one page kept open, its content replaced for every document. */
import { readFileSync, readdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { PeerModule, PeerPage } from './peer.ts';

export const chromiumPeer: PeerModule = {
  name: 'Chromium print',
  open: async (fontPath) => {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath });
    const tab = await browser.newPage();
    const font = `@font-face { font-family: mincho; src: url(file://${fontPath}), local('IPAmjMincho'); }`;
    return {
      draw: async (page) => {
        await tab.setContent(documentOf(page, font));
        const size = { width: `${page.widthPt / 72}in`, height: `${page.heightPt / 72}in` };
        return tab.pdf({ ...size, printBackground: true, pageRanges: '1' });
      },
      childCpuMs: () => descendantCpuMs(process.pid),
      close: () => browser.close(),
    };
  },
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function documentOf(page: PeerPage, font: string): string {
  const { widthPt, heightPt } = page;
  const rules = page.rules.map(({ from: [x1, y1], to: [x2, y2], widthPt: pen }) => {
    return `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="#000" stroke-width="${pen}"/>`;
  });
  const texts = page.texts.map(({ x, baseline, sizePt, text }) => {
    const words = text.replaceAll(/[&<>]/g, (sign) => ESCAPES[sign]!);
    return `<text x="${x}" y="${baseline}" font-size="${sizePt}" xml:space="preserve">${words}</text>`;
  });
  return `<!doctype html><html lang="ja"><style>${font}
@page { size: ${widthPt}pt ${heightPt}pt; margin: 0 } body { margin: 0 } svg { display: block; font-family: mincho, IPAmjMincho }</style>
<svg xmlns="http://www.w3.org/2000/svg" width="${widthPt}pt" height="${heightPt}pt" viewBox="0 0 ${widthPt} ${heightPt}">
${rules.join('')}${texts.join('')}</svg></html>`;
}

/** `utime` and `stime` of proc(5) are counted in ticks; Linux has 100 a second on every machine this runs on. */
const MS_PER_TICK = 10;

function descendantCpuMs(root: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(name));
  const ids = new Set([root]);
  for (let before = 0; before !== ids.size;) {
    before = ids.size;
    for (const { id, parent } of processes) if (ids.has(parent)) ids.add(id);
  }
  return processes
    .filter(({ id }) => id !== root && ids.has(id))
    .reduce((sum, { ticks }) => sum + ticks * MS_PER_TICK, 0);
}

function statOf(id: string): { id: number; parent: number; ticks: number }[] {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ id: Number(id), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    return []; // it ended meanwhile
  }
}
