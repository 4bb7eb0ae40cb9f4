/** VERIFY and the change of a PIN (card.md 2.4, 2.8, 6.1). */
import type { CardSession } from './cardSession.ts';
import type { CommandApdu } from './commandApdu.ts';
import { secretRules } from './fileSystem.ts';
import { secretValue, withSecret } from './secrets.ts';
import { CardRefusal, demand, SW } from './statusWord.ts';

const NO_DATA = Buffer.alloc(0);
const MAX_SECRET_BYTES = 16;

/** Without data it tells the tries left and spends none, also after a success (OpenSC needs SW1 = 63 there). */
export function verify(session: CardSession, { p1, p2, data, le }: CommandApdu): Buffer {
  demand(p1 === 0 && p2 & 0x80, SW.wrongParameters);
  const file = session.referencedFile(p2);
  demand(file.kind === 'secret', SW.referenceNotFound);
  const tries = session.triesLeft(file.reference);
  if (!data) {
    demand(le === undefined, SW.wrongLength);
    throw new CardRefusal(SW.triesLeft(tries));
  }
  demand(data.length <= MAX_SECRET_BYTES, SW.wrongLength);
  demand(tries > 0, SW.blocked);
  const matches = data.equals(Buffer.from(secretValue(session.card, file.reference)));
  session.setTriesLeft(file.reference, matches ? secretRules[file.reference].tries : tries - 1);
  session.setVerified(file.reference, matches);
  if (matches) return NO_DATA;
  throw new CardRefusal(SW.triesLeft(tries - 1));
}

/** 00 24 01 80: a new value for what was verified since the application was selected. */
export function changeSecret(session: CardSession, { p1, p2, data }: CommandApdu): Buffer {
  demand(p1 === 1 && p2 & 0x80, SW.wrongParameters);
  const file = session.referencedFile(p2);
  demand(file.kind === 'secret', SW.referenceNotFound);
  demand(session.isVerified(file.reference), SW.securityStatus);
  demand(data && data.length <= MAX_SECRET_BYTES, SW.wrongLength);
  const value = data.toString('latin1');
  demand(secretRules[file.reference].format.test(value), SW.conditionsOfUse);
  const changed = withSecret(session.card, file.reference, value);
  demand(changed, SW.conditionsOfUse);
  session.store(changed);
  return NO_DATA;
}
