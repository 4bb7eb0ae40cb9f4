/**
 * 利用登録申請書（控え）: one side, from memory, once. Nothing depends on it: the application stands whatever becomes of the
 * paper, and its number is on the screen.
 */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import { countPdfPages } from '../center/pdfPages.ts';
import type { PrinterReason, PrintOutcome } from '../printer/printerPort.ts';
import { within, type Context } from './context.ts';
import type { Sheet } from './domicileState.ts';
import type { Work } from './identityWork.ts';
import { forgetApplication } from './resident.ts';

/** The resident waits for it with the number already known. */
const SHEET_LIMIT_MS = 90_000;

export const printSheet: Work<'printSheet'> = async (context, { operation }) => {
  const { resident } = context;
  const { application } = resident;
  const sheet = application?.sheet;
  try {
    const outcome = sheet ? await print(context, sheet) : notPrinted([]);
    context.answer({ operation, kind: 'sheetDone', ...outcome });
  } finally {
    sheet?.document.fill(0);
    // what was signed has served
    if (resident.application === application) forgetApplication(resident);
  }
};

interface Given {
  readonly document: Buffer;
  readonly pages: number;
}
async function print(context: Context, { document, pages }: Given): Promise<Sheet> {
  const { printer, newId } = context.deps;
  if (countPdfPages(document) !== pages) return notPrinted([]);
  const status = await printer.status();
  if (status.kind !== 'ready') return notPrinted(status.kind === 'notReady' ? status.reasons : ['offline']);
  const job = { reference: newId(), document, pages, sides: 'one-sided' } as const;
  const unknown: PrintOutcome = { kind: 'unknown', sheets: null, reasons: [] };
  const printing = printer.print(job, () => undefined).catch(() => unknown);
  const outcome = await within(context, SHEET_LIMIT_MS, printing, unknown);
  switch (outcome.kind) {
    case 'printed':
      return { sheet: 'printed', notice: null };
    case 'notPrinted':
      return notPrinted(outcome.reasons);
    case 'unknown':
      return { sheet: 'unknown', notice: noticeFor(outcome.reasons) };
  }
}

function notPrinted(reasons: readonly PrinterReason[]): Sheet {
  return { sheet: 'not-printed', notice: noticeFor(reasons) };
}

const NOT_READY = noticeOf('PRNT-01');
const JAM = noticeOf('PRNT-02');

function noticeFor(reasons: readonly PrinterReason[]): NoticeCode {
  return reasons.includes('media-jam') ? JAM : NOT_READY;
}
