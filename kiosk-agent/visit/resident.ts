/** Everything the agent holds about the resident in front of it. In memory only; `forget` zeroes what can be zeroed. */
import type { BasicFourItems, CardText } from '#center/contract/domicileApplication.ts';
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
  /** characters of the 署名用 password in ASCII, until they are used once */
  password: Buffer | null;
  /** of the 券面事項入力補助AP, until it is used once */
  textPin: Buffer | null;
  application: Application | null;
}
/** An application on its way: from the card placed again to the sheet printed. */
export interface Application {
  text: CardText | null;
  items: BasicFourItems | null;
  /** 署名用電子証明書, DER */
  certificate: Buffer | null;
  /** signed once; a mistaken PIN afterwards does not ask the password again */
  signed: { readonly challengeId: string; readonly challenge: Buffer; readonly cms: Buffer } | null;
  possession: Buffer | null;
  sheet: { readonly document: Buffer; readonly pages: number } | null;
}

export function nobody(): Resident {
  return {
    connection: null,
    cardTurn: null,
    certificate: null,
    pin: null,
    sessionId: null,
    order: null,
    password: null,
    textPin: null,
    application: null,
  };
}

/** Takes the PIN out: whoever uses it zeroes it. */
export function takePin(resident: Resident): Buffer | null {
  const { pin } = resident;
  resident.pin = null;
  return pin;
}

/** Takes the 署名用 password out: whoever uses it zeroes it. */
export function takePassword(resident: Resident): Buffer | null {
  const { password } = resident;
  resident.password = null;
  return password;
}
export function takeTextPin(resident: Resident): Buffer | null {
  const { textPin } = resident;
  resident.textPin = null;
  return textPin;
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

export function newApplication(): Application {
  return { text: null, items: null, certificate: null, signed: null, possession: null, sheet: null };
}

/** Password, signatures, challenge and sheet; the resident stays. */
export function forgetApplication(resident: Resident): void {
  const { application } = resident;
  const held = [
    resident.pin,
    resident.password,
    resident.textPin,
    application?.certificate,
    application?.signed?.challenge,
    application?.signed?.cms,
    application?.possession,
    application?.sheet?.document,
  ];
  for (const buffer of held) buffer?.fill(0);
  // whoever works on it still holds it, emptied
  if (application) Object.assign(application, newApplication());
  Object.assign(resident, { pin: null, password: null, textPin: null, application: null });
}

/** Nothing of the resident is left in this process afterwards that this process can reach. */
export function forget(resident: Resident): void {
  forgetApplication(resident);
  resident.certificate?.fill(0);
  if (resident.order && !resident.order.preparing) dropOrderSecrets(resident.order);
  Object.assign(resident, { certificate: null, sessionId: null, order: null });
}
