/**
 * A PDF file being written by pdfkit: it numbers objects, spells them, keeps the cross-reference table, information
 * dictionary and trailer. Two of its habits are replaced, for time: what it writes is collected here instead of going
 * through a stream (a third of the time of a file of two hundred small objects), and pages, metadata and catalog entries
 * are ours. Pinned to pdfkit 0.20.2, whose internals these are.
 */
import PDFDocument from 'pdfkit';
import type { MakeObject, PdfObject } from './pdfFont.ts';

export interface FileOptions {
  readonly version: '1.4' | '1.7';
  readonly info: { readonly title: string; readonly subject: string; readonly date: Date };
}

export interface PdfFile {
  readonly make: MakeObject;
  /** An object whose text is written later, or at once. */
  readonly reserve: () => PdfObject;
  readonly write: (object: PdfObject, text: string) => void;
  readonly text: (text: string) => PdfObject;
  /** entries of the catalog */
  readonly catalog: Record<string, unknown>;
  /** Adds a page; returns its object, which the caller fills and ends. */
  readonly addPage: () => PdfObject;
  /** Ends the file. Every object must have been ended. */
  readonly end: () => Buffer;
  /** where an ended object begins */
  readonly offsetOf: (object: PdfObject) => number;
}

export const PRODUCER = 'certificate-kiosk';

interface PdfkitObject extends PdfObject {
  readonly offset: number;
}
interface Pdfkit {
  ref(data: unknown): PdfkitObject;
  read(): Buffer;
  end(): void;
  endMarkings: () => void;
  endMetadata: () => void;
  endAcroForm: () => void;
  _write: (data: string | Uint8Array) => void;
  _offset: number;
  readonly _root: { data: Record<string, unknown> };
}

function openPdfkit({ version, info }: FileOptions): Pdfkit {
  const pdf = new PDFDocument({
    font: null as unknown as string, // else pdfkit loads Helvetica
    autoFirstPage: false,
    pdfVersion: version,
    lang: 'ja',
    displayTitle: true,
    info: {
      Title: info.title,
      Subject: info.subject,
      Creator: PRODUCER,
      Producer: PRODUCER,
      CreationDate: info.date,
    },
  });
  return pdf as unknown as Pdfkit;
}

export function openPdfFile(options: FileOptions): PdfFile {
  const pdf = openPdfkit(options);
  // ours are entered into the catalog before it is written
  pdf.endMarkings = () => undefined;
  pdf.endMetadata = () => undefined;
  pdf.endAcroForm = () => undefined;
  const collected = collectWrites(pdf);
  const catalog = pdf._root.data;
  const pages = (catalog.Pages as PdfObject).data as { Kids: PdfObject[]; Count: number };
  const write = (object: PdfObject, text: string): void => {
    object.data = literal(text) as unknown as Record<string, unknown>;
    object.end();
  };
  return {
    make: (data) => pdf.ref(data),
    reserve: () => pdf.ref({}),
    write,
    text: (text) => {
      const object = pdf.ref({});
      write(object, text);
      return object;
    },
    catalog,
    addPage: () => {
      const page = pdf.ref({ Type: 'Page', Parent: catalog.Pages });
      pages.Kids.push(page);
      pages.Count += 1;
      return page;
    },
    end: () => {
      pdf.end();
      return collected();
    },
    offsetOf: (object) => (object as PdfkitObject).offset,
  };
}

/** pdfkit spells what is no dictionary, array or string by its `toString`. */
const literal = (text: string) => ({ [Symbol.toStringTag]: 'PdfText', toString: () => text });

function collectWrites(pdf: Pdfkit): () => Buffer {
  const parts: (string | Uint8Array)[] = [pdf.read()]; // the header, written by the constructor
  pdf._write = (data) => {
    const part = typeof data === 'string' ? `${data}\n` : data;
    parts.push(part);
    pdf._offset += part.length;
  };
  return () => {
    const file = Buffer.allocUnsafeSlow(pdf._offset);
    let at = 0;
    for (const part of parts) {
      if (typeof part === 'string') file.write(part, at, 'latin1');
      else file.set(part, at);
      at += part.length;
    }
    return file;
  };
}

/** `12 0 R`, as objects name each other. */
export const reference = (object: PdfObject): string => String(object);

const ASCII = /^[\x20-\x7e]*$/;

/** A text string in hexadecimal, UTF-16 when it is more than ASCII (ISO 32000-1, 7.9.2.2): needs no escapes. */
export function hexText(text: string): string {
  if (ASCII.test(text)) return `<${Buffer.from(text, 'latin1').toString('hex')}>`;
  let hex = '<feff';
  for (let index = 0; index < text.length; index += 1) {
    hex += text.charCodeAt(index).toString(16).padStart(4, '0');
  }
  return `${hex}>`;
}
