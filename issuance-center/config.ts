/** The center's settings, from the environment. Each is checked at start; a bad one is named with its reason. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DEBIAN_FONT_PATH } from './documents/fontFile.ts';
import type { ServiceMode } from './identity/trustAnchors.ts';

export interface CenterConfig {
  /** absent: a private PostgreSQL in dataDir */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  /** the name or address kiosks reach the center by; anything but localhost listens on every address */
  readonly host: string;
  /** kiosk API, mutual TLS; 0 picks a free port */
  readonly port: number;
  /** health and metrics, plain HTTP on 127.0.0.1; 0 picks a free port */
  readonly adminPort: number;
  /** verification page, plain HTTP on 127.0.0.1, behind a proxy that ends TLS; 0 picks a free port */
  readonly publicPort: number;
  /** where recipients reach it, as printed on every certificate; absent (demo): the address it listens on */
  readonly publicUrl?: string;
  /** the built verification page */
  readonly pageDir: string;
  /** the built page of the 利用登録 on the internet */
  readonly applyPageDir: string;
  /** register feeds of municipalities, mutual TLS; 0 picks a free port */
  readonly feedPort: number;
  /** municipal console, plain HTTP on 127.0.0.1, behind a proxy that ends TLS; 0 picks a free port */
  readonly consolePort: number;
  /** where staff reach it; passkeys are bound to its host. Absent (demo): http://localhost:<consolePort> */
  readonly consoleUrl?: string;
  /** the built console */
  readonly consolePageDir: string;
  /** where a counter's card reader answers the browser on its own machine */
  readonly counterReader: string;
  readonly trustDir: string;
  readonly ocspUrl?: string;
  readonly mode: ServiceMode;
  /** the instant the clock starts at, milliseconds; demo only */
  readonly demoNow?: number;
  readonly fontPath: string;
  readonly logLevel: (typeof logLevels)[number];
}

/** A setting the center will not start with. */
export class ConfigError extends Error {
  readonly variable: string;
  constructor(variable: string, reason: string) {
    super(`${variable}: ${reason}`);
    this.variable = variable;
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'not a port number')
  .transform(Number)
  .refine((value) => value <= 65_535, 'not a port number');
const url = (protocol: RegExp, what: string) => z.url({ protocol, error: `not ${what}` });

/** Printed on every back page beside the codes. */
const PUBLIC_URL_LIMIT = 60;

const environment = z.object({
  DATABASE_URL: url(/^postgres(ql)?$/, 'a postgres:// URL').optional(),
  DATA_DIR: z.string().default('.data'),
  CENTER_HOST: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/, 'not a host name or IPv4 address')
    .default('localhost'),
  CENTER_PORT: port.default(8443),
  ADMIN_PORT: port.default(0),
  PUBLIC_PORT: port.default(8780),
  PUBLIC_URL: url(/^https?$/, 'an https:// URL')
    .max(PUBLIC_URL_LIMIT, `longer than ${PUBLIC_URL_LIMIT} characters: people type it`)
    .optional(),
  VERIFY_PAGE_DIR: z.string().default('dist/verify'),
  APPLY_PAGE_DIR: z.string().default('dist/apply'),
  FEED_PORT: port.default(8444),
  CONSOLE_PORT: port.default(8790),
  CONSOLE_URL: url(/^https?$/, 'an https:// URL').optional(),
  CONSOLE_PAGE_DIR: z.string().default('dist/console'),
  COUNTER_READER: url(/^http$/, 'an http:// URL on the counter machine').default('http://127.0.0.1:8791'),
  JPKI_TRUST_DIR: z.string({ error: 'not set: the directory with the pinned CA certificates' }),
  OCSP_URL: url(/^https?$/, 'an http:// or https:// URL').optional(),
  SERVICE_MODE: z
    .enum(['demo', 'production'], { error: 'neither demo nor production' })
    .default('production'),
  DEMO_NOW: z.iso
    .datetime({ offset: true, error: 'not an instant such as 2026-11-20T10:00:00+09:00' })
    .transform((text) => Date.parse(text))
    .optional(),
  CERTIFICATE_FONT: z.string().default(DEBIAN_FONT_PATH),
  LOG_LEVEL: z.enum(logLevels, { error: `none of ${logLevels.join(', ')}` }).default('info'),
});

/** Reads and checks the settings; an empty variable counts as not set. Throws ConfigError for the first bad one. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): CenterConfig {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(String(issue?.path[0]), issue?.message ?? 'not usable');
  }
  const values = parsed.data;
  if (values.DEMO_NOW !== undefined && values.SERVICE_MODE === 'production') {
    throw new ConfigError('DEMO_NOW', 'refused in production: certificates carry the real date');
  }
  if (values.SERVICE_MODE === 'production' && !values.PUBLIC_URL?.startsWith('https://')) {
    throw new ConfigError(
      'PUBLIC_URL',
      'not set to an https:// URL: it is printed on every certificate, and people trust what they read there',
    );
  }
  if (values.SERVICE_MODE === 'production' && !values.CONSOLE_URL?.startsWith('https://')) {
    throw new ConfigError('CONSOLE_URL', 'not set to an https:// URL: staff sign in there');
  }
  if (!existsSync(values.CERTIFICATE_FONT)) {
    throw new ConfigError(
      'CERTIFICATE_FONT',
      `no file ${values.CERTIFICATE_FONT} (Debian: fonts-ipamj-mincho)`,
    );
  }
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    host: values.CENTER_HOST,
    port: values.CENTER_PORT,
    adminPort: values.ADMIN_PORT,
    publicPort: values.PUBLIC_PORT,
    publicUrl: values.PUBLIC_URL,
    pageDir: values.VERIFY_PAGE_DIR,
    applyPageDir: values.APPLY_PAGE_DIR,
    feedPort: values.FEED_PORT,
    consolePort: values.CONSOLE_PORT,
    consoleUrl: values.CONSOLE_URL,
    consolePageDir: values.CONSOLE_PAGE_DIR,
    counterReader: values.COUNTER_READER,
    trustDir: values.JPKI_TRUST_DIR,
    ocspUrl: values.OCSP_URL,
    mode: values.SERVICE_MODE,
    demoNow: values.DEMO_NOW,
    fontPath: values.CERTIFICATE_FONT,
    logLevel: values.LOG_LEVEL,
  });
}

/** For commands beside the center, which need the database and the keys only. */
export interface StorePlace {
  readonly databaseUrl?: string;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly feedPort: number;
}

const storeEnvironment = environment.pick({
  DATABASE_URL: true,
  DATA_DIR: true,
  CENTER_HOST: true,
  CENTER_PORT: true,
  FEED_PORT: true,
});

/** The settings a command needs. Throws ConfigError. */
export function readStorePlace(env: Readonly<Record<string, string | undefined>>): StorePlace {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = storeEnvironment.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(String(issue?.path[0]), issue?.message ?? 'not usable');
  }
  return {
    databaseUrl: parsed.data.DATABASE_URL,
    dataDir: parsed.data.DATA_DIR,
    host: parsed.data.CENTER_HOST,
    port: parsed.data.CENTER_PORT,
    feedPort: parsed.data.FEED_PORT,
  };
}
