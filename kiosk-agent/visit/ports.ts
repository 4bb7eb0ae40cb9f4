/** What the runner needs besides the device ports. Types only; card/ and center/ implement them, devices.ts joins them. */
import type { readHolder, signChallenge, verifyPin } from '../card/jpkiCard.ts';
import type { CheckOutcome, PreparedCheck } from '../center/manifestCheck.ts';
import type { SpecimenCheck, SpecimenOutcome } from '../center/specimenCheck.ts';
import type { CardConnection } from '../card/cardReaderPort.ts';

type Answer<Step extends (...given: never[]) => unknown> = ReturnType<Step>;

/** The card protocol; a fake answers in tests of the visit. */
export interface CardSteps {
  readHolder(connection: CardConnection): Answer<typeof readHolder>;
  /** `pin`: four digits in ASCII; zeroed when this returns. Never sent twice. */
  verifyPin(connection: CardConnection, pin: Buffer): Answer<typeof verifyPin>;
  signChallenge(connection: CardConnection, message: Uint8Array): Answer<typeof signChallenge>;
}

/** The clerk's look at the name, before paying and again before each print (architecture.md 3.6). */
export type CheckPrepared = (input: Omit<PreparedCheck, 'manifestKey'>) => CheckOutcome;

/** The look before a specimen is printed. */
export type CheckSpecimen = (input: Omit<SpecimenCheck, 'manifestKey'>) => SpecimenOutcome;
