/** Everything the agent holds about the resident in front of it. In memory only; `forget` zeroes what can be zeroed. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CardConnection } from '../card/cardReaderPort.ts';
import type { PreparedCertificate } from '../center/centerPort.ts';
import type { OrderLine } from './state.ts';

export interface PreparedLine {
  readonly item: number;
  readonly requestId: string;
  readonly line: OrderLine;
  readonly prepared: PreparedCertificate;
}
/** The order under way: its rows are in the book, its documents are here. */
export interface Order {
  readonly number: string;
  readonly municipality: MunicipalityCode;
  /** whose session and whose certificate (DER, a copy): what every document of this order must fit */
  readonly sessionId: string;
  readonly certificate: Buffer;
  readonly documents: PreparedLine[];
  /** epoch ms; null until the money is surely in */
  paidAt: number | null;
  /** the loop that prepares is at work; it drops the order itself when it is stopped */
  preparing: boolean;
  /** aborted when the resident leaves before the first yen: the loop that prepares stops, the terminal gives back */
  readonly stop: AbortController;
}
export interface Resident {
  connection: CardConnection | null;
  /** the reading under way; another object, or null, when the card is no longer wanted */
  cardTurn: object | null;
  /** DER */
  certificate: Buffer | null;
  pin: Buffer | null;
  sessionId: string | null;
  order: Order | null;
}

export function nobody(): Resident {
  return { connection: null, cardTurn: null, certificate: null, pin: null, sessionId: null, order: null };
}

/** Takes the PIN out: whoever uses it zeroes it. */
export function takePin(resident: Resident): Buffer | null {
  const { pin } = resident;
  resident.pin = null;
  return pin;
}

export function dropDocuments(order: Order): void {
  for (const { prepared } of order.documents) prepared.document.fill(0);
  order.documents.length = 0;
}
/** The documents and the holder's certificate. */
export function dropOrderSecrets(order: Order): void {
  dropDocuments(order);
  order.certificate.fill(0);
}

/** Nothing of the resident is left in this process afterwards that this process can reach. */
export function forget(resident: Resident): void {
  resident.pin?.fill(0);
  resident.certificate?.fill(0);
  if (resident.order && !resident.order.preparing) dropOrderSecrets(resident.order);
  Object.assign(resident, { certificate: null, pin: null, sessionId: null, order: null });
}
