/** pdf-lib as documented: fontkit registered, the font embedded as a subset in every document. */
import { readFileSync } from 'node:fs';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument } from 'pdf-lib';
import type { PeerModule, PeerPage } from './peer.ts';

export const pdfLibPeer: PeerModule = {
  name: 'pdf-lib 1.17',
  open: (fontPath) => {
    const font = readFileSync(fontPath);
    return Promise.resolve({ draw: (page) => draw(page, font) });
  },
};

async function draw(page: PeerPage, bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const font = await pdf.embedFont(bytes, { subset: true });
  const sheet = pdf.addPage([page.widthPt, page.heightPt]);
  const up = (y: number) => page.heightPt - y;
  for (const { from, to, widthPt } of page.rules) {
    const [start, end] = [from, to].map(([x, y]) => ({ x, y: up(y) })) as [Point, Point];
    sheet.drawLine({ start, end, thickness: widthPt });
  }
  for (const { x, baseline, sizePt, text } of page.texts) {
    sheet.drawText(text, { x, y: up(baseline), size: sizePt, font });
  }
  return pdf.save();
}

interface Point {
  x: number;
  y: number;
}
