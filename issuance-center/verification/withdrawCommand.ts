/**
 * `npm run certificates:withdraw -- <issue number> --reason <id>`: recipients hear "withdrawn" from now on. Exit 0 also when
 * it was withdrawn before, 2 when there is no such certificate or it is void.
 */
import { parseArgs } from 'node:util';
import { readStorePlace } from '../config.ts';
import { typedIssueNumber } from '../contract/verification.ts';
import { databaseFor } from '../database/open.ts';
import { withdrawCertificate } from './withdraw.ts';
import { withdrawalReasons, type WithdrawalReason } from './withdrawalReasons.ts';

const USAGE = [
  'usage: certificates:withdraw -- <issue number> --reason <id>',
  ...Object.entries(withdrawalReasons).map(([id, words]) => `  ${id.padEnd(20)} ${words}`),
].join('\n');

function argumentsOf(): {
  issueNumber: ReturnType<typeof typedIssueNumber> & string;
  reason: WithdrawalReason;
} {
  const { values, positionals } = parseArgs({
    options: { reason: { type: 'string' } },
    allowPositionals: true,
  });
  const issueNumber = typedIssueNumber(positionals[0] ?? '');
  const reason = values.reason ?? '';
  if (!issueNumber || positionals.length !== 1 || !Object.hasOwn(withdrawalReasons, reason))
    throw new Error(USAGE);
  return { issueNumber, reason: reason as WithdrawalReason };
}

try {
  const { issueNumber, reason } = argumentsOf();
  const opened = await databaseFor(readStorePlace(process.env));
  try {
    const done = await withdrawCertificate(opened.db, issueNumber, reason, Date.now());
    if (done.kind === 'nothing-to-withdraw') throw new Error(`no certificate ${issueNumber}, or it is void`);
    const words =
      done.kind === 'withdrawn'
        ? `withdrawn (${reason})`
        : `was withdrawn on ${done.at.toISOString()} (${done.reason})`;
    process.stdout.write(`certificate ${issueNumber} ${words}\n`);
  } finally {
    await opened.close();
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
