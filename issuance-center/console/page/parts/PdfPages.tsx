/** A PDF as pictures of its pages, with what is written on them for a screen reader, and the file itself to open. */
import { useEffect, useRef, useState } from 'react';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { saveFile } from './csv.ts';

/** Dots a CSS pixel: a page fills half of a screen and is read there. */
const SHARPNESS = 2;

export type PagesShown = 'all' | 'fronts';

interface Props {
  readonly bytes: Uint8Array;
  /** 住民票の写しの見本 */
  readonly name: string;
  /** certificates have their codes on the back of every sheet */
  readonly pages?: PagesShown;
}

type Reading =
  | { readonly at: 'reading' }
  | { readonly at: 'read'; readonly pages: readonly PDFPageProxy[] }
  | { readonly at: 'failed' };

export function PdfPages({ bytes, name, pages = 'all' }: Props) {
  const [reading, setReading] = useState<Reading>({ at: 'reading' });
  useEffect(() => {
    let gone = false;
    let opened: PDFDocumentProxy | undefined;
    const read = async () => {
      opened = await openPdf(bytes);
      const numbers = Array.from({ length: opened.numPages }, (_, index) => index + 1);
      const wanted = numbers.filter((number) => pages === 'all' || number % 2 === 1);
      const found = await Promise.all(wanted.map((number) => opened!.getPage(number)));
      if (!gone) setReading({ at: 'read', pages: found });
    };
    read().catch(() => void (gone || setReading({ at: 'failed' })));
    return () => {
      gone = true;
      void opened?.loadingTask.destroy();
    };
  }, [bytes, pages]);
  const file = () => new Blob([bytes.slice()], { type: 'application/pdf' });
  const open = () => {
    const href = URL.createObjectURL(file());
    window.open(href, '_blank', 'noopener');
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
  return (
    <div className="pdf">
      <div className="actions">
        <button type="button" className="button button-small" onClick={open}>
          別の画面でひらく
        </button>
        <button type="button" className="button button-small" onClick={() => saveFile(`${name}.pdf`, file())}>
          ファイルに保存
        </button>
      </div>
      {reading.at === 'failed' && (
        <p role="alert">この見本を画面に出せません。「別の画面でひらく」で見てください。</p>
      )}
      {reading.at === 'read' &&
        reading.pages.map((page, index) => (
          <PdfPage
            key={page.pageNumber}
            page={page}
            label={`${name}（${index + 1} / ${reading.pages.length}枚目）`}
          />
        ))}
    </div>
  );
}

async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const [pdfjs, { default: workerUrl }] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
  // the worker takes the bytes away: it gets its own
  return pdfjs.getDocument({ data: bytes.slice() }).promise;
}

function PdfPage({ page, label }: { readonly page: PDFPageProxy; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const viewport = page.getViewport({ scale: SHARPNESS });
    const task = page.render({ canvas: target, viewport });
    // cancelled when the page is shown no longer
    task.promise.catch(() => undefined);
    void page.getTextContent().then(({ items }) => {
      setWords(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    });
    return () => task.cancel();
  }, [page]);
  const { width, height } = page.getViewport({ scale: SHARPNESS });
  return (
    <figure className="pdf-page">
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />
      <figcaption>{label}</figcaption>
      <details>
        <summary>書かれている文字</summary>
        <p>{words}</p>
      </details>
    </figure>
  );
}
