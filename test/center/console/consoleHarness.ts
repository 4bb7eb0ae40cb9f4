/**
 * The console without a port over the center's harness: staff of every role in two municipalities, signed in without the
 * ceremony that other tests are about.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { buildConsoleApp } from '#center/console/app.ts';
import type { ConsoleDeps } from '#center/console/consoleDeps.ts';
import type { Role } from '#center/console/permissions.ts';
import { hashPassword } from '#center/console/passwords.ts';
import { openStaffSession } from '#center/console/sessions.ts';
import { DEBIAN_FONT_PATH } from '#center/documents/fontFile.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { startHarness, VERIFICATION_URL, type Harness } from '../harness.ts';

export const ORIGIN = 'https://console.example';
/** みほん市 and ためし市 of the demo. */
export const HOME = '992011' as MunicipalityCode;
export const ELSEWHERE = '992020' as MunicipalityCode;

export interface SignedIn {
  readonly staffId: string;
  readonly municipality: MunicipalityCode;
  /** of the cookie */
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
}
export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface ConsoleHarness {
  readonly center: Harness;
  readonly app: FastifyInstance;
  readonly deps: ConsoleDeps;
  /** a new account with these roles, signed in */
  readonly staff: (roles: readonly Role[], municipality?: MunicipalityCode) => Promise<SignedIn>;
  readonly call: (who: SignedIn | null, method: Method, url: string, body?: object) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

/** One hash for every account of a test: scrypt is slow on purpose. */
export const PASSWORD = 'correct horse battery staple';
const passwordHash = hashPassword(PASSWORD);

/** A browser needs an origin it can reach, the built page and outlines of letters. */
export type ConsolePlace = Partial<
  Pick<ConsoleDeps, 'origin' | 'pageDir' | 'glyphsOf' | 'privateGlyphsOf' | 'verificationUrl'>
>;

export async function startConsole(place: ConsolePlace = {}): Promise<ConsoleHarness> {
  const center = await startHarness();
  const { deps: own } = center;
  const deps: ConsoleDeps = {
    ...own,
    verificationUrl: VERIFICATION_URL,
    glyphsOf: () => undefined,
    privateGlyphsOf: () => Promise.resolve(undefined),
    origin: ORIGIN,
    consoleKey: randomBytes(32),
    pageDir: '/nowhere',
    counterReaderOrigin: 'http://127.0.0.1:8791',
    keys: center.keys,
    feedUrl: 'https://center.example:8444',
    fontPath: DEBIAN_FONT_PATH,
    callsPerMinute: 100_000,
    ...place,
  };
  const app = await buildConsoleApp(deps);
  await app.ready();
  const staff: ConsoleHarness['staff'] = async (roles, municipality = HOME) => {
    const staffId = randomUUID();
    await center.db
      .insertInto('staff')
      .values({
        id: staffId,
        municipality,
        login: `${staffId.slice(0, 8)}@${municipality}`,
        display_name: `職員 ${staffId.slice(0, 4)}`,
        roles: [...roles],
        state: 'active',
        password_hash: await passwordHash,
        one_time_secret: null,
        invitation_hash: null,
        invitation_until: null,
        locked_until: null,
        created_at: new Date(own.clock()),
        created_by: 'operator',
      })
      .execute();
    const { token, csrf } = await openStaffSession(center.db, staffId, 'full', own.clock());
    const cookie = deps.origin.startsWith('https:') ? '__Host-console' : 'console';
    const headers = { cookie: `${cookie}=${token}`, origin: deps.origin, 'x-csrf-token': csrf };
    return { staffId, municipality, token, headers };
  };
  const call: ConsoleHarness['call'] = async (who, method, url, body) => {
    const headers = who?.headers ?? { origin: deps.origin };
    const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      text: answer.body,
      body: isJson ? (answer.json() as Record<string, unknown>) : {},
      headers: answer.headers,
      bytes: answer.rawPayload,
    };
  };
  const close = async () => {
    await app.close();
    await center.close();
  };
  return { center, app, deps, staff, call, close };
}
