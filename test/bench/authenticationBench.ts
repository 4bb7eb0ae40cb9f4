/**
 * Complete authentications at the center's HTTPS API: session, challenge, signature check, path, OCSP round trip, resident,
 * audit. The center and the OCSP responder run as processes of their own, PostgreSQL as shipped (fsync on), every
 * authentication with another card, over kept-alive mutual TLS connections of several kiosks.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { challengeMessage, type KioskEnrolment } from '#center/contract/kioskApi.ts';
import { databaseFor, type OpenedDatabase } from '#center/database/open.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { centerKeys } from '#center/kiosks/centerKeys.ts';
import { enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import { loadAll } from '../center/feeding.ts';
import { addDays, civilMoment } from '#templates/civilTime.ts';
import { createAuthority } from '#simulators/authority/authority.ts';
import { issueCard } from '#simulators/authority/issueCard.ts';
import { demoMunicipalities, demoRegisters } from '#simulators/municipality/residents.ts';

export interface AuthenticationBenchOptions {
  /** distinct cards, each with its own key and certificate */
  readonly cards?: number;
  /** kiosks with one kept-alive connection each */
  readonly kiosks?: number;
  /** per measured round; the figure is the median of three rounds */
  readonly secondsPerRound?: number;
  readonly progress?: (text: string) => void;
}

export interface AuthenticationFigures {
  readonly authenticationPerSecond: number;
}

const ROUNDS = 3;
const WARM_UP_SECONDS = 2;

interface BenchCard {
  /** DER, base64 */
  readonly certificate: string;
  readonly key: KeyObject;
}

/** Starts everything, measures, stops everything. */
export async function benchAuthentication(
  options: AuthenticationBenchOptions = {},
): Promise<AuthenticationFigures> {
  const { cards = 60, kiosks = 16, secondsPerRound = 4, progress = () => undefined } = options;
  const folder = mkdtempSync(join(tmpdir(), 'authentication-bench-'));
  const stops: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    progress('authority and cards');
    const authority = await createAuthority(join(folder, 'authority'), { clock: Date.now });
    const responder = await startProcess('ocspProcess.ts', { AUTHORITY_DIR: authority.dir });
    stops.push(() => stopProcess(responder.child));
    const database = await databaseFor({ dataDir: folder });
    stops.push(database.close);
    const holders = await makeCards(authority, database, cards);
    const enrolments = await enrol(database, folder, kiosks);
    progress('center');
    const center = await startProcess('centerProcess.ts', {
      DATA_DIR: folder,
      CENTER_PORT: '0',
      FEED_PORT: '0',
      CONSOLE_PORT: '0',
      PUBLIC_PORT: '0',
      ADMIN_PORT: '0',
      JPKI_TRUST_DIR: authority.trustDir,
      OCSP_URL: String(responder.ready.url),
      SERVICE_MODE: 'demo',
      LOG_LEVEL: 'warn',
    });
    stops.push(() => stopProcess(center.child));
    const clients = enrolments.map((enrolment) => kioskClient(enrolment, String(center.ready.url)));
    stops.push(async () => clients.forEach(({ close }) => close()));
    await round(clients, holders, WARM_UP_SECONDS);
    const figures: number[] = [];
    for (let count = 0; count < ROUNDS; count += 1) {
      const perSecond = await round(clients, holders, secondsPerRound);
      progress(`${perSecond.toFixed(0)} authentications per second`);
      figures.push(perSecond);
    }
    const median = figures.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)]!;
    return { authenticationPerSecond: Math.round(median) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function makeCards(
  authority: Awaited<ReturnType<typeof createAuthority>>,
  { db }: OpenedDatabase,
  count: number,
): Promise<readonly BenchCard[]> {
  const today = civilMoment(Date.now()).date;
  const { households, residents } = demoRegisters(today);
  const { canDraw } = openCertificateFont(loadFonts());
  const issued = [];
  for (let index = 0; index < count; index += 1) {
    const { name, birthDate, sex } = residents[0]!;
    const holder = { name, birthDate, sex, address: '架空県みほん市見本台' };
    const order = { holder, municipalityCode: '99201', withoutSignature: true };
    issued.push(await issueCard(authority, order));
  }
  const links = issued.map(({ authentication }, index) => ({
    ...authentication,
    residentId: residents[index % residents.length]!.residentId,
    registeredOn: addDays(today, -30),
  }));
  await loadAll(
    { db, canDraw: () => canDraw, now: Date.now() },
    { households, residents, links },
    demoMunicipalities,
  );
  return issued.map(({ card }) => ({
    certificate: card.authentication.certificate,
    key: createPrivateKey(card.authentication.key),
  }));
}

async function enrol({ db }: OpenedDatabase, folder: string, count: number): Promise<KioskEnrolment[]> {
  const keys = await centerKeys(folder, Date.now());
  const deps = { db, keys, centerUrl: 'https://localhost', now: Date.now() };
  const ids = Array.from({ length: count }, (_, index) => `bench-${index + 1}`);
  return Promise.all(ids.map((id) => enrolKiosk(deps, id)));
}

interface KioskClient {
  readonly kioskId: string;
  readonly post: (path: string, body?: object) => Promise<Record<string, unknown>>;
  readonly close: () => void;
}

function kioskClient(
  { kioskId, certificate, privateKey, serverCa }: KioskEnrolment,
  url: string,
): KioskClient {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    cert: certificate,
    key: privateKey,
    ca: serverCa,
  });
  const post = (path: string, body?: object) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const payload = body ? JSON.stringify(body) : '';
      const headers = body
        ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
        : { 'content-length': 0 };
      const question = request(`${url}${path}`, { agent, method: 'POST', headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>),
        );
      });
      question.on('error', reject);
      question.end(payload);
    });
  return { kioskId, post, close: () => agent.destroy() };
}

/** Every kiosk authenticates card after card; a refusal fails the benchmark: only whole authentications count. */
async function round(
  clients: readonly KioskClient[],
  cards: readonly BenchCard[],
  seconds: number,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let next = 0;
  let done = 0;
  const work = async (client: KioskClient) => {
    while (performance.now() < end) {
      await authenticateOnce(client, cards[next++ % cards.length]!);
      done += 1;
    }
  };
  await Promise.all(clients.map(work));
  return done / ((performance.now() - start) / 1000);
}

async function authenticateOnce({ kioskId, post }: KioskClient, card: BenchCard): Promise<void> {
  const session = await post('/v1/sessions');
  const sessionId = String(session.sessionId);
  const message = challengeMessage(kioskId, sessionId, Buffer.from(String(session.challenge), 'base64'));
  const signature = sign('sha256', message, card.key).toString('base64');
  const { certificate } = card;
  const answer = await post(`/v1/sessions/${sessionId}/authentication`, { certificate, signature });
  if (answer.kind !== 'authenticated') throw new Error(`refused: ${JSON.stringify(answer)}`);
}

async function startProcess(file: string, env: NodeJS.ProcessEnv) {
  const child = fork(new URL(file, import.meta.url), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended before it was ready`);
  });
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
  ended.catch(() => undefined);
  return { child, ready };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
