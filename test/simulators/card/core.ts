/**
 * The card itself: bytes in, bytes out. No socket, no file; what must outlive a power-off is handed to `persist`, which
 * returns only when it is stored, and is called before the answer exists (card.md 6.1).
 */
import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import type { CardData, SecretReference } from './cardFile.ts';
import { parseCommandApdu, type CommandApdu } from './commandApdu.ts';
import { secretRules, type Access, type Application, type ElementaryFile } from './fileSystem.ts';
import { jpkiApplication } from './jpkiApplication.ts';
import { birthDateInEra, matchingNumberB } from './matchingNumber.ts';
import { commonApplication, issuerSecurityDomain, residentApplication } from './otherApplications.ts';
import { computeSignature } from './signing.ts';
import { CardRefusal, demand, SW } from './statusWord.ts';
import { textApplication } from './textApplication.ts';
import { visualApplication } from './visualApplication.ts';

export interface VirtualCard {
  /** one command APDU, one response (data and status word) */
  apdu(command: Uint8Array): Buffer;
  /** power off, power on or reset: nothing selected, nothing verified, counters kept */
  reset(): void;
  readonly atr: Buffer;
}

interface Session {
  application: Application | undefined;
  file: ElementaryFile | undefined;
  readonly verified: Set<SecretReference>;
}

type Handler = (command: CommandApdu) => Buffer;
const NO_DATA = Buffer.alloc(0);

/** A card made of `data`; `persist` stores the card whenever a counter or a PIN has changed. */
export function createCard(data: CardData, persist: (card: CardData) => void): VirtualCard {
  let card = data;
  const applications = applicationsOf(data);
  const session: Session = { application: undefined, file: undefined, verified: new Set() };

  const counter = (reference: SecretReference): number =>
    card.counters[reference] ?? secretRules[reference].tries;
  const setCounter = (reference: SecretReference, tries: number): void => {
    if (counter(reference) === tries) return;
    const changed = { ...card, counters: { ...card.counters, [reference]: tries } };
    persist(changed);
    card = changed;
  };

  const fileById = (id: number): ElementaryFile | undefined => session.application?.files.get(id);
  const allowed = (access: Access): boolean => {
    if (access === 'free' || access === 'never') return access === 'free';
    return access.some((reference) => session.verified.has(reference));
  };

  /** P2 of VERIFY, CHANGE, 80 2A and 00 88: 80 is the current file, 80 | sfi names one and makes it current. */
  const referenced = (p2: number): ElementaryFile | undefined => {
    if (p2 & 0x60) throw new CardRefusal(SW.wrongParameters);
    const shortId = p2 & 0x1f;
    if (shortId !== 0) session.file = demandFound(fileById(shortId), SW.referenceNotFound);
    return session.file;
  };

  const select: Handler = ({ p1, data: name = NO_DATA }) => {
    if (name.equals(Buffer.of(0x3f, 0))) throw new CardRefusal(SW.fileNotFound);
    if (p1 === 0x04) return selectApplication(name);
    if (p1 === 0x02) {
      demand(name.length === 2, SW.wrongLength);
      session.file = demandFound(fileById(name.readUInt16BE()), SW.fileNotFound);
      return NO_DATA;
    }
    demand(p1 === 0x00, SW.wrongParameters);
    demand(name.length === 0, SW.fileNotFound);
    // SELECT MF: refused after reset, without effect while an application is selected (card.md 2.7)
    demand(session.application, SW.wrongParameters);
    return NO_DATA;
  };
  const selectApplication = (name: Buffer): Buffer => {
    demand(name.length > 0, SW.fileNotFound);
    const found = applications.find(({ aid }) => aid.subarray(0, name.length).equals(name));
    session.application = demandFound(found, SW.fileNotFound);
    session.file = undefined;
    session.verified.clear();
    return NO_DATA;
  };

  const readBinary: Handler = ({ p1, p2, le }) => {
    let offset = p1 * 256 + p2;
    if (p1 & 0x80) {
      demand((p1 & 0x60) === 0, SW.wrongParameters);
      session.file = demandFound(fileById(p1 & 0x1f), SW.fileNotFound);
      offset = p2;
    }
    const file = demandFound(session.file, SW.noCurrentFile);
    demand(file.kind === 'transparent', SW.wrongFileType);
    demand(le !== undefined, SW.wrongLength);
    demand(allowed(file.access), SW.securityStatus);
    demand(offset < file.bytes.length, SW.outsideFile);
    return file.bytes.subarray(offset, offset + le);
  };

  const readRecord: Handler = ({ p1, p2, le }) => {
    demand((p2 & 0x07) === 0x04, SW.wrongParameters);
    if (p2 >> 3) session.file = demandFound(fileById(p2 >> 3), SW.fileNotFound);
    const file = demandFound(session.file, SW.noCurrentFile);
    demand(file.kind === 'record', SW.wrongFileType);
    demand(le !== undefined, SW.wrongLength);
    demand(allowed(file.access), SW.securityStatus);
    return demandFound(file.records[p1 - 1], SW.recordNotFound).subarray(0, le);
  };

  const verify: Handler = ({ p1, p2, data: value, le }) => {
    demand(p1 === 0 && p2 & 0x80, SW.wrongParameters);
    const file = referenced(p2);
    demand(file?.kind === 'secret', SW.referenceNotFound);
    const { reference } = file;
    if (!value) {
      demand(le === undefined, SW.wrongLength);
      throw new CardRefusal(SW.triesLeft(counter(reference)));
    }
    demand(value.length <= 16, SW.wrongLength);
    const tries = counter(reference);
    demand(tries > 0, SW.blocked);
    if (value.equals(Buffer.from(secretValue(card, reference)))) {
      setCounter(reference, secretRules[reference].tries);
      session.verified.add(reference);
      return NO_DATA;
    }
    session.verified.delete(reference);
    setCounter(reference, tries - 1);
    throw new CardRefusal(SW.triesLeft(tries - 1));
  };

  const changeSecret: Handler = ({ p1, p2, data: value }) => {
    demand(p1 === 1 && p2 & 0x80, SW.wrongParameters);
    const file = referenced(p2);
    demand(file?.kind === 'secret', SW.referenceNotFound);
    demand(session.verified.has(file.reference), SW.securityStatus);
    demand(value && value.length <= 16, SW.wrongLength);
    const text = value.toString('latin1');
    demand(secretRules[file.reference].format.test(text), SW.conditionsOfUse);
    const changed = withSecret(card, file.reference, text);
    persist(changed);
    card = changed;
    return NO_DATA;
  };

  const sign: Handler = ({ p1, p2, data: input = NO_DATA, le }) => {
    demand(p1 <= 5, SW.wrongParameters);
    const file = referenced(p2);
    demand(file?.kind === 'signing-key', SW.referenceNotFound);
    demand(allowed(file.access), SW.securityStatus);
    return answered(p1, input, file.key, le);
  };

  const internalAuthenticate: Handler = ({ p1, p2, data: challenge = NO_DATA, le }) => {
    demand(p1 === 0, SW.wrongParameters);
    const file = demandFound(referenced(p2), SW.referenceNotFound);
    demand(file.kind !== 'signing-key', SW.conditionsOfUse);
    demand(file.kind === 'authentication-key', SW.referenceNotFound);
    return answered(0, challenge, file.key, le);
  };

  const getChallenge: Handler = ({ p1, p2, data: body, le, extended }) => {
    demand(p1 === 0 && p2 === 0, SW.wrongParameters);
    demand(!extended, SW.conditionsOfUse);
    demand(!body && le !== undefined, SW.wrongLength);
    return randomBytes(le);
  };

  const handlers: Readonly<Record<number, Handler>> = {
    0x00a4: select,
    0x00b0: readBinary,
    0x00b2: readRecord,
    0x0020: verify,
    0x0024: changeSecret,
    0x0084: getChallenge,
    0x0088: internalAuthenticate,
    0x802a: sign,
  };

  return {
    atr: Buffer.from(data.atr, 'hex'),
    reset: () => {
      session.application = undefined;
      session.file = undefined;
      session.verified.clear();
    },
    apdu: (bytes) => {
      try {
        const command = parseCommandApdu(Buffer.from(bytes));
        demandClass(command);
        const handler = handlers[command.cla * 256 + command.ins];
        if (!handler) throw new CardRefusal(SW.instructionUnknown);
        return response(SW.ok, handler(command));
      } catch (error) {
        if (error instanceof CardRefusal) return response(error.statusWord);
        throw error;
      }
    },
  };
}

