/** pdfkit as it comes: the font file opened for every document, as its guide shows. */
import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import type { Peer, PeerModule, PeerPage } from './peer.ts';

type PdfkitFont = Parameters<InstanceType<typeof PDFDocument>['registerFont']>[1];

export const pdfkitPeer: PeerModule = {
  name: 'pdfkit 0.20, font opened per document',
  open: (fontPath) => Promise.resolve(pdfkitWith(() => readFileSync(fontPath))),
};

/** One parsed font for all documents: faster, and it leaks spellings between residents (rendering.md 2): never used. */
export const pdfkitSharedPeer: PeerModule = {
  name: 'pdfkit 0.20, one parsed font shared (leaks between documents)',
  open: async (fontPath) => {
    const { create } = await import('fontkit');
    const font = create(readFileSync(fontPath)) as PdfkitFont;
    return pdfkitWith(() => font);
  },
};

function pdfkitWith(font: () => PdfkitFont): Peer {
  return { draw: (page) => draw(page, font()) };
}

function draw(page: PeerPage, font: PdfkitFont): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    font: null as unknown as string,
    size: [page.widthPt, page.heightPt],
    margin: 0,
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
  });
  pdf.registerFont('mincho', font).font('mincho');
  for (const { from, to, widthPt } of page.rules) {
    pdf
      .lineWidth(widthPt)
      .moveTo(...from)
      .lineTo(...to)
      .stroke();
  }
  for (const { x, baseline, sizePt, text } of page.texts) {
    pdf.fontSize(sizePt).text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }
  pdf.end();
  return whole;
}
