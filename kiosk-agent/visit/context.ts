/** What the runner's works share. */
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { Clock, MunicipalityCode } from '#templates/vocabulary.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import type { CardReaderPort } from '../card/cardReaderPort.ts';
import type { CenterPort, Unreachable } from '../center/centerPort.ts';
import type { ReceiptRequest, Refusal } from '#center/contract/kioskApi.ts';
import type { PaymentTerminalPort } from '../payment/paymentTerminalPort.ts';
import type { PrinterPort } from '../printer/printerPort.ts';
import type { Book } from '../transaction/book.ts';
import type { Journal } from '../transaction/journal.ts';
import type { Settling } from '../transaction/settling.ts';
import type { Wait } from '../wait.ts';
import type { CardSteps, CheckPrepared, CheckSpecimen, SigningSteps } from './ports.ts';
import type { Resident } from './resident.ts';
import type { VisitSettings } from './settings.ts';
import type { StaffCode } from './staffCode.ts';
import type { Answer, Kiosk, Unstamped } from './state.ts';

/** The log of the agent: an allow-list. No free text, no error message of a library, no field for a person. */
export interface AgentLog {
  (
    event: string,
    fields?: {
      readonly transaction?: string;
      readonly notice?: string;
      readonly at?: string;
      readonly effect?: string;
      readonly error?: string;
      readonly device?: string;
      readonly milliseconds?: number;
      readonly issueNumber?: string;
    },
  ): void;
}
export interface Ports {
  readonly reader: CardReaderPort;
  readonly card: CardSteps;
  readonly signing: SigningSteps;
  readonly printer: PrinterPort;
  readonly payment: PaymentTerminalPort;
  readonly center: CenterPort;
  readonly checkPrepared: CheckPrepared;
  readonly checkSpecimen: CheckSpecimen;
}
export interface RunnerDeps extends Ports {
  readonly journal: Journal;
  /** the journal's file could not be read: what is open is not known, nothing is issued */
  readonly journalUnreadable: boolean;
  readonly book: Book;
  readonly clock: Clock;
  readonly wait: Wait;
  /** UUID, random */
  readonly newId: () => string;
  /** K7Q2-9MXD, random */
  readonly newNumber: () => string;
  readonly log: AgentLog;
  readonly staffCode: StaffCode;
  readonly restart: (what: 'screen' | 'agent' | 'kiosk') => void;
  readonly settings: VisitSettings;
  readonly versions: Kiosk['versions'];
  /** version and digest */
  readonly build: string;
  /** as printed on a receipt */
  readonly store: ReceiptRequest['store'];
}
export interface Context {
  readonly deps: RunnerDeps;
  readonly settling: Settling;
  readonly resident: Resident;
  /** transactions in the runner's hands right now: not yet the staff's business */
  readonly inHand: Set<string>;
  /** the exclusive use of the card ends in its own time; the next connect waits for it */
  readonly cardFree: { until: Promise<void> };
  /** of this process: sent to the printer, so never again */
  readonly usedIssueNumbers: Set<string>;
  readonly staffDigits: { code: string | null };
  readonly answer: (answer: Answer) => void;
  readonly tell: (event: Unstamped) => void;
  /** something is owed to the center */
  readonly owe: () => void;
}

/** A port that never answers counts as not knowing: `otherwise` after `limitMs`. */
export async function within<T>(
  { deps }: Context,
  limitMs: number,
  act: Promise<T>,
  otherwise: T,
): Promise<T> {
  const done = new AbortController();
  const limit = deps.wait(limitMs, done.signal).then(() => otherwise);
  try {
    return await Promise.race([act, limit]);
  } finally {
    done.abort();
  }
}

const CENTER_GONE = noticeOf('CENT-01');
const NOT_ADMITTED = noticeOf('CENT-03');

/** How a resident is told that the center gave no answer or a refusal. */
export function refusedBy(answer: Refusal | Unreachable): {
  readonly notice: NoticeCode;
  readonly until: string | null;
} {
  if (answer.kind === 'refused') return { notice: answer.notice, until: answer.until ?? null };
  return { notice: answer.reason === 'not-admitted' ? NOT_ADMITTED : CENTER_GONE, until: null };
}

/** Persisted: this municipality is not issued here until it is released (SAFE-02). */
export function stopMunicipality(context: Context, code: MunicipalityCode): void {
  const { journal } = context.deps;
  const stopped = [...new Set([...journal.notes().stopped, code])];
  journal.note({ stopped });
  context.tell({ kind: 'facts', facts: { stopped } });
}
