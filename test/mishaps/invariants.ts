/**
 * What must hold after every mishap, found out from outside: the coin mechanism's books, the printer's memory, the
 * center's rows, the kiosk's journal. Money kept is the fees of certificates that came out whole; no paper twice; every
 * document belongs to the card of its visit; nothing is left open.
 */
import { X509Certificate, createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { booksOf } from '#simulators/payment/paymentServer.ts';
import { readCardFile } from '#simulators/card/cardFile.ts';
import { transactionEvent, type TransactionEvent } from '#agent/transaction/events.ts';
import type { DemoCard } from '#simulators/municipality/cards.ts';
import type { Stand } from './stand.ts';

/** What there was before the visit under test. */
export interface Before {
  readonly charges: number;
  readonly jobs: number;
  readonly rows: number;
  readonly issued: ReadonlySet<string>;
}
export interface JournalEvent {
  readonly id: number;
  readonly transaction: string;
  readonly event: TransactionEvent;
}

/** The journal as another process reads it, oldest first. */
export function journalOf(stand: Stand, kiosk = 'kiosk'): JournalEvent[] {
  const database = new Database(join(stand.stack.dataDir, kiosk, 'journal.sqlite'), { readonly: true });
  try {
    const rows = database
      .prepare<[], { id: number; number: string; body: string }>(
        'SELECT id, transaction_number AS number, body FROM events ORDER BY id',
      )
      .all();
    return rows.map(({ id, number, body }) => ({
      id,
      transaction: number,
      event: transactionEvent.parse(JSON.parse(body)),
    }));
  } finally {
    database.close();
  }
}

export function openNumbers(events: readonly JournalEvent[]): string[] {
  const closed = new Set(
    events.filter(({ event }) => event.type === 'closed').map(({ transaction }) => transaction),
  );
  return [...new Set(events.map(({ transaction }) => transaction))].filter((number) => !closed.has(number));
}

function certificates(stand: Stand) {
  return stand.stack.db
    .selectFrom('certificate')
    .innerJoin('session', 'session.id', 'certificate.session_id')
    .selectAll('certificate')
    .select('session.resident_id')
    .execute();
}

export async function before(stand: Stand): Promise<Before> {
  return {
    charges: stand.coins().mechanism.books.charges.length,
    jobs: stand.stack.printer.printer.jobs.length,
    rows: journalOf(stand).length,
    issued: new Set((await certificates(stand)).map(({ issue_number }) => issue_number)),
  };
}

/** SHA-256 of the card's 利用者証明用電子証明書, as the center names its holder. */
export async function fingerprintOf(stand: Stand, card: DemoCard): Promise<string> {
  const { authentication } = readCardFile(await stand.stack.shelf.fileOf(card.id));
  const der = Buffer.from(authentication.certificate, 'base64');
  return createHash('sha256').update(new X509Certificate(der).raw).digest('hex');
}

/** Everything that does not hold, in words; empty when all is well. */
export async function violations(stand: Stand, was: Before, card: DemoCard): Promise<string[]> {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || found.push(what));
  const { printer } = stand.stack.printer;
  const journal = journalOf(stand);
  const rows = journal.slice(was.rows);
  const jobs = certificateJobs(stand, was.jobs);
  const receipts = printer.jobs.slice(was.jobs).filter((job) => !jobs.includes(job));
  const issued = (await certificates(stand)).filter(({ issue_number }) => !was.issued.has(issue_number));
  const holder = await fingerprintOf(stand, card);

  must(stand.view().at === 'idle', `the kiosk stands at ${stand.view().at}`);
  must(openNumbers(journal).length === 0, `open in the journal: ${openNumbers(journal).join(', ')}`);
  must(!printer.jobs.some(({ state }) => state.startsWith('p')), 'a document waits at the printer');
  must(printer.duplicates === 0, 'a reference was sent to the printer twice');
  found.push(...receiptsWrongly(receipts, rows));
  const hashes = printer.jobs.slice(was.jobs).map(({ sha256 }) => sha256);
  must(new Set(hashes).size === hashes.length, 'the same bytes were sent to the printer twice');

  const destroyed = destroyedHashes(rows, jobs, issued);
  const whole = jobs.filter((job) => job.state === 'completed' && !destroyed.has(job.sha256));
  for (const job of jobs) {
    const row = issued.find(({ document_sha256 }) => document_sha256 === job.sha256);
    must(row !== undefined, `job ${job.id} is no certificate of this visit`);
    must(row?.holder_fingerprint === holder, `job ${job.id} belongs to another card`);
    must(row?.resident_id === card.residentId, `job ${job.id} belongs to another resident`);
  }
  found.push(...settledWrongly(issued, new Set(whole.map(({ sha256 }) => sha256)), rows));

  const books = booksOf(stand.coins().mechanism.books);
  must(books.balanced, 'coins appeared or disappeared');
  must(books.escrow === 0, 'coins lie in the escrow');
  const kept = books.charges
    .slice(was.charges)
    .reduce((sum, charge) => sum + (charge.state === 'paid' ? charge.amount : 0) - charge.refunded, 0);
  const byHand = returnedByHand(rows);
  const fees = issued
    .filter((row) => whole.some(({ sha256 }) => sha256 === row.document_sha256))
    .reduce((sum, row) => sum + row.fee, 0);
  must(kept - byHand === fees, `kept ${kept} yen, ${byHand} by hand, for ${fees} yen of paper`);
  return found;
}

