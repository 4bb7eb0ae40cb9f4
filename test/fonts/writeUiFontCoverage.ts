/** Writes certificate-templates/uiFontCoverage.json: `node --import tsx test/fonts/writeUiFontCoverage.ts`. */
import { writeFileSync } from 'node:fs';
import { toRuns, uiFontCodePoints } from './uiFontFiles.ts';

const file = new URL('../../certificate-templates/uiFontCoverage.json', import.meta.url);
writeFileSync(file, `${JSON.stringify({ runs: toRuns(uiFontCodePoints()) }, null, 2)}\n`);
