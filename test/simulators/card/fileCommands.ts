/** SELECT, READ BINARY, READ RECORD (card.md 2.4, 6.1). Each returns the answer's data or throws CardRefusal. */
import type { CardSession } from './cardSession.ts';
import type { CommandApdu } from './commandApdu.ts';
import { demand, SW } from './statusWord.ts';

const NO_DATA = Buffer.alloc(0);
const MASTER_FILE = Buffer.of(0x3f, 0x00);

/** P1 = 04: by DF name or a prefix of it; 02: a file of the selected application; 00: the oddities of SELECT MF. P2 is not looked at. */
export function select(session: CardSession, { p1, data = NO_DATA }: CommandApdu): Buffer {
  demand(!data.equals(MASTER_FILE), SW.fileNotFound);
  if (p1 === 0x04) return selectApplication(session, data);
  if (p1 === 0x02) {
    demand(data.length === 2, SW.wrongLength);
    session.selectFile(data.readUInt16BE());
    return NO_DATA;
  }
  demand(p1 === 0x00, SW.wrongParameters);
  demand(data.length === 0, SW.fileNotFound);
  // refused after reset, without effect while an application is selected (card.md 2.7)
  demand(session.application, SW.wrongParameters);
  return NO_DATA;
}

/** A failed selection changes nothing. */
function selectApplication(session: CardSession, name: Buffer): Buffer {
  demand(name.length > 0, SW.fileNotFound);
  const found = session.applications.find(({ aid }) => aid.subarray(0, name.length).equals(name));
  demand(found, SW.fileNotFound);
  session.select(found);
  return NO_DATA;
}

/** Bit 8 of P1: short EF identifier and an offset of 8 bits; otherwise an offset of 15 bits into the current file. */
export function readBinary(session: CardSession, { p1, p2, le }: CommandApdu): Buffer {
  const short = (p1 & 0x80) !== 0;
  demand(!short || (p1 & 0x60) === 0, SW.wrongParameters);
  const file = short ? session.selectFile(p1 & 0x1f) : session.currentFile();
  const offset = short ? p2 : p1 * 256 + p2;
  demand(file.kind === 'transparent', SW.wrongFileType);
  demand(le !== undefined, SW.wrongLength);
  demand(session.allows(file.access), SW.securityStatus);
  demand(offset < file.bytes.length, SW.outsideFile);
  return file.bytes.subarray(offset, offset + le);
}

/** P1 is the record's number; P2 = 04 reads the current file, sfi << 3 | 04 another. */
export function readRecord(session: CardSession, { p1, p2, le }: CommandApdu): Buffer {
  demand((p2 & 0x07) === 0x04, SW.wrongParameters);
  const shortId = p2 >> 3;
  const file = shortId === 0 ? session.currentFile() : session.selectFile(shortId);
  demand(file.kind === 'record', SW.wrongFileType);
  demand(le !== undefined, SW.wrongLength);
  demand(session.allows(file.access), SW.securityStatus);
  const record = file.records[p1 - 1];
  demand(record, SW.recordNotFound);
  return record.subarray(0, le);
}
