/** A card file on a reader: counters and changed PINs go back into the file before the answer leaves the card. */
import { readCardFile, writeCardFile } from './cardFile.ts';
import { createCard } from './core.ts';
import { connectCard, type InsertedCard, type VpcdOptions } from './vpcdClient.ts';

/** Ports of pcscd's two virtual readers, "Virtual PCD 00 00" and "Virtual PCD 00 01". */
export const VPCD_PORTS = [35963, 35964] as const;

export interface InsertOptions extends VpcdOptions {
  readonly cardFile: string;
}

/** Puts the card on the reader. Throws Error when the file is no card, nothing listens, or the slot is taken. */
export async function insertCard({ cardFile, ...options }: InsertOptions): Promise<InsertedCard> {
  const card = createCard(readCardFile(cardFile), (changed) => writeCardFile(cardFile, changed));
  return connectCard(card, options);
}
