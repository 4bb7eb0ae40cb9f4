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
import { importRegisters } from '#center/registers/importRegisters.ts';
import { addDays } from '#templates/civilTime.ts';
import { eligibility } from '#templates/eligibility.ts';
import { loadTemplates } from '#templates/load.ts';
import { serviceState } from '#templates/serviceHours.ts';
import type { CivilDate, Clock, MunicipalityCode } from '#templates/vocabulary.ts';
import type { DemoCard } from '#simulators/municipality/cards.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import type { CardShelf } from './cardShelf.ts';

export interface RegisterOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly shelf: CardShelf;
  readonly today: CivilDate;
  readonly clock: Clock;
  readonly fontPath: string;
  readonly kiosk: { readonly id: string; readonly centerUrl: string; readonly file: string };
}
export interface CardListing {
  readonly id: string;
  readonly resident: string;
  readonly pin: string;
  readonly password: string;
  /** what the holder can be issued now */
  readonly kinds: readonly string[];
  readonly note: string;
}
export interface Registers {
  readonly db: CenterDatabase;
  listCards(): readonly CardListing[];
  close(): Promise<void>;
}

/** Opens the database (the center joins it), loads the registers as of today and enrols the kiosk once. */
export async function openRegisters(options: RegisterOptions): Promise<Registers> {
  const opened = await databaseFor(options);
  try {
    const fonts = municipalFonts(openCertificateFont(loadFonts(options.fontPath)), loadTemplates());
    const registers = demoRegisters(options.today);
    const links = options.shelf.cards.flatMap((card) =>
      card.registeredDaysAgo === null
        ? []
        : {
            ...options.shelf.linkOf(card),
            residentId: card.residentId,
            registeredOn: addDays(options.today, -card.registeredDaysAgo),
          },
    );
    await importRegisters(
      { db: opened.db, canDraw: (municipality) => fonts(municipality).canDraw, now: options.clock() },
      {
        households: [...registers.households],
        residents: [...registers.residents],
        restrictions: [...registers.restrictions],
        links,
      },
    );
    await enrolOnce(opened.db, options);
    const canBeDrawn = (municipality: MunicipalityCode, text: string): boolean =>
      fonts(municipality).canDraw(text).kind === 'drawable';
    return {
      db: opened.db,
      listCards: () => listCards(options, canBeDrawn),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
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

type CanBeDrawnIn = (municipality: MunicipalityCode, text: string) => boolean;

/** States in which the card itself stands in the way, whoever holds it. */
const USABLE: readonly DemoCard['state'][] = ['valid', 'no-signature-certificate'];

function listCards(options: RegisterOptions, canBeDrawn: CanBeDrawnIn): CardListing[] {
  const registers = demoRegisters(options.today);
  const templates = loadTemplates();
  const protectedResidents = new Set(registers.restrictions.map((entry) => entry.residentId));
  return options.shelf.cards.map((card) => {
    const own = registers.residents.find((entry) => entry.residentId === card.residentId);
    const household = registers.households.find((entry) => entry.householdId === own?.householdId);
    if (!own || !household) throw new Error(`the demo card "${card.id}" has no resident`);
    const usable =
      USABLE.includes(card.state) && card.registeredDaysAgo !== null && !options.shelf.isBlocked(card.id);
    const profile = templates.profiles.get(household.municipality)?.value;
    const applicant = {
      residentId: own.residentId,
      cardRegisteredOn: addDays(options.today, -(card.registeredDaysAgo ?? 0)),
    };
    const rows = { household, residents: registers.residents };
    const kinds = (usable && profile ? profile.kinds : []).filter(({ kind }) => {
      const template = templates.kinds.get(kind)?.value;
      if (!template || !profile || serviceState(profile, kind, options.clock()).kind !== 'open') return false;
      const restrictions = {
        protectedResidents,
        canBeDrawn: (text: string) => canBeDrawn(household.municipality, text),
      };
      return eligibility(template, applicant, rows, restrictions, options.today).kind === 'eligible';
    });
    return {
      id: card.id,
      resident: own.name,
      pin: card.pin,
      password: card.password,
      kinds: kinds.map(({ kind }) => kind),
      note: card.note,
    };
  });
}
