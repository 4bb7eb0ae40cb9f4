import { beforeAll } from 'vitest';
import type { CardData } from '#simulators/card/cardFile.ts';
import { createDirectReader } from '#simulators/reader/directReader.ts';
import { createDirectReaderPort } from '#simulators/reader/directReaderPort.ts';
import { cardReaderContract, type CardReaderBench } from './cardReader.contract.ts';
import { cardSlot } from './fixtures/cardSlot.ts';
import { demoCard } from './fixtures/demoCard.ts';
import { signatureCardContract } from './signatureCard.contract.ts';

let card: CardData;
beforeAll(async () => {
  card = await demoCard();
});

async function directBench(): Promise<CardReaderBench> {
  const reader = await createDirectReader({ port: 0, presenceCheckMs: 20 });
  const slot = cardSlot(card, reader.port);
  const port = createDirectReaderPort(reader);
  return {
    port,
    card,
    ...slot,
    close: async () => {
      await slot.remove();
      await port.close();
    },
  };
}

cardReaderContract('direct reader, no PC/SC', directBench);
signatureCardContract('direct reader, no PC/SC', directBench);
