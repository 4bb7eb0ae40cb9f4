/** The pages that peers draw: this renderer's own layout of the bench's residents, as texts and rules. */
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { layOut } from '#center/documents/layout.ts';
import { compileSheet } from '#center/documents/layoutSheet.ts';
import type { RenderRequest } from '#center/documents/renderer.ts';
import { warekiDate } from '#templates/civilTime.ts';
import { datasets } from '#templates/datasets/catalogue.ts';
import type { CertificateLayout } from '#templates/layoutSchema.ts';
import { residentRecordRequest } from '../documents/residents.ts';
import type { PeerPage } from './peer.ts';

/** One page for each of `count` different residents, without the seal's picture. */
export function residentPages(count: number): readonly PeerPage[] {
  const font = openCertificateFont(loadFonts());
  return Array.from({ length: count }, (_, seed) => pageOf(residentRecordRequest(seed), font.measure));
}

function pageOf(request: RenderRequest, measure: (text: string) => number): PeerPage {
  const layout = JSON.parse(request.layout.json) as CertificateLayout;
  const { labels, marks, omitted, printedTitle, statement, certifier, seal } = request;
  const sheet = compileSheet(layout, { labels, notApplicable: marks.notApplicable }, measure);
  const view = datasets[request.dataset.id].view(request.dataset.value, request);
  const laidOut = layOut(
    sheet,
    view,
    {
      marks,
      omitted,
      title: printedTitle,
      issueNumber: `${request.issueNumberLabel}　${request.issueNumber}`,
      statement,
      issueDate: warekiDate(request.issueDate),
      certifier: certifier && `${certifier.title}　　${certifier.name}`,
      seal: seal && { image: seal.image, widthMm: seal.widthMm, alt: seal.description },
    },
    measure,
  );
  if (laidOut.kind !== 'laid-out') throw new Error(`a bench resident does not fit: ${laidOut.field}`);
  const [page] = laidOut.pages;
  const { widthPt, heightPt } = layout.paper;
  return {
    widthPt,
    heightPt,
    texts: [...page!.blocks.flatMap(({ texts }) => texts), ...page!.texts],
    rules: [...page!.blocks.flatMap(({ rules }) => rules), ...page!.rules],
  };
}
