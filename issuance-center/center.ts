/**
 * The whole center put together and started, in one visible place. `main.ts` runs it from the environment; tests,
 * benchmarks and the demo run it in their own process.
 */
import { createServer, type AddressInfo } from 'node:net';
import { loadTemplates, templateDigest, type Loaded, type Templates } from '#templates/load.ts';
import type { Clock } from '#templates/vocabulary.ts';
import type { FastifyInstance } from 'fastify';
import type { DestinationStream, Logger } from 'pino';
import { buildAdminApp } from './adminApp.ts';
import { buildApp, type CenterDeps } from './app.ts';
import { appendAudit } from './audit/chain.ts';
import { ConfigError, type CenterConfig } from './config.ts';
import { buildConsoleApp } from './console/app.ts';
import { consoleKey } from './console/consoleSecrets.ts';
import { forgetDeadSessions } from './console/sessions.ts';
import type { Configuration } from './configuration/configuration.ts';
import { databaseConfiguration } from './configuration/databaseConfiguration.ts';
import { installProfiles } from './configuration/installProfiles.ts';
import { endOverdueTestIssues } from './configuration/testIssues.ts';
import type { CenterDatabase } from './database/connect.ts';
import { databaseFor } from './database/open.ts';
import { openCertificateFont } from './documents/font.ts';
import { loadFonts } from './documents/fontFile.ts';
import { warmUpRequests } from './documents/warmUp.ts';
import { startRenderPool, type RenderPool } from './documents/workerPool.ts';
import { expireApplications, registrationsInTurn } from './domicile/endings.ts';
import { forgetOldChallenges } from './domicile/challenges.ts';
import { ocspClient } from './identity/ocspClient.ts';
import { forgetOldSessions } from './identity/session.ts';
import { TrustError, loadTrustAnchors, type TrustAnchor } from './identity/trustAnchors.ts';
import type { Fronts } from './issuing/deps.ts';
import { flagOverdue } from './issuing/settle.ts';
import { centerKeys, type CenterKeys } from './kiosks/centerKeys.ts';
import { centerLog } from './observability/log.ts';
import { centerMetrics, type Metrics } from './observability/metrics.ts';
import { buildFeedApp } from './registers/door/feedApp.ts';
import { applyDueEverywhere } from './registers/pending.ts';
import { glyphBlocks, privateGlyphBlocks } from './verification/glyphBlocks.ts';
import { municipalityKeys } from './verification/municipalityKeys.ts';
import { buildPublicApp } from './verification/publicApp.ts';

export interface CenterOptions {
  /** default: the machine's clock, moved to DEMO_NOW when that is set */
  readonly clock?: Clock;
  /** benchmarks call more often than a kiosk may */
  readonly kioskCallsPerMinute?: number;
  readonly ocspTimeoutMs?: number;
  /** default: stderr */
  readonly logTo?: DestinationStream;
}

export interface RunningCenter {
  /** kiosk API, e.g. https://localhost:8443 */
  readonly url: string;
  /** health and metrics, e.g. http://127.0.0.1:41234 */
  readonly adminUrl: string;
  /** verification page, e.g. http://127.0.0.1:8780 */
  readonly publicUrl: string;
  /** municipal console, e.g. http://localhost:8790 */
  readonly consoleUrl: string;
  /** register feeds, e.g. https://localhost:8444 */
  readonly feedUrl: string;
  readonly db: CenterDatabase;
  readonly keys: CenterKeys;
  readonly clock: Clock;
  readonly configuration: Configuration;
  /** Ends everything that was started, the database last. */
  readonly stop: () => Promise<void>;
}

/** How often expired certificates are flagged and old sessions forgotten. */
const SWEEP_INTERVAL_MS = 60_000;

