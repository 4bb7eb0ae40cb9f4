/** The kiosk agent with the reader inside its own process, for machines where pcscd cannot be had. Same agent, same card. */
import { createDirectReader } from '#simulators/reader/directReader.ts';
import { createDirectReaderPort } from '#simulators/reader/directReaderPort.ts';
import { connectDevices } from '#agent/devices.ts';
import { runAgent } from '#agent/main.ts';

const port = Number(process.env.DIRECT_READER_PORT);
const reader = createDirectReaderPort(await createDirectReader({ port }));
runAgent((config, clock) => connectDevices(config, clock, reader));
