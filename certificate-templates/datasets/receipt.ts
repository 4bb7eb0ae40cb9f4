/**
 * 領収書: what was paid for at one machine in one visit (forms.md 10). It holds no field a name, an address or an issue
 * number could go into: it lies about in stores.
 */
import { z } from 'zod';
import { warekiDate } from '../civilTime.ts';
import { civilDate, yen } from '../vocabulary.ts';
import { moneyText } from './money.ts';
import type { Printable, PrintableDataset, PrintableRow, PrintableView } from './printable.ts';

const words = (most: number) => z.string().min(1).max(most);
const copies = z.number().int().min(1).max(99);

const receiptLine = z
  .strictObject({
    /** 自治体名 with its prefecture */
    municipality: words(40),
    /** 証明書名, the kind's label */
    kind: words(40),
    copies,
    /** 単価, yen */
    unitPrice: yen,
    /** 金額, yen */
    amount: yen,
  })
  .refine(({ copies: count, unitPrice, amount }) => amount === count * unitPrice, {
    path: ['amount'],
    message: '金額が部数×単価と合いません',
  });

export const receipt = z
  .strictObject({
    /** day and minute of payment in Japan */
    paidOn: civilDate,
    paidAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM の時刻ではありません'),
    store: z.strictObject({ name: words(60), number: words(20), machineSerial: words(40) }),
    /** 取扱番号（お問い合わせ番号） */
    inquiryNumber: z
      .string()
      .regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/, '取扱番号の形ではありません'),
    lines: z.array(receiptLine).min(1).max(99),
    /** 合計, yen */
    total: yen,
  })
  .refine(({ lines, total }) => lines.reduce((sum, { amount }) => sum + amount, 0) === total, {
    path: ['total'],
    message: '合計が明細の金額の合計と合いません',
  });
export type Receipt = z.infer<typeof receipt>;

const text = (value: string): Printable => ({ kind: 'text', text: value });

function lineRow({
  municipality,
  kind,
  copies: count,
  unitPrice,
  amount,
}: Receipt['lines'][number]): PrintableRow {
  return {
    row: 'line',
    fields: {
      municipality: text(municipality),
      kind: text(kind),
      copies: text(`${count}部`),
      'unit-price': text(`${moneyText(unitPrice)}円`),
      amount: text(`${moneyText(amount)}円`),
    },
  };
}

/** The view of a 領収書 (`receipt`): a row for each line, the total after the last. */
function view(value: unknown): PrintableView {
  const { paidOn, paidAt, store, inquiryNumber, lines, total } = receipt.parse(value);
  const [hour, minute] = paidAt.split(':').map(Number);
  const rows = lines.map(lineRow);
  const count = lines.reduce((sum, line) => sum + line.copies, 0);
  return {
    header: {
      'paid-at': text(`${warekiDate(paidOn)}　${hour}時${String(minute).padStart(2, '0')}分`),
      'store-name': text(store.name),
      'store-number': text(store.number),
      'machine-serial': text(store.machineSerial),
      'inquiry-number': text(inquiryNumber),
      total: text(`${moneyText(total)}円`),
    },
    persons: [],
    flow: [
      ...rows.slice(0, -1),
      ...rows.slice(-1).map((row) => ({ ...row, keepWithNext: true })),
      { row: 'total', fields: { copies: text(`${count}部`), amount: text(`${moneyText(total)}円`) } },
    ],
  };
}

export const receiptDataset: PrintableDataset = {
  id: 'receipt',
  // made of the transaction, of no register
  registers: [],
  headerFields: ['paid-at', 'store-name', 'store-number', 'machine-serial', 'inquiry-number', 'total'],
  personFields: [],
  rows: {
    line: ['municipality', 'kind', 'copies', 'unit-price', 'amount'],
    total: ['copies', 'amount'],
  },
  labelIds: [],
  view,
};
