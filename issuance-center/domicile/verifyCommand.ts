/**
 * `npm run application:verify -- --number <申請番号>`: checks the stored evidence of an application again, step by step, one line a
 * step. Needs JPKI_TRUST_DIR and SERVICE_MODE as the center has them. Exit 0 verified, 1 broken, 2 not there or not readable.
 */
import { z } from 'zod';
import { applicationNumber } from '../contract/domicileApplication.ts';
import { readConfig } from '../config.ts';
import { runCommand } from '../database/command.ts';
import { loadTrustAnchors } from '../identity/trustAnchors.ts';
import { verifyStored } from './verifyStored.ts';

const wish = z.object({ number: applicationNumber });
/** Nobody is asked: what the responder said is kept. */
const NOBODY_IS_ASKED = 'http://127.0.0.1:9';

await runCommand(['number'], async ({ db, options }) => {
  const parsed = wish.safeParse(options);
  if (!parsed.success) throw new Error('usage: application:verify -- --number XXXX-XXXX-XXXX');
  const { trustDir, mode } = readConfig(process.env);
  const anchors = loadTrustAnchors({ directory: trustDir, mode, ocspUrl: NOBODY_IS_ASKED });
  const verdict = await verifyStored(db, anchors, parsed.data.number);
  if (verdict.kind === 'unknown') throw new Error('there is no application with this number');
  for (const { step, fault } of verdict.steps) process.stdout.write(`${fault ?? 'ok'}\t${step}\n`);
  process.stdout.write(`${verdict.kind}\n`);
  process.exitCode = verdict.kind === 'verified' ? 0 : 1;
});