/** Printed on both sides, one sheet a front and its back; a receipt has one side. */
export function certificateJobs(stand: Stand, from = 0) {
  return stand.stack.printer.printer.jobs.slice(from).filter(({ sides }) => sides === 'two-sided');
}

/** A receipt is of one transaction that was paid, written down before it was sent, and sent once. */
function receiptsWrongly(receipts: readonly Job[], rows: readonly JournalEvent[]): string[] {
  return receipts.flatMap(({ id, reference }) => {
    const meant = rows.filter(
      ({ event }) => event.type === 'receipt-intended' && event.reference === reference,
    );
    const own = rows.filter(({ transaction }) => transaction === meant[0]?.transaction);
    const intents = own.filter(({ event }) => event.type === 'receipt-intended').length;
    const paid = own.some(({ event }) => event.type === 'charge-succeeded');
    return meant.length === 1 && intents === 1 && paid ? [] : [`job ${id} is no receipt of this visit`];
  });
}

type Row = Awaited<ReturnType<typeof certificates>>[number];
type Job = Stand['stack']['printer']['printer']['jobs'][number];

/** Documents whose paper the staff destroyed: of a print whose fate nobody knew. */
function destroyedHashes(rows: readonly JournalEvent[], jobs: readonly Job[], issued: readonly Row[]) {
  const acts = rows.flatMap(({ event }) => (event.type === 'attendant-acted' ? [event.act] : []));
  if (!acts.includes('paper-destroyed')) return new Set<string>();
  const printed = new Set(
    rows.flatMap(({ event }) => (event.type === 'print-succeeded' ? [event.item] : [])),
  );
  const issueNumbers = rows.flatMap(({ event }) =>
    event.type === 'certificate-prepared' && !printed.has(event.item) ? [event.issueNumber as string] : [],
  );
  const unsure = issued.filter(({ issue_number }) => issueNumbers.includes(issue_number));
  const hashes = new Set(unsure.map(({ document_sha256 }) => document_sha256));
  return new Set(jobs.filter(({ sha256 }) => hashes.has(sha256)).map(({ sha256 }) => sha256));
}

/** Every certificate is printed (and paid) or void (and paid back), as its paper says. */
function settledWrongly(
  issued: readonly Row[],
  whole: ReadonlySet<string>,
  rows: readonly JournalEvent[],
): string[] {
  return issued.flatMap((row) => {
    const { issue_number: number, state, fee, pages, paid, sheets, refunded } = row;
    const says = `${number} is ${state}, paid ${paid}, sheets ${sheets}, refunded ${refunded}`;
    if (whole.has(row.document_sha256)) {
      return state === 'printed' && paid === fee && sheets === pages / 2 ? [] : [`whole paper, but ${says}`];
    }
    const own = transactionOf(number, rows);
    // made while the kiosk died: it never heard the number, so nobody has the document and the center flags it overdue
    if (own.length === 0) return state === 'printed' ? [`unheard of, but ${says}`] : [];
    const taken = own.some(
      ({ event }) =>
        event.type === 'charge-succeeded' ||
        (event.type === 'attendant-acted' && event.act === 'returned-by-hand'),
    );
    return state === 'void' && refunded === (taken ? fee : 0) ? [] : [`no paper, but ${says}`];
  });
}

/** Rows of the transaction that a certificate belongs to. */
function transactionOf(issueNumber: string, rows: readonly JournalEvent[]): readonly JournalEvent[] {
  const prepared = rows.find(
    ({ event }) => event.type === 'certificate-prepared' && event.issueNumber === issueNumber,
  );
  return rows.filter(({ transaction }) => transaction === prepared?.transaction);
}

function returnedByHand(rows: readonly JournalEvent[]): number {
  return rows.reduce((sum, { event, id }) => {
    if (event.type !== 'attendant-acted' || event.act !== 'returned-by-hand') return sum;
    const refund = rows.findLast((row) => row.id < id && row.event.type === 'refund-intended')?.event;
    return sum + (refund?.type === 'refund-intended' ? refund.amount : 0);
  }, 0);
}
