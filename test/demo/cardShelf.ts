/**
 * The demo's cards and the one virtual reader they are put on. A card's keys are made the first time it is used; its serial
 * is fixed before, so that the municipalities can tie it to its resident without waiting for it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { Authority } from '#simulators/authority/authority.ts';
import { issueCard, type CardOrder } from '#simulators/authority/issueCard.ts';
import type { CertificateLink } from '#simulators/authority/issuedIndex.ts';
import { readCardFile, writeCardFile } from '#simulators/card/cardFile.ts';
import type { CardFault } from '#simulators/card/faults.ts';
import { insertCard } from '#simulators/card/insertCard.ts';
import type { ApduTrace, InsertedCard } from '#simulators/card/vpcdClient.ts';
import { demoCards, type DemoCard } from '#simulators/municipality/cards.ts';
import { demoRegisters, type DemoRegisters } from '#simulators/municipality/residents.ts';

export interface CardShelf {
  readonly cards: readonly DemoCard[];
  /** what the card's certificate will be known by, made or not */
  linkOf(card: DemoCard): CertificateLink;
  /** 更新: the next card made for this holder has another certificate; known to the municipality from its next load on */
  renew(id: string): void;
  /** the card's file; made on first use, about a second */
  fileOf(id: string): Promise<string>;
  /** puts the card on the reader, taking away another first */
  insert(id: string, faults?: readonly CardFault[], onApdu?: (trace: ApduTrace) => void): Promise<void>;
  remove(): Promise<void>;
  /** three wrong PINs were entered, at whatever time */
  isBlocked(id: string): boolean;
  /** id of the card on the reader, null when it is empty (or the card was pulled by a fault) */
  onReader(): string | null;
}

export interface ShelfOptions {
  readonly authority: Authority;
  readonly folder: string;
  readonly today: CivilDate;
  /** where the reader waits for cards */
  readonly readerPort: number;
}

/** Eight hexadecimal digits, positive, the same at every start. @param renewals how often it was renewed */
function serialOf(card: DemoCard, renewals: number): string {
  const again = renewals > 0 ? ` ${renewals}` : '';
  const digest = createHash('sha256').update(`demo card ${card.id}${again}`).digest();
  digest[0] = ((digest[0] ?? 0) & 0x3f) | 0x40;
  return digest.subarray(0, 4).toString('hex');
}

const CARD_AGE_MS = 60 * 60_000;

export function createCardShelf({ authority, folder, today, readerPort }: ShelfOptions): CardShelf {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const registers = demoRegisters(today);
  const issuer = authority.ca('user-authentication', 2).issuerKeyId;
  // a demo of the same moment, started again, finds its cards valid already
  const earlier = { ...authority, clock: () => authority.clock() - CARD_AGE_MS };
  let current: { id: string; card: InsertedCard } | null = null;

  const find = (id: string): DemoCard => {
    const card = demoCards.find((entry) => entry.id === id);
    if (!card) throw new Error(`there is no demo card "${id}"`);
    return card;
  };
  const placeOf = (id: string): string => join(folder, `${id}.json`);
  const renewalsOf = (id: string): string => join(folder, `${id}.renewals`);
  const renewals = (id: string): number =>
    existsSync(renewalsOf(id)) ? Number(readFileSync(renewalsOf(id), 'utf8')) : 0;
  const serial = (card: DemoCard): string => serialOf(card, renewals(card.id));
  const fileOf = async (id: string): Promise<string> => {
    const card = find(id);
    const file = placeOf(id);
    if (existsSync(file)) return file;
    const { card: made } = await issueCard(earlier, orderOf(card, registers, serial(card)));
    writeCardFile(file, made);
    return file;
  };
  const remove = async (): Promise<void> => {
    const leaving = current;
    current = null;
    await leaving?.card.remove();
  };
  return {
    cards: demoCards,
    linkOf: (card) => ({ issuerKeyId: issuer, serial: serial(card) }),
    renew: (id) => {
      find(id);
      writeFileSync(renewalsOf(id), String(renewals(id) + 1));
      rmSync(placeOf(id), { force: true });
    },
    fileOf,
    remove,
    isBlocked: (id) => {
      const file = placeOf(id);
      return existsSync(file) && readCardFile(file).counters['jpki-0018'] === 0;
    },
    onReader: () => current?.id ?? null,
    insert: async (id, faults = [], onApdu) => {
      const cardFile = await fileOf(id);
      await remove();
      const card = await insertCard({
        cardFile,
        port: readerPort,
        faults,
        ...(onApdu ? { onApdu } : {}),
      });
      const placed = { id, card };
      current = placed;
      void card.removed.then(() => {
        if (current === placed) current = null;
      });
    },
  };
}

function orderOf(card: DemoCard, registers: DemoRegisters, certificateSerial: string): CardOrder {
  const resident = registers.residents.find((entry) => entry.residentId === card.residentId);
  const household = registers.households.find((entry) => entry.householdId === resident?.householdId);
  if (!resident || !household) throw new Error(`the demo card "${card.id}" has no resident`);
  return {
    holder: {
      name: resident.name,
      address: household.address,
      birthDate: resident.birthDate,
      sex: resident.sex,
    },
    municipalityCode: household.municipality,
    pin: card.pin,
    password: card.password,
    certificateSerial,
    ...detailsOf(card.state),
  };
}

function detailsOf(state: DemoCard['state']): Partial<CardOrder> {
  switch (state) {
    case 'valid':
    case 'unregistered':
      return {};
    case 'expired':
    case 'revoked':
    case 'suspended':
    case 'blocked':
    case 'juki':
    case 'smartphone':
    case 'no-signature-certificate':
      return { state };
    case 'not-yet-valid':
    case 'unknown-ca':
      return { variant: state };
    case 'wrong-policy':
      return { variant: 'foreign-policy' };
    case 'foreign-card':
      return { kind: 'foreign' };
  }
}
