import { describe, expect, it } from 'vitest';
import { plainPdf as pdf } from './fixtures/plainPdf.ts';
import { countPdfPages } from './pdfPages.ts';

function edit(document: Buffer, change: (text: string) => string): Buffer {
  return Buffer.from(change(document.toString('latin1')), 'latin1');
}

describe('counting the pages of a document', () => {
  it.each([1, 2, 3, 12])('counts %i', async (pages) => {
    expect(countPdfPages(await pdf(pages))).toBe(pages);
  });

  it('is not misled by page dictionaries inside strings', async () => {
    const document = await pdf(2, '1 0 obj << /Type /Page >> (nested) endobj');
    expect(countPdfPages(document)).toBe(2);
  });

  it('reads a view on a larger buffer', async () => {
    const document = await pdf(2);
    const larger = new Uint8Array(document.length + 20);
    larger.set(document, 10);
    expect(countPdfPages(larger.subarray(10, 10 + document.length))).toBe(2);
  });

  it.each([
    ['a tree whose count disagrees', (text: string) => text.replace('/Count 3', '/Count 2')],
    [
      'a page left out of the tree',
      (text: string) => text.replace(/\/Kids \[(\d+ 0 R) /, '/Kids [').replace('/Count 3', '/Count 2'),
    ],
    ['a page named twice', (text: string) => text.replace(/\/Kids \[(\d+ 0 R) \d+ 0 R/, '/Kids [$1 $1')],
    ['a second revision', (text: string) => `${text}\n1 0 obj\n<< /Type /Page >>\nendobj\n%%EOF\n`],
    ['a cut file', (text: string) => text.slice(0, -200)],
    ['something else', () => 'not a document'],
    ['nothing', () => ''],
  ])('refuses %s', async (_case, change) => {
    const document = await pdf(3);
    const changed = edit(document, change);
    expect(changed.equals(document)).toBe(false);
    expect(countPdfPages(changed)).toBeNull();
  });
});
