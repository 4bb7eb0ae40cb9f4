/** The demo's side of the center's store: the kiosk enrolled, registers fed, and what each card's holder can be issued. */
import { X509Certificate, createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { kioskEnrolment } from '#center/contract/kioskApi.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { databaseFor } from '#center/database/open.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { centerKeys } from '#center/kiosks/centerKeys.ts';
import { admit, enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import { databaseConfiguration } from '#center/configuration/databaseConfiguration.ts';
import { installProfiles } from '#center/configuration/installProfiles.ts';
import { addDays } from '#templates/civilTime.ts';
import { loadTemplates } from '#templates/load.ts';
import type { CivilDate, Clock } from '#templates/vocabulary.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { cardListing, type CardListing } from './cardListing.ts';
import type { CardShelf } from './cardShelf.ts';
import { feedClients, forgetLaterDays, loadRegisters, sendHeartbeats } from './feeding.ts';

export type { CardListing } from './cardListing.ts';

export interface StoreOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly clock: Clock;
  readonly kiosk: { readonly id: string; readonly centerUrl: string; readonly file: string };
}
export interface Store {
  readonly db: CenterDatabase;
  close(): Promise<void>;
}

/** Opens the database (the center joins it) and enrols the kiosk once. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { db, close } = await databaseFor(options);
  try {
    await installProfiles(db, loadTemplates(), options.clock());
    await forgetLaterDays(db, options.clock());
    await enrolOnce(db, options);
    return { db, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export interface RegisterOptions {
  readonly db: CenterDatabase;
  readonly dataDir: string;
  readonly feedUrl: string;
  readonly shelf: CardShelf;
  readonly today: CivilDate;
  readonly clock: Clock;
  readonly fontPath: string;
}
export interface Registers {
  listCards(): readonly CardListing[];
  close(): Promise<void>;
}

/** The municipalities feed their registers as of today over the running center's door, and go on feeding. */
export async function feedRegisters(options: RegisterOptions): Promise<Registers> {
  const { db, shelf, today, clock } = options;
  const clients = await feedClients(options);
  await loadRegisters(clients, { ...demoFeed(today), links: linksOf(shelf, today) }, clock());
  const font = openCertificateFont(loadFonts(options.fontPath));
  const configuration = databaseConfiguration(db, loadTemplates(), font);
  const { residents } = demoRegisters(today);
  const listing = cardListing({ ...options, configuration, residents });
  await listing.look();
  const feeding = keepFed(async () => {
    await sendHeartbeats(clients, clock);
    await listing.look();
  });
  return {
    listCards: () => listing.at(clock()),
    close: async () => {
      await feeding.stop();
      for (const http of clients.values()) http.close();
    },
  };
}

/** Whose card is whose. */
function linksOf(shelf: CardShelf, today: CivilDate) {
  return shelf.cards.flatMap((card) =>
    card.registeredDaysAgo === null
      ? []
      : {
          ...shelf.linkOf(card),
          residentId: card.residentId,
          registeredOn: addDays(today, -card.registeredDaysAgo),
        },
  );
}

/** Well below the shortest limit a profile may set. */
const FEED_INTERVAL_MS = 60_000;

/** A municipality tells the center again and again that nothing has changed, so that a long demo goes on. */
function keepFed(feed: () => Promise<void>) {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // a center that is being stopped or restarted does not answer: the next round tries again
    running = running.then(feed).catch(() => undefined);
  }, FEED_INTERVAL_MS);
  return {
    stop: (): Promise<void> => {
      clearInterval(timer);
      return running;
    },
  };
}

/** A kiosk keeps its certificate over restarts; one that the center does not know any more is enrolled again. */
async function enrolOnce(db: CenterDatabase, { kiosk, dataDir }: StoreOptions): Promise<void> {
  const known = existsSync(kiosk.file)
    ? kioskEnrolment.safeParse(JSON.parse(readFileSync(kiosk.file, 'utf8')))
    : null;
  if (known?.success && known.data.centerUrl === kiosk.centerUrl) {
    const fingerprint = createHash('sha256')
      .update(new X509Certificate(known.data.certificate).raw)
      .digest('hex');
    if ((await admit(db, fingerprint)).kind === 'admitted') return;
  }
  // TLS compares with the real time, whatever day the demo plays on
  const keys = await centerKeys(dataDir, Date.now());
  const enrolment = await enrolKiosk({ db, keys, centerUrl: kiosk.centerUrl, now: Date.now() }, kiosk.id);
  writeFileSync(kiosk.file, JSON.stringify(enrolment, null, 2), { mode: 0o600 });
}
