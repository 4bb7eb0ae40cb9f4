/** The agent's environment, read once, checked, frozen. Every mistake says which variable and what is expected. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { kioskEnrolment, receiptRequest } from '#center/contract/kioskApi.ts';
import type { KioskEnrolment, ReceiptRequest } from '#center/contract/kioskApi.ts';
import { visitSettings } from './visit/settings.ts';
import type { VisitSettings } from './visit/settings.ts';
import { parseStaffCode } from './visit/staffCode.ts';

export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

const environment = z.object({
  /** screen and device link, on 127.0.0.1 */
  KIOSK_PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  DATA_DIR: z.string().min(1).default('.data'),
  /** written by `npm run kiosk:enrol` */
  KIOSK_ENROLMENT: z.string().min(1).optional(),
  PRINTER_URL: z.string().regex(/^ipps?:\/\//, 'expected ipp:// or ipps://'),
  PAYMENT_URL: z.string().url(),
  /** part of the reader's PC/SC name; without it the first reader */
  CARD_READER: z.string().min(1).optional(),
  /** written by `npm run kiosk:staff-code` */
  STAFF_CODE_FILE: z.string().min(1).optional(),
  /** as a receipt names them */
  STORE_NAME: receiptRequest.shape.store.shape.name,
  STORE_NUMBER: receiptRequest.shape.store.shape.number,
  MACHINE_SERIAL: receiptRequest.shape.store.shape.machineSerial,
  RENDERER_DIR: z.string().min(1).default('dist/renderer'),
  /** the demo's day, ISO 8601: the clock starts there */
  DEMO_NOW: z.string().datetime({ offset: true }).optional(),
  /** `closed`: starts out of service until the staff opens it */
  KIOSK_SERVICE: z.enum(['open', 'closed']).default('open'),
  /** times and limits of a visit as one JSON object; what is not named keeps its default */
  VISIT_SETTINGS: z
    .string()
    .default('{}')
    .transform((text, context) => readVisitSettings(text) ?? rejected(context)),
});

/** Null when it is not JSON, names a setting that does not exist, or gives one a value it cannot have. */
function readVisitSettings(text: string): VisitSettings | null {
  try {
    return z.strictObject(visitSettings.shape).parse(JSON.parse(text));
  } catch {
    return null;
  }
}
function rejected(context: z.RefinementCtx): never {
  const example = '{"stillThereAfterMs":45000}';
  context.addIssue({ code: 'custom', message: `expected JSON of known settings, such as ${example}` });
  return z.NEVER;
}

export interface AgentConfig {
  readonly port: number;
  /** DATA_DIR/kiosk: journal, screen token */
  readonly directory: string;
  readonly enrolment: KioskEnrolment;
  readonly printerUrl: string;
  readonly paymentUrl: string;
  readonly cardReader: string | null;
  readonly staffCode: ReturnType<typeof parseStaffCode>;
  readonly store: ReceiptRequest['store'];
  readonly rendererDirectory: string;
  /** ISO 8601; null: the real time */
  readonly demoNow: string | null;
  readonly serviceMode: 'open' | 'closed';
  readonly visitSettings?: VisitSettings;
}

/** Reads the variables and the two files they name. Throws ConfigError; no secret is in its message. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): AgentConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigError(lines.join('\n'));
  }
  const values = parsed.data;
  const directory = join(resolve(values.DATA_DIR), 'kiosk');
  return Object.freeze({
    port: values.KIOSK_PORT,
    directory,
    enrolment: readEnrolment(values.KIOSK_ENROLMENT ?? join(directory, 'enrolment.json')),
    printerUrl: values.PRINTER_URL,
    paymentUrl: values.PAYMENT_URL,
    cardReader: values.CARD_READER ?? null,
    staffCode: readStaffCode(values.STAFF_CODE_FILE ?? join(directory, 'staff-code')),
    store: {
      name: values.STORE_NAME,
      number: values.STORE_NUMBER,
      machineSerial: values.MACHINE_SERIAL,
    },
    rendererDirectory: resolve(values.RENDERER_DIR),
    demoNow: values.DEMO_NOW ?? null,
    serviceMode: values.KIOSK_SERVICE,
    visitSettings: values.VISIT_SETTINGS,
  });
}

function read(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new ConfigError(`${variable}: cannot read ${file} (${code})`);
  }
}

function readEnrolment(file: string): KioskEnrolment {
  const text = read('KIOSK_ENROLMENT', file);
  try {
    return kioskEnrolment.parse(JSON.parse(text));
  } catch {
    throw new ConfigError(`KIOSK_ENROLMENT: ${file} is not an enrolment; make one with npm run kiosk:enrol`);
  }
}

function readStaffCode(file: string): ReturnType<typeof parseStaffCode> {
  const text = read('STAFF_CODE_FILE', file);
  try {
    return parseStaffCode(text);
  } catch {
    throw new ConfigError(
      `STAFF_CODE_FILE: ${file} holds no store code; make one with npm run kiosk:staff-code`,
    );
  }
}
