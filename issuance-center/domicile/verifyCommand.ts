/**
 * `npm run application:verify -- <申請番号>`: checks the stored evidence of an application again, step by step, one line a
 * step. Needs JPKI_TRUST_DIR and SERVICE_MODE as the center has them. Exit 0 verified, 1 broken, 2 not there or not readable.
 */
import { parseArgs } from 'node:util';
import { readConfig, readStorePlace } from '../config.ts';
import { applicationNumber } from '../contract/domicileApplication.ts';
import { databaseFor } from '../database/open.ts';
import { loadTrustAnchors } from '../identity/trustAnchors.ts';
import { verifyStored } from './verifyStored.ts';

/** Nobody is asked: what the responder said is kept. */
const NOBODY_IS_ASKED = 'http://127.0.0.1:9';

function numberOf() {
  const { positionals } = parseArgs({ allowPositionals: true });
  const parsed = applicationNumber.safeParse(positionals[0]);
  if (!parsed.success || positionals.length !== 1)
    throw new Error('usage: application:verify -- XXXX-XXXX-XXXX');
  return parsed.data;
}

try {
  const number = numberOf();
  const { trustDir, mode } = readConfig(process.env);
  const anchors = loadTrustAnchors({ directory: trustDir, mode, ocspUrl: NOBODY_IS_ASKED });
  const opened = await databaseFor(readStorePlace(process.env));
  try {
    const verdict = await verifyStored(opened.db, anchors, number);
    if (verdict.kind === 'unknown') throw new Error('there is no application with this number');
    for (const { step, fault } of verdict.steps) process.stdout.write(`${fault ?? 'ok'}\t${step}\n`);
    process.stdout.write(`${verdict.kind}\n`);
    process.exitCode = verdict.kind === 'verified' ? 0 : 1;
  } finally {
    await opened.close();
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
