/**
 * The center without a port, with everything real behind it: PostgreSQL, the simulated JPKI authority and its OCSP
 * responder over HTTP, the font and the renderer. Tests move its clock and switch faults on.
 */
import { sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { buildApp, type CenterDeps } from '#center/app.ts';
import { challengeMessage } from '#center/contract/kioskApi.ts';
import { databaseConfiguration } from '#center/configuration/databaseConfiguration.ts';
import { installProfiles } from '#center/configuration/installProfiles.ts';
import { testDatabase } from '#center/database/testDatabase.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import { createRenderer, type Renderer } from '#center/documents/renderer.ts';
import { ocspClient } from '#center/identity/ocspClient.ts';
import { loadTrustAnchors } from '#center/identity/trustAnchors.ts';
import { centerKeys, type CenterKeys } from '#center/kiosks/centerKeys.ts';
import { enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import { centerLog } from '#center/observability/log.ts';
import { centerMetrics } from '#center/observability/metrics.ts';
import { municipalityKeys, type MunicipalityKeys } from '#center/verification/municipalityKeys.ts';
import { demoMunicipalities } from '#simulators/municipality/residents.ts';
import { enterParts, loadAll } from './feeding.ts';
import { addDays, civilMoment } from '#templates/civilTime.ts';
import { loadTemplates, templatesDirectory } from '#templates/load.ts';
import type { CanDrawIn } from '#center/registers/drawable.ts';
import type { InForce } from '#center/configuration/configuration.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { createAuthority, type Authority } from '#simulators/authority/authority.ts';
import type { CertificateVariant } from '#simulators/authority/certificateVariant.ts';
import { issueCard, type IssuedCard } from '#simulators/authority/issueCard.ts';
import { startOcspResponder, type OcspResponder } from '#simulators/authority/ocspResponder.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';

/** Friday morning in Japan, inside every municipality's hours. */
export const NOW = Date.parse('2026-11-20T10:00:00+09:00');
export const TODAY = civilMoment(NOW).date;
/** Long enough for a loaded machine: only the tests of a late answer wait for it. */
export const OCSP_TIMEOUT_MS = 2_000;
export const VERIFICATION_URL = 'https://verify.example';
const KIOSK_HEADER = 'x-test-fingerprint';

export interface Harness {
  /** DATA_DIR of the center */
  readonly folder: string;
  readonly app: FastifyInstance;
  readonly db: CenterDatabase;
  readonly deps: CenterDeps;
  readonly canDraw: CanDrawIn;
  /** what is in force of a municipality now */
  readonly inForce: (municipality: string) => Promise<InForce>;
  readonly authority: Authority;
  readonly responder: OcspResponder;
  readonly keys: CenterKeys;
  readonly municipalities: MunicipalityKeys;
  /** the SQL of every statement so far, without its values */
  readonly queries: () => readonly string[];
  /** everything the center has logged so far */
  readonly log: () => string;
  /** moves the clock of center, authority and responder */
  readonly advance: (ms: number) => void;
  readonly render: { current: Renderer };
  /** a card tied to the resident since long ago, unless `registered` says otherwise */
  readonly cardOf: (residentId: string, order?: CardWish) => Promise<IssuedCard>;
  readonly kiosk: (id: string) => Promise<Kiosk>;
  readonly close: () => Promise<void>;
}

export interface CardWish {
  readonly variant?: CertificateVariant;
  readonly generation?: 1 | 2;
  /** days ago; null: never */
  readonly registered?: number | null;
}

export interface Kiosk {
  readonly id: string;
  readonly fingerprint: string;
  readonly call: (method: 'GET' | 'POST', url: string, body?: object) => Promise<Answer>;
}
export interface Answer {
  readonly status: number;
  readonly text: string;
  // the tests read answers of every route: each states what it expects
  readonly body: Record<string, unknown>;
}

/** `directory`: where kinds, layouts and the municipalities that have joined come from. */
export async function startHarness(directory: string = templatesDirectory): Promise<Harness> {
  const templates = loadTemplates(directory);
  let now = NOW;
  const clock = () => now;
  const folder = mkdtempSync(join(tmpdir(), 'center-test-'));
  const statements: string[] = [];
  const database = await testDatabase((sql) => void statements.push(sql));
  const authority = await createAuthority(join(folder, 'authority'), { clock });
  const responder = await startOcspResponder({ authority, port: 0, clock });
  const anchors = loadTrustAnchors({ directory: authority.trustDir, mode: 'demo', ocspUrl: responder.url });
  const keys = await centerKeys(folder, Date.now());
  const font = openCertificateFont(loadFonts());
  const municipalities = municipalityKeys(folder, [...templates.profiles.keys()]);
  const fonts = municipalFonts(font, templates);
  const canDraw: CanDrawIn = (municipality) => fonts(municipality).canDraw;
  await installProfiles(database.db, templates, now, directory);
  const configuration = databaseConfiguration(database.db, templates, font);
  const render = { current: createRenderer(font, { seal: keys.documentSealer }) };
  const logged: string[] = [];
  const logTo = new Writable({ write: (chunk, _, done) => (logged.push(String(chunk)), done()) });
  const deps: CenterDeps = {
    db: database.db,
    clock,
    anchors,
    configuration,
    metrics: centerMetrics(),
    ocsp: ocspClient(clock, OCSP_TIMEOUT_MS),
    render: (request) => Promise.resolve().then(() => render.current(request)),
    manifestKey: keys.manifestKey,
    fronts: { keyOf: municipalities.keyOf, verificationUrl: VERIFICATION_URL },
    log: centerLog('debug', logTo),
    fingerprintOf: (request) => request.headers[KIOSK_HEADER] as string | undefined,
    kioskCallsPerMinute: 100_000,
    // it renders in the tests' own thread
    busyBeyondMs: 0,
  };
  const door = { db: database.db, canDraw, now };
  await loadAll(door, demoFeed(TODAY), [...new Set([...demoMunicipalities, ...templates.profiles.keys()])]);
  const app = (await buildApp(deps)) as unknown as FastifyInstance;
  await app.ready();

  const cardOf = async (residentId: string, wish: CardWish = {}) => {
    const { variant, generation, registered = 400 } = wish;
    const issued = await issueCard(authority, {
      holder: {
        name: '見本　太郎',
        address: '架空県みほん市',
        birthDate: addDays(TODAY, -12_000),
        sex: 'male',
      },
      municipalityCode: '99201',
      variant,
      generation,
      withoutSignature: true,
    });
    if (registered !== null) {
      const link = { ...issued.authentication, residentId, registeredOn: addDays(TODAY, -registered) };
      await enterParts({ ...door, now }, { links: [link] });
    }
    return issued;
  };
  const kiosk = async (id: string): Promise<Kiosk> => {
    await enrolKiosk({ db: database.db, keys, centerUrl: 'https://localhost:8443', now }, id);
    const row = await database.db
      .selectFrom('kiosk')
      .select('fingerprint')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const call: Kiosk['call'] = async (method, url, body) => {
      const headers = { [KIOSK_HEADER]: row.fingerprint };
      const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
      return { status: answer.statusCode, text: answer.body, body: answer.json() as Record<string, unknown> };
    };
    return { id, fingerprint: row.fingerprint, call };
  };
  const close = async () => {
    await app.close();
    await responder.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    folder,
    app,
    db: database.db,
    deps,
    canDraw,
    inForce: async (municipality) => {
      const found = await configuration.inForce(database.db, municipality as MunicipalityCode, clock());
      if (!found) throw new Error(`nothing is in force in ${municipality}`);
      return found;
    },
    authority,
    responder,
    keys,
    municipalities,
    queries: () => statements,
    log: () => logged.join(''),
    advance: (ms) => void (now += ms),
    render,
    cardOf,
    kiosk,
    close,
  };
}

export interface OpenedSession {
  readonly sessionId: string;
  readonly challenge: Buffer;
}

export async function openSession(kiosk: Kiosk): Promise<OpenedSession> {
  const { body } = await kiosk.call('POST', '/v1/sessions');
  return { sessionId: body.sessionId as string, challenge: Buffer.from(body.challenge as string, 'base64') };
}

/** What the card's key says to the challenge. */
export function proofOf(card: IssuedCard, kioskId: string, { sessionId, challenge }: OpenedSession) {
  const { key, certificate } = card.card.authentication;
  const signature = sign('sha256', challengeMessage(kioskId, sessionId, challenge), key).toString('base64');
  return { certificate, signature };
}

export function authenticate(kiosk: Kiosk, session: OpenedSession, proof: object): Promise<Answer> {
  return kiosk.call('POST', `/v1/sessions/${session.sessionId}/authentication`, proof);
}

/** A session authenticated with this card. */
export async function visit(
  kiosk: Kiosk,
  card: IssuedCard,
): Promise<{ session: OpenedSession; answer: Answer }> {
  const session = await openSession(kiosk);
  const answer = await authenticate(kiosk, session, proofOf(card, kiosk.id, session));
  return { session, answer };
}

export interface AuditEvent {
  readonly type: string;
  readonly fields: Record<string, unknown>;
}

/** The audit, oldest first. */
export async function auditOf(db: CenterDatabase): Promise<AuditEvent[]> {
  const rows = await db.selectFrom('audit_event').select(['type', 'fields']).orderBy('seq').execute();
  return rows.map(({ type, fields }) => ({ type, fields: JSON.parse(fields) as Record<string, unknown> }));
}

export const copyOf = (municipality = '992011') => ({
  municipality,
  kind: 'resident-record-copy',
  extent: 'whole',
  members: [] as number[],
  include: [] as string[],
});
