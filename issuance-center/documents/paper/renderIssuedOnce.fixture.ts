/** Renders one issued document in a process of its own: `node --import tsx renderIssuedOnce.fixture.ts <data dir>`, prints its SHA-256. */
import { centerKeys } from '../../kiosks/centerKeys.ts';
import { openCertificateFont } from '../font.ts';
import { loadFonts } from '../fontFile.ts';
import { createRenderer } from '../renderer.ts';
import { issuedFinish, requestOf } from './paper.fixture.ts';

const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new Error('give the data directory with the keys');
const { documentSealer } = await centerKeys(dataDir, Date.now());
const render = createRenderer(openCertificateFont(loadFonts()), { seal: documentSealer });
const outcome = render(requestOf(issuedFinish));
if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
console.log(outcome.sha256);
