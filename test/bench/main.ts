/**
 * `npm run bench`: one JSON object on stdout, progress on stderr. Medians on this machine; compare within one run.
 * `npm run bench -- render authentication` runs only the named parts.
 */
import { benchAuthentication } from './authenticationBench.ts';
import { benchFeed } from './feedBench.ts';
import { benchMunicipalities } from './municipalitiesBench.ts';
import { benchKeyboard } from './keyboardBench.ts';
import { benchPeers } from './peersBench.ts';
import { benchPool } from './poolBench.ts';
import { benchRender } from './renderBench.ts';
import { benchStart } from './startBench.ts';
import { benchVisit } from './visitBench.ts';

const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`);
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** of this run, for the peers' ratios */
let ownPageCpuMs: number | undefined;

/** In this order: what is measured in this process first, before anything else has grown its memory. */
const parts: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  render: async () => {
    const figures = await benchRender();
    ownPageCpuMs = figures.residentRecordPageCpuMs;
    return { ...figures };
  },
  peers: async () => {
    ownPageCpuMs ??= (await benchRender({ rounds: 3, flatOver: 0 })).residentRecordPageCpuMs;
    return benchPeers(ownPageCpuMs, say);
  },
  pool: async () => ({ ...(await benchPool()) }),
  keyboard: async () => {
    const { keyboardCandidatesMs, keyboardWorstMs } = benchKeyboard();
    return {
      keyboardCandidatesMs: rounded(keyboardCandidatesMs),
      keyboardWorstMs: rounded(keyboardWorstMs),
    };
  },
  authentication: async () => ({ ...(await benchAuthentication()) }),
  visit: async () => {
    const { confirmToDocumentMs, touchToScreenMs } = await benchVisit(say);
    return { confirmToDocumentMs: rounded(confirmToDocumentMs), touchToScreenMs: rounded(touchToScreenMs) };
  },
  feed: async () => ({ ...(await benchFeed(say)) }),
  municipalities: async () => ({ ...(await benchMunicipalities(say)) }),
  start: async () => ({ startToReadyMs: Math.round(await benchStart()) }),
};

const only = process.argv.slice(2);
const unknown = only.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(`bench: no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}
let figures: Record<string, unknown> = {};
for (const [name, run] of Object.entries(parts)) {
  if (only.length > 0 && !only.includes(name)) continue;
  say(name);
  figures = { ...figures, ...(await run()) };
}
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
