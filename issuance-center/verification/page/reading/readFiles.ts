/** Photos and PDFs as pages: the codes on each, the words where the file has them, and a picture to compare with. */
import type { FilePage } from '../frontsAgree.ts';
import { codesIn } from './codeReader.ts';
import { picturesIn } from './picturesIn.ts';
import { isScanned } from './scannedPage.ts';

export interface ReadPage extends FilePage {
  /** object URL of a picture of the page */
  readonly picture: string;
}

/** A 12-megapixel photo is read whole; anything larger is made smaller. */
const LARGEST_SIDE = 4096;
/** What a scanner gives; a code's module is then four pixels. */
const PDF_DPI = 200;
/** A certificate with its backs is at most some dozens of pages. */
const MOST_PAGES = 60;

/** The pages of one file. Rejects when it is neither a picture nor a PDF that can be opened. */
export async function readFile(file: File): Promise<readonly ReadPage[]> {
  return file.type === 'application/pdf' || file.name.toLowerCase().endsWith('.pdf')
    ? readPdf(await file.arrayBuffer())
    : [await readPhoto(file)];
}

async function readPhoto(file: Blob): Promise<ReadPage> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const { canvas, context } = newCanvas(bitmap.width * scale, bitmap.height * scale);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return pageOf(canvas, context, '');
}

async function readPdf(data: ArrayBuffer): Promise<readonly ReadPage[]> {
  // a megabyte that nobody needs who brings a photo
  const [pdfjs, { default: workerUrl }] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
  // without canvases of its own the worker hands pictures on as they are in the file
  const options = { useWasm: false, enableXfa: false, isOffscreenCanvasSupported: false };
  const loading = pdfjs.getDocument({ data, ...options });
  const pdf = await loading.promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES); number += 1) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: PDF_DPI / 72 });
    const { canvas, context } = newCanvas(viewport.width, viewport.height);
    await page.render({ canvas, viewport }).promise;
    // as written: a normalised name is another name
    const { items } = await page.getTextContent({ disableNormalization: true });
    const text = items.map((item) => ('str' in item ? item.str : '')).join('');
    const drawn = await page.getOperatorList();
    const words = isScanned(drawn, pdfjs.OPS) ? '' : text;
    const pictures = await picturesIn(page, drawn, pdfjs.OPS.paintImageMaskXObject);
    pages.push({ ...(await pageOf(canvas, context, words)), pictures });
  }
  await loading.destroy();
  return pages;
}

async function pageOf(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  text: string,
): Promise<ReadPage> {
  const codes = await codesIn(context.getImageData(0, 0, canvas.width, canvas.height));
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
  return { codes, text, picture: blob ? URL.createObjectURL(blob) : '' };
}

function newCanvas(width: number, height: number) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, context };
}
