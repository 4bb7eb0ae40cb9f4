/** The demo's two processes: the center and the agent, each with the environment a real one would be given. */
import { join, resolve } from 'node:path';
import { startChild, type Child, type ChildOptions } from './childProcess.ts';
import type { Devices } from './devices.ts';
import type { Place, StackOptions } from './stack.ts';

/** As the receipts of the demo name the store and its machine. */
export const DEMO_STORE = {
  STORE_NAME: '見本ストア架空中央店',
  STORE_NUMBER: '0001',
  MACHINE_SERIAL: 'DEMO-KSK-0001',
} as const;

/** Made anew for every start: a process that starts later starts later on the demo's clock too. */
export interface StackChildren {
  readonly center: () => ChildOptions;
  readonly agent: () => ChildOptions;
}

export function childOptions(place: Place, options: StackOptions, devices: Devices): StackChildren {
  const common: NodeJS.ProcessEnv = { ...process.env, ...options.env, DATA_DIR: place.dataDir };
  const now = (): NodeJS.ProcessEnv =>
    options.demoNow === undefined ? {} : { DEMO_NOW: new Date(place.clock()).toISOString() };
  return {
    center: () => ({
      name: 'issuance-center',
      script: 'issuance-center/main.ts',
      logFile: join(place.dataDir, 'log/center.log'),
      env: {
        ...common,
        CENTER_PORT: String(place.centerPort),
        PUBLIC_PORT: String(place.publicPort),
        FEED_PORT: String(place.feedPort),
        CONSOLE_PORT: String(place.consolePort),
        VERIFY_PAGE_DIR: resolve(import.meta.dirname, '../../dist/verify'),
        APPLY_PAGE_DIR: resolve(import.meta.dirname, '../../dist/apply'),
        CONSOLE_PAGE_DIR: resolve(import.meta.dirname, '../../dist/console'),
        JPKI_TRUST_DIR: options.trustDir ?? devices.authority.trustDir,
        OCSP_URL: options.ocspUrl ?? devices.ocsp.url,
        SERVICE_MODE: 'demo',
        ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
        ...now(),
      },
    }),
    agent: () => ({
      name: 'kiosk-agent',
      script: devices.reader.agentScript,
      logFile: join(place.dataDir, 'log/agent.log'),
      env: {
        ...common,
        KIOSK_PORT: String(place.kioskPort),
        KIOSK_ENROLMENT: place.enrolmentFile,
        PRINTER_URL: options.printerUrl ?? devices.printer.url,
        PAYMENT_URL: devices.payment.url,
        STAFF_CODE_FILE: place.staffCodeFile,
        ...DEMO_STORE,
        RENDERER_DIR: resolve(import.meta.dirname, '../../dist/renderer'),
        ...devices.reader.env,
        ...now(),
      },
    }),
  };
}

export interface StackProcesses {
  agent(): Child;
  center(): Child;
  restartAgent(): Promise<void>;
  restartCenter(): Promise<void>;
}

/**
 * The center first: the agent's first look at its devices then finds it, and a visit can begin at once. `whenCenterIsUp`
 * is done before the agent starts.
 */
export async function startProcesses(
  children: StackChildren,
  stops: (() => Promise<void>)[],
  whenCenterIsUp: (center: Child) => Promise<void>,
): Promise<StackProcesses> {
  let center = await startChild(children.center());
  stops.push(() => center.stop());
  await whenCenterIsUp(center);
  let agent = await startChild(children.agent());
  stops.push(() => agent.stop());
  return {
    agent: () => agent,
    center: () => center,
    restartAgent: async () => {
      await agent.stop();
      agent = await startChild(children.agent());
    },
    restartCenter: async () => {
      await center.stop();
      center = await startChild(children.center());
    },
  };
}
