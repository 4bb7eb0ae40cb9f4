/** Typst's compiler for Node: the page as a Typst document with placed texts and lines. */
import { dirname } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { PeerModule, PeerPage } from './peer.ts';

/** Typst keeps results of compilations; older than so many compilations they go, as its guide advises for servers. */
const KEPT_COMPILATIONS = 10;

export const typstPeer: PeerModule = {
  name: 'Typst 0.14 (typst-ts-node-compiler 0.7)',
  open: (fontPath) => {
    const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [dirname(fontPath)] }] });
    return Promise.resolve({
      draw: (page) => {
        const pdf = compiler.pdf({ mainFileContent: sourceOf(page), resetRead: false });
        compiler.evictCache(KEPT_COMPILATIONS);
        return pdf;
      },
    });
  },
};

const SPECIAL = /["\\]/g;

function sourceOf(page: PeerPage): string {
  const rules = page.rules.map(({ from: [x1, y1], to: [x2, y2], widthPt }) => {
    const end = `(${x2 - x1}pt, ${y2 - y1}pt)`;
    return `#place(top + left, dx: ${x1}pt, dy: ${y1}pt, line(start: (0pt, 0pt), end: ${end}, stroke: ${widthPt}pt))`;
  });
  const texts = page.texts.map(({ x, baseline, sizePt, text }) => {
    const words = text.replaceAll(SPECIAL, (sign) => `\\${sign}`);
    return `#place(top + left, dx: ${x}pt, dy: ${baseline}pt, text(size: ${sizePt}pt, top-edge: "baseline", "${words}"))`;
  });
  return [
    `#set page(width: ${page.widthPt}pt, height: ${page.heightPt}pt, margin: 0pt)`,
    '#set text(font: "IPAmjMincho", lang: "ja", cjk-latin-spacing: none)',
    ...rules,
    ...texts,
  ].join('\n');
}
