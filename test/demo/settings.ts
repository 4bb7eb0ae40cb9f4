/** The demo's settings from the environment, checked before anything starts. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { portFrom, type Port } from './ports.ts';

export interface DemoSettings {
  readonly dataDir: string;
  readonly kiosk: Port;
  readonly center: Port;
  readonly panel: Port;
  /** verification page */
  readonly verify: Port;
  /** register feeds */
  readonly feed: Port;
  /** municipal console */
  readonly console: Port;
  readonly demoNow?: number;
  readonly databaseUrl?: string;
  readonly printerUrl?: string;
  readonly ocspUrl?: string;
  readonly trustDir?: string;
}

const url = (variable: string, protocols: RegExp, example: string) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.test(new URL(text).protocol),
      `${variable} must be a URL such as ${example}`,
    )
    .optional();
const environment = z.object({
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url('DATABASE_URL', /^postgres(ql)?:$/, 'postgres://user:password@localhost/kiosk'),
  PRINTER_URL: url('PRINTER_URL', /^ipps?:$/, 'ipp://printer.local/ipp/print'),
  OCSP_URL: url('OCSP_URL', /^https?:$/, 'http://ocsp.example/'),
  JPKI_TRUST_DIR: z.string().optional(),
  DEMO_NOW: z.iso
    .datetime({ offset: true, error: 'DEMO_NOW must be an instant such as 2026-11-20T10:00:00+09:00' })
    .optional(),
});

/** Throws Error with one sentence naming the variable. An empty variable counts as not set. */
export function demoSettings(env: NodeJS.ProcessEnv): DemoSettings {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? 'the environment is not usable');
  const values = parsed.data;
  return {
    dataDir: resolve(values.DATA_DIR),
    kiosk: portFrom(env, 'KIOSK_PORT', 8787),
    center: portFrom(env, 'CENTER_PORT', 8443),
    panel: portFrom(env, 'PANEL_PORT', 8785),
    verify: portFrom(env, 'PUBLIC_PORT', 8780),
    feed: portFrom(env, 'FEED_PORT', 8444),
    console: portFrom(env, 'CONSOLE_PORT', 8790),
    demoNow: values.DEMO_NOW === undefined ? undefined : Date.parse(values.DEMO_NOW),
    databaseUrl: values.DATABASE_URL,
    printerUrl: values.PRINTER_URL,
    ocspUrl: values.OCSP_URL,
    trustDir: values.JPKI_TRUST_DIR,
  };
}
