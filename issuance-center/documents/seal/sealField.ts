/** The invisible signature field of a sealed document (ISO 32000-1, 12.7.4.5), and the place the signature goes. */
import type { CivilDate } from '#templates/vocabulary.ts';
import { reference, type PdfFile } from '../pdfFile.ts';
import type { PdfObject } from '../pdfFont.ts';
import { signatureDictionary } from './pdfSeal.ts';
import type { CmsSigner } from './signedData.ts';

/** Print and locked (12.5.3): PDF/A wants every annotation to be printed, and this one has no extent. */
const FLAGS = 4 | 128;
/** Signatures exist, and the file may only be appended to (12.7.2). */
const SIGNATURE_FLAGS = 3;

/** Adds the field to the first page; returns the signature dictionary, to be filled when the file is whole. */
export function addSealField(
  file: PdfFile,
  page: PdfObject,
  signer: CmsSigner,
  issueDate: CivilDate,
): PdfObject {
  const signature = file.text(signatureDictionary(signer, issueDate));
  const appearance = file.make({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, 0, 0],
    Filter: 'FlateDecode',
  });
  appearance.write(EMPTY_STREAM);
  appearance.end();
  const field = file.text(
    `<</Type/Annot/Subtype/Widget/FT/Sig/T(DocumentSeal)/F ${FLAGS}/Rect[0 0 0 0]/P ${reference(page)}/AP<</N ${reference(appearance)}>>/V ${reference(signature)}>>`,
  );
  page.data.Annots = [field];
  const form = file.make({ Fields: [field], SigFlags: SIGNATURE_FLAGS });
  form.end();
  file.catalog.AcroForm = form;
  return signature;
}

/** zlib data of nothing. */
const EMPTY_STREAM = Uint8Array.of(0x78, 0x01, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01);