function applicationsOf(card: CardData): readonly Application[] {
  switch (card.kind) {
    case 'foreign':
      return [];
    case 'android':
    case 'iphone':
      return [jpkiApplication(card)];
    case 'juki':
      return [jpkiApplication(card), residentApplication(), issuerSecurityDomain()];
    case 'my-number':
      return [
        jpkiApplication(card),
        visualApplication(card),
        textApplication(card),
        residentApplication(),
        commonApplication(card),
        issuerSecurityDomain(),
      ];
  }
}

/** Logical channels and secure messaging are refused by class (card.md 2.2). */
function demandClass({ cla, ins }: CommandApdu): void {
  if (cla === 0x00 || cla === 0x80) return;
  demand(cla < 0x10 && (cla & 0x03) === 0, cla < 0x10 ? SW.channelNotSupported : SW.classUnknown);
  const secure = cla === 0x08 || cla === 0x0c;
  demand(secure, SW.classUnknown);
  throw new CardRefusal(ins === 0xa4 ? SW.secureMessagingNotSupported : SW.secureMessagingRefused);
}

function answered(p1: number, input: Buffer, key: KeyObject, le: number | undefined): Buffer {
  const signature = computeSignature(p1, input, key);
  demand(le !== undefined && le >= signature.length, SW.wrongLength);
  return signature;
}

function secretValue(card: CardData, reference: SecretReference): string {
  switch (reference) {
    case 'jpki-0018':
      return card.pins.authentication;
    case 'jpki-001b':
      return card.pins.signature;
    case 'text-0011':
      return card.pins.text;
    case 'resident-001c':
      return card.pins.resident;
    case 'common-001c':
      return card.pins.common;
    case 'text-0014':
    case 'visual-0013':
      return card.individualNumber;
    case 'text-0015':
    case 'visual-0012':
      return matchingNumberB(card);
    case 'visual-0011':
      return birthDateInEra(card.holder.birthDate);
    case 'text-0012':
      return '';
  }
}

const CHANGEABLE = {
  'jpki-0018': 'authentication',
  'jpki-001b': 'signature',
  'text-0011': 'text',
  'resident-001c': 'resident',
  'common-001c': 'common',
} as const;

function withSecret(card: CardData, reference: SecretReference, value: string): CardData {
  demand(reference in CHANGEABLE, SW.conditionsOfUse);
  const name = CHANGEABLE[reference as keyof typeof CHANGEABLE];
  return { ...card, pins: { ...card.pins, [name]: value } };
}

function demandFound<T>(value: T | undefined, statusWord: number): T {
  if (value === undefined) throw new CardRefusal(statusWord);
  return value;
}

function response(statusWord: number, data: Buffer = NO_DATA): Buffer {
  return Buffer.concat([data, Buffer.of(statusWord >> 8, statusWord & 0xff)]);
}
