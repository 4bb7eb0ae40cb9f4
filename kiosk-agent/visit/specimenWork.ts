/**
 * 見本の印刷: what the municipality asked this kiosk for, printed once by the staff while nobody is served. No resident, no money,
 * no row in the journal: a power cut leaves at most a sheet marked 見本, and the center notes that its fate is unknown.
 */
import type { WaitingTestIssue, TestIssueOutcome } from '#center/contract/testIssue.ts';
import type { FetchedSpecimen } from '../center/centerPort.ts';
import type { PrintOutcome } from '../printer/printerPort.ts';
import { within, type Context } from './context.ts';
import type { Effect } from './state.ts';
import { fill, texts } from './texts.ts';

/** Staff stands beside it: longer than a refilled tray is a fault. */
const PRINT_LIMIT_MS = 120_000;
const FETCH_LIMIT_MS = 60_000;
const UNREACHABLE = { kind: 'unreachable', reason: 'timeout' } as const;

/** What waits here, for the staff screen; nothing when the center does not answer. */
export async function askSpecimens(context: Context): Promise<void> {
  const { center } = context.deps;
  const answer = await center.testIssues().catch(() => UNREACHABLE);
  const specimens: readonly WaitingTestIssue[] = answer.kind === 'test-issues' ? answer.items : [];
  context.tell({ kind: 'facts', facts: { specimens } });
}

export async function staffPrintSpecimen(
  context: Context,
  { operation, id }: Extract<Effect, { kind: 'staffPrintSpecimen' }>,
): Promise<void> {
  const message = await printOne(context, id);
  await askSpecimens(context);
  context.answer({ operation, kind: 'staffActed', message });
}

/** Fetched only when the printer is empty and ready: a specimen is handed out once. */
async function printOne(context: Context, id: string): Promise<string> {
  const { center, printer, log } = context.deps;
  const isEmpty = await printer.clear().catch(() => false);
  const status = await printer.status().catch(() => UNREACHABLE);
  if (!isEmpty || status.kind !== 'ready') return texts.staff.specimenNoPrinter;
  const fetched = await within(context, FETCH_LIMIT_MS, center.fetchTestIssue(id), UNREACHABLE);
  if (fetched.kind === 'unreachable') return texts.staff.specimenNoCenter;
  if (fetched.kind === 'not-there') return texts.staff.specimenGone;
  const outcome = await checkAndPrint(context, id, fetched);
  log('specimen', { effect: outcome.kind });
  await tellCenter(context, id, outcome);
  return wordsOf(outcome);
}

type Outcome = PrintOutcome | { readonly kind: 'unsound' };

async function checkAndPrint(context: Context, id: string, fetched: FetchedSpecimen): Promise<Outcome> {
  const { center, checkSpecimen, clock, newId, printer, log } = context.deps;
  const { payload, signature, document } = fetched;
  const about = { kioskId: center.kioskId, testIssueId: id, now: clock() };
  const checked = checkSpecimen({ payload, signature, document, ...about });
  if (checked.kind === 'unsound') {
    log('specimen-unsound', { error: checked.finding });
    return { kind: 'unsound' };
  }
  const { pages } = checked.manifest;
  const job = { reference: newId(), document, pages, sides: 'two-sided' } as const;
  const unknown: PrintOutcome = { kind: 'unknown', sheets: null, reasons: [] };
  try {
    return await within(
      context,
      PRINT_LIMIT_MS,
      printer.print(job, () => undefined),
      unknown,
    );
  } finally {
    document.fill(0);
    // what did not come out in time must not come out beside a resident's certificate
    await printer.clear().catch(() => false);
  }
}

const OUTCOMES: Readonly<Record<Outcome['kind'], TestIssueOutcome>> = {
  printed: 'printed',
  notPrinted: 'not-printed',
  unsound: 'not-printed',
  unknown: 'unknown',
};

/** Once more when it was not heard; after that the center notes an unknown fate by itself. */
async function tellCenter({ deps }: Context, id: string, { kind }: Outcome): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const answer = await deps.center.endTestIssue(id, OUTCOMES[kind]).catch(() => UNREACHABLE);
    if (answer.kind !== 'unreachable') return;
  }
}

function wordsOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'printed':
      return fill(texts.staff.specimenPrinted, { sheets: String(outcome.sheets) });
    case 'notPrinted':
      return texts.staff.specimenNotPrinted;
    case 'unknown':
      return texts.staff.specimenUnknown;
    case 'unsound':
      return texts.staff.specimenUnsound;
  }
}
