/**
 * The worker's side of the pool: opens the font over the shared bytes, then answers one request after the other. It
 * keeps nothing of a request; a fault ends the worker (the pool replaces it).
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openCertificateFont } from './font.ts';
import type { FontFiles } from './fontFile.ts';
import { createRenderer, type RenderOutcome, type RenderRequest } from './renderer.ts';
import type { DocumentSealer } from './seal/documentSealer.ts';

export interface WorkerStart {
  readonly font: FontFiles;
  readonly seal?: DocumentSealer;
}
export type WorkerMessage =
  { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly outcome: RenderOutcome };

const port = parentPort;
if (!port) throw new Error('renderWorker.ts runs as a worker only');

const { font, seal } = workerData as WorkerStart;
const render = createRenderer(openCertificateFont(font), { seal });
const tell = (message: WorkerMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

port.on('message', (request: RenderRequest) => {
  const outcome = render(request);
  if (outcome.kind === 'refused') return tell({ kind: 'answer', outcome });
  // a copy of exactly these bytes that can be moved, not shared, to the asking thread
  const bytes = Uint8Array.from(outcome.bytes);
  tell({ kind: 'answer', outcome: { ...outcome, bytes } }, [bytes.buffer]);
});
tell({ kind: 'ready' });
