/** The issuance center as a process: settings, start, one line when ready, an orderly end. */
import { startCenter, type RunningCenter } from './center.ts';
import { readConfig, type CenterConfig } from './config.ts';

/** A setting or a machine the center cannot start with (documented in OPERATIONS.md). */
const EXIT_CANNOT_START = 2;

function fail(error: unknown): never {
  process.stderr.write(`issuance-center: ${(error as Error).message}\n`);
  process.exit(EXIT_CANNOT_START);
}

function settings(): CenterConfig {
  try {
    return readConfig(process.env);
  } catch (error) {
    return fail(error);
  }
}

const starting = startCenter(settings());
// from the first moment on: an end asked for during the start waits for it, so that no server is left behind
let ending = false;
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(event, () => {
    if (ending) return;
    ending = true;
    void starting.then(({ stop }) => stop()).then(() => process.exit(0), fail);
  });
}

const center: RunningCenter = await starting.catch(fail);
const { url, adminUrl, publicUrl, consoleUrl, feedUrl } = center;
process.stdout.write(
  `center ready ${url} admin ${adminUrl} verify ${publicUrl} console ${consoleUrl} feed ${feedUrl}\n`,
);
process.send?.({
  type: 'ready',
  url,
  adminUrl,
  publicUrl,
  consoleUrl,
  feedUrl,
});
