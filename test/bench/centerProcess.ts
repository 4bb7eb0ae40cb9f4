/** The center from its environment, as main.ts starts it, but without the limit of calls per kiosk. */
import { startCenter } from '#center/center.ts';
import { readConfig } from '#center/config.ts';

const center = await startCenter(readConfig(process.env), { kioskCallsPerMinute: 1_000_000 });
const stop = () => void center.stop().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('disconnect', stop);
process.send?.({ type: 'ready', url: center.url });
