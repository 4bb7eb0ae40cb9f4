/**
 * The card itself: bytes in, bytes out. No socket, no file; what must outlive a power-off is handed to `persist`, which
 * returns only when it is stored, and is called before the answer exists (card.md 6.1).
 */
import type { CardData } from './cardFile.ts';
import { CardSession } from './cardSession.ts';
import { parseCommandApdu, type CommandApdu } from './commandApdu.ts';
import { readBinary, readRecord, select } from './fileCommands.ts';
import type { Application } from './fileSystem.ts';
import { jpkiApplication } from './jpkiApplication.ts';
import { getChallenge, internalAuthenticate, sign } from './keyCommands.ts';
import { commonApplication, issuerSecurityDomain, residentApplication } from './otherApplications.ts';
import { changeSecret, verify } from './secretCommands.ts';
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

type Handler = (session: CardSession, command: CommandApdu) => Buffer;

/** By class and instruction. */
const HANDLERS: Readonly<Record<number, Handler>> = {
  0x00a4: select,
  0x00b0: readBinary,
  0x00b2: readRecord,
  0x0020: verify,
  0x0024: changeSecret,
  0x0084: getChallenge,
  0x0088: internalAuthenticate,
  0x802a: sign,
};

/**
 * A card made of `data`; `persist` stores the card whenever a counter or a PIN has changed. Where it throws, nothing has
 * changed and the command is answered with 6581.
 */
export function createCard(data: CardData, persist: (card: CardData) => void): VirtualCard {
  const session = new CardSession(data, applicationsOf(data), persist);
  return {
    atr: Buffer.from(data.atr, 'hex'),
    reset: () => session.select(undefined),
    apdu: (bytes) => {
      try {
        const command = parseCommandApdu(Buffer.from(bytes));
        demandClass(command);
        const handler = HANDLERS[command.cla * 256 + command.ins];
        demand(handler, SW.instructionUnknown);
        return response(SW.ok, handler(session, command));
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
  demand(cla < 0x10, SW.classUnknown);
  demand((cla & 0x03) === 0, SW.channelNotSupported);
  demand(cla === 0x08 || cla === 0x0c, SW.classUnknown);
  throw new CardRefusal(ins === 0xa4 ? SW.secureMessagingNotSupported : SW.secureMessagingRefused);
}

function response(statusWord: number, data: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([data, Buffer.of(statusWord >> 8, statusWord & 0xff)]);
}
