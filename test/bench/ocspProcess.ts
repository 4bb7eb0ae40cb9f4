/** The simulated OCSP responder as a process of its own, for benchmarks: AUTHORITY_DIR names the authority. */
import { createAuthority } from '#simulators/authority/authority.ts';
import { startOcspResponder } from '#simulators/authority/ocspResponder.ts';

const authority = await createAuthority(process.env.AUTHORITY_DIR ?? '', { clock: Date.now });
const responder = await startOcspResponder({ authority, port: 0, clock: Date.now });
process.on('SIGTERM', () => void responder.close().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', url: responder.url });
