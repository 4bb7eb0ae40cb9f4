/** What a user would pick instead, by the name the bench is asked for. */
import { chromiumPeer } from './chromiumPeer.ts';
import type { PeerModule } from './peer.ts';
import { pdfkitPeer, pdfkitSharedPeer } from './pdfkitPeer.ts';
import { pdfLibPeer } from './pdfLibPeer.ts';
import { typstPeer } from './typstPeer.ts';

export const peers: Readonly<Record<string, PeerModule>> = {
  typst: typstPeer,
  'pdfkit-shared-font': pdfkitSharedPeer,
  pdfkit: pdfkitPeer,
  'pdf-lib': pdfLibPeer,
  chromium: chromiumPeer,
};
