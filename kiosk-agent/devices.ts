/** The only place where adapters are chosen. Tests and the demo hand `startAgent` other ports of the same types. */
import type { Clock } from '#templates/vocabulary.ts';
import { readHolder, signChallenge, verifyPin } from './card/jpkiCard.ts';
import { openSignature, readCounters, signContent } from './card/signatureCard.ts';
import { readText } from './card/textCard.ts';
import type { CardReaderPort } from './card/cardReaderPort.ts';
import { createPcscReader } from './card/pcscReader.ts';
import { createHttpCenter } from './center/httpCenter.ts';
import { checkPrepared } from './center/manifestCheck.ts';
import { checkSpecimen } from './center/specimenCheck.ts';
import type { AgentConfig } from './config.ts';
import { createHttpPaymentTerminal } from './payment/httpPaymentTerminal.ts';
import { createIppPrinter } from './printer/ippPrinter.ts';
import type { Ports } from './visit/context.ts';

/** Real devices for this configuration; nothing is asked yet. Throws when an address is malformed. */
export function connectDevices(
  config: AgentConfig,
  clock: Clock,
  reader: CardReaderPort = pcscReader(config),
): Ports {
  const { manifestKey } = config.enrolment;
  return {
    reader,
    card: { readHolder, verifyPin, signChallenge },
    signing: { readCounters, readText, openSignature, signContent },
    printer: createIppPrinter({ url: config.printerUrl, clock }),
    payment: createHttpPaymentTerminal({ url: config.paymentUrl, clock }),
    center: createHttpCenter(config.enrolment),
    checkPrepared: (input) => checkPrepared({ ...input, manifestKey }),
    checkSpecimen: (input) => checkSpecimen({ ...input, manifestKey }),
  };
}

function pcscReader({ cardReader }: AgentConfig): CardReaderPort {
  return createPcscReader(cardReader === null ? {} : { readerName: cardReader });
}
