/** The demo's side of the center's store: registers loaded, the kiosk enrolled, and what each card's holder can be issued. */
import { X509Certificate, createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { kioskEnrolment } from '#center/contract/kioskApi.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { databaseFor } from '#center/database/open.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import { centerKeys } from '#center/kiosks/centerKeys.ts';
import { admit, enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import type { CanDrawIn } from '#center/registers/drawable.ts';
import { heartbeat, loadAll } from '../center/feeding.ts';
import { databaseConfiguration } from '#center/configuration/databaseConfiguration.ts';
import { installProfiles } from '#center/configuration/installProfiles.ts';
import { addDays } from '#templates/civilTime.ts';
import { loadTemplates } from '#templates/load.ts';
import type { CivilDate, Clock } from '#templates/vocabulary.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import { demoMunicipalities, demoRegisters } from '#simulators/municipality/residents.ts';
import { cardListing, type CardListing, type Listing } from './cardListing.ts';
import type { CardShelf } from './cardShelf.ts';

export type { CardListing } from './cardListing.ts';

export interface RegisterOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly shelf: CardShelf;
  readonly today: CivilDate;
  readonly clock: Clock;
  readonly fontPath: string;
  readonly kiosk: { readonly id: string; readonly centerUrl: string; readonly file: string };
}
export interface Registers {
  readonly db: CenterDatabase;
  listCards(): readonly CardListing[];
  close(): Promise<void>;
}

/** Opens the database (the center joins it), loads the registers as of today and enrols the kiosk once. */
export async function openRegisters(options: RegisterOptions): Promise<Registers> {
  const opened = await databaseFor(options);
  const { db } = opened;
  try {
    const templates = loadTemplates();
    const font = openCertificateFont(loadFonts(options.fontPath));
    const fonts = municipalFonts(font, templates);
    await installProfiles(db, templates, options.clock());
    const configuration = databaseConfiguration(db, templates, font);
    const canDraw: CanDrawIn = (municipality) => fonts(municipality).canDraw;
    await feedAll(db, canDraw, options);
    await enrolOnce(db, options);
    const { residents } = demoRegisters(options.today);
    const listing = cardListing({ db, configuration, residents, ...options });
    await listing.look();
    const feeding = keepFed(db, canDraw, options, listing);
    return {
      db,
      listCards: () => listing.at(options.clock()),
      close: async () => {
        await feeding.stop();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Every register, and whose card is whose. */
async function feedAll(
  db: CenterDatabase,
  canDraw: CanDrawIn,
  { shelf, today, clock }: RegisterOptions,
): Promise<void> {
  // a demo may play an earlier day than the last one on this data did
  await db.deleteFrom('register_stream').execute();
  await db.deleteFrom('register_row').execute();
  await db.deleteFrom('seal_registration').execute(); // an earlier registration is a late message
  const links = shelf.cards.flatMap((card) =>
    card.registeredDaysAgo === null
      ? []
      : {
          ...shelf.linkOf(card),
          residentId: card.residentId,
          registeredOn: addDays(today, -card.registeredDaysAgo),
        },
  );
  const now = clock();
  await loadAll({ db, canDraw, now }, { ...demoFeed(today), links }, demoMunicipalities);
}

/** Well below the shortest limit a profile may set. */
const FEED_INTERVAL_MS = 60_000;

/** A municipality tells the center again and again that nothing has changed, so that a long demo goes on. */
function keepFed(db: CenterDatabase, canDraw: CanDrawIn, { clock }: RegisterOptions, listing: Listing) {
  const feed = async (): Promise<void> => {
    const now = clock();
    await heartbeat({ db, canDraw, now }, demoMunicipalities);
    await listing.look();
  };
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // a center that is being stopped or restarted takes the database with it: the next round tries again
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
async function enrolOnce(db: CenterDatabase, { kiosk, dataDir }: RegisterOptions): Promise<void> {
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