/** Starts the center; when a step fails, what was started before it is stopped again. Throws with one clear sentence. */
export async function startCenter(config: CenterConfig, options: CenterOptions = {}): Promise<RunningCenter> {
  const clock = options.clock ?? clockOf(config);
  const cleanUp: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of cleanUp.splice(0).reverse()) await close();
  };
  try {
    const anchors = trustAnchorsOf(config);
    const templates = loadTemplates();
    const font = loadFonts(config.fontPath);
    const certificateFont = openCertificateFont(font);
    // TLS compares certificates with the machine's clock, whatever day the demo plays on
    const keys = await centerKeys(config.dataDir, Date.now(), config.host);
    const warmUp = warmUpRequests(templates, undefined, 'issued');
    const pool = startRenderPool({ font, seal: keys.documentSealer, warmUp });
    cleanUp.push(pool.close);
    const opened = await databaseFor(config);
    cleanUp.push(opened.close);
    const { db } = opened;
    const configuration = databaseConfiguration(db, templates, certificateFont);
    if (config.mode === 'demo') await installProfiles(db, templates, clock());
    const metrics = centerMetrics();
    const log = centerLog(config.logLevel, options.logTo);
    if (font.missing.length > 0) log.warn({ missing: font.missing }, 'fallback fonts missing');
    const joined = (await configuration.names()).map(({ municipality }) => municipality);
    const municipalities = municipalityKeys(config.dataDir, joined);
    const glyphsOf = glyphBlocks(certificateFont);
    const privateGlyphsOf = privateGlyphBlocks(
      async (municipality) =>
        (await configuration.inForce(db, municipality, clock()))?.font ?? certificateFont,
    );
    const applying: { deps?: CenterDeps } = {};
    const publicApp = await buildPublicApp({
      ...config,
      applying: () => applying.deps,
      db,
      kinds: templates.kinds,
      names: configuration.names,
      clock,
      metrics,
      log,
      keys: municipalities.published,
      caCertificate: keys.caCertificate,
      glyphsOf,
      privateGlyphsOf,
    });
    cleanUp.push(() => publicApp.close());
    // listened to first: where that is, is printed on the certificates
    const publicPort = await listen(publicApp, LOOPBACK, config.publicPort, 'PUBLIC_PORT');
    const publicUrl = config.publicUrl ?? `http://${LOOPBACK}:${publicPort}`;
    const deps = depsOf({
      log,
      fronts: { keyOf: municipalities.keyOf, verificationUrl: publicUrl },
      config,
      options,
      clock,
      anchors,
      configuration,
      pool,
      keys,
      metrics,
      db,
    });
    await pool.ready;
    applying.deps = deps;
    const app = await buildApp(deps);
    cleanUp.push(() => app.close());
    const admin = buildAdminApp({ ...deps, openApi: () => app.swagger() });
    cleanUp.push(() => admin.close());
    await app.ready();
    const feedApp = await buildFeedApp({ ...deps, fingerprintOf: undefined, font: certificateFont });
    cleanUp.push(() => feedApp.close());
    const feedPort = await listen(
      feedApp as unknown as FastifyInstance,
      addressFor(config.host),
      config.feedPort,
      'FEED_PORT',
    );
    const feedUrl = `https://${config.host}:${feedPort}`;
    const consolePort = config.consolePort || (await freePort());
    const origin = config.consoleUrl?.replace(/\/$/, '') ?? `http://localhost:${consolePort}`;
    const consoleApp = await buildConsoleApp({
      ...deps,
      verificationUrl: publicUrl,
      glyphsOf,
      privateGlyphsOf,
      origin,
      consoleKey: consoleKey(config.dataDir),
      pageDir: config.consolePageDir,
      counterReaderOrigin: config.counterReader,
      keys,
      feedUrl,
      fontPath: config.fontPath,
    });
    cleanUp.push(() => consoleApp.close());
    await listen(consoleApp, LOOPBACK, consolePort, 'CONSOLE_PORT');
    const adminPort = await listen(admin, LOOPBACK, config.adminPort, 'ADMIN_PORT');
    await appendAudit(db, clock(), 'center-started', startedEvent(config, anchors, templates));
    cleanUp.push(() => appendAudit(db, clock(), 'center-stopped', {}));
    cleanUp.push(startSweep(deps));
    const port = await listen(
      app as unknown as FastifyInstance,
      addressFor(config.host),
      config.port,
      'CENTER_PORT',
    );
    return {
      url: `https://${config.host}:${port}`,
      adminUrl: `http://127.0.0.1:${adminPort}`,
      publicUrl: `http://${LOOPBACK}:${publicPort}`,
      consoleUrl: origin,
      feedUrl,
      db,
      keys,
      clock,
      configuration,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Parts {
  readonly log: Logger;
  readonly fronts: Fronts;
  readonly config: CenterConfig;
  readonly options: CenterOptions;
  readonly clock: Clock;
  readonly anchors: readonly TrustAnchor[];
  readonly configuration: Configuration;
  readonly pool: RenderPool;
  readonly keys: CenterKeys;
  readonly metrics: Metrics;
  readonly db: CenterDatabase;
}

function depsOf(parts: Parts): CenterDeps {
  const { options, clock, anchors, configuration, pool, keys, metrics, db, log, fronts } = parts;
  return {
    db,
    clock,
    anchors,
    configuration,
    metrics,
    ocsp: ocspClient(clock, options.ocspTimeoutMs),
    render: pool.render,
    manifestKey: keys.manifestKey,
    fronts,
    log,
    tls: { key: keys.serverKey, cert: keys.serverCertificate, ca: keys.caCertificate },
    kioskCallsPerMinute: options.kioskCallsPerMinute,
  };
}

/** The machine's clock; with DEMO_NOW one that starts there and runs on. */
export function clockOf({ demoNow }: Pick<CenterConfig, 'demoNow'>): Clock {
  if (demoNow === undefined) return Date.now;
  // counted from the birth of the process: clocks of processes started together agree, however long each start takes
  const offset = Math.round(demoNow - performance.timeOrigin);
  return () => Date.now() + offset;
}

function trustAnchorsOf({ trustDir, mode, ocspUrl }: CenterConfig): readonly TrustAnchor[] {
  try {
    return loadTrustAnchors({ directory: trustDir, mode, ocspUrl });
  } catch (error) {
    if (error instanceof TrustError) throw new ConfigError('JPKI_TRUST_DIR', error.message);
    throw error;
  }
}

function startedEvent({ mode }: CenterConfig, anchors: readonly TrustAnchor[], templates: Templates) {
  // profiles change while the center runs: each version has an event of its own
  const { kinds, layouts } = templates;
  const all = [kinds, layouts].flatMap((part): Pick<Loaded<unknown>, 'digest'>[] => [...part.values()]);
  return { mode, templates: templateDigest(...all), anchors: anchors.map(({ keyId }) => keyId) };
}

const LOOPBACK = '127.0.0.1';

/** A port nobody listens on: what the console is reached by is part of what it answers. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, LOOPBACK, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}

function addressFor(host: string): string {
  return host === 'localhost' ? LOOPBACK : '0.0.0.0';
}

async function listen(app: FastifyInstance, host: string, port: number, variable: string): Promise<number> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      variable,
      code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot listen (${code})`,
    );
  }
  return (app.server.address() as AddressInfo).port;
}

/** Flags what expired and forgets old sessions, now and then every minute; the result ends it. */
function startSweep({ db, clock, metrics, log }: CenterDeps): () => Promise<void> {
  const endRegistrationsOver = registrationsInTurn(db);
  const sweep = async () => {
    try {
      metrics.overdue.inc(await flagOverdue(db, clock()));
      await forgetOldSessions(db, clock());
      await forgetDeadSessions(db, clock());
      await endOverdueTestIssues(db, clock());
      await applyDueEverywhere(db, clock());
      await expireApplications(db, clock());
      await endRegistrationsOver(clock());
      await forgetOldChallenges(db, clock());
    } catch (error) {
      log.error({ err: error }, 'sweep');
    }
  };
  let running = sweep();
  const timer = setInterval(() => {
    running = running.then(sweep);
  }, SWEEP_INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return running;
  };
}
