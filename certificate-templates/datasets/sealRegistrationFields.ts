/** The fields of 印鑑登録証明書 as they are printed (forms.md 5); the sex is not among them. */
import { holderFieldIds, holderFields } from './certificateHolder.ts';
import type { Printable, PrintableDataset, PrintableView } from './printable.ts';
import { imprintImage, millimetres } from './sealImprint.ts';
import { sealRegistration } from './sealRegistration.ts';

const textOrNone = (text: string | undefined): Printable =>
  text === undefined ? { kind: 'not-applicable' } : { kind: 'text', text };

/** The view of a 印鑑登録証明書 (`sealRegistration`). */
function view(value: unknown): PrintableView {
  const { holder, imprint, katakanaName, remarks } = sealRegistration.parse(value);
  const image = imprintImage(imprint);
  return {
    header: {
      ...holderFields(holder),
      imprint: {
        kind: 'image',
        image,
        widthMm: millimetres(image.width, imprint.dpi),
        alt: '登録された印影',
      },
      'former-name': textOrNone(holder.formerName),
      alias: textOrNone(holder.alias),
      'katakana-name': textOrNone(katakanaName),
      address: { kind: 'text', text: holder.address },
      remarks: textOrNone(remarks),
    },
    persons: [],
    flow: [],
  };
}

export const sealRegistrationDataset: PrintableDataset = {
  id: 'seal-registration',
  // names, address and birth date are the resident register's
  registers: ['seal', 'resident'],
  headerFields: ['imprint', ...holderFieldIds, 'former-name', 'alias', 'katakana-name', 'address', 'remarks'],
  personFields: [],
  rows: {},
  labelIds: [],
  view,
};
