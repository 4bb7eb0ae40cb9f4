/** Renders one document in a process of its own: `node --import tsx renderOnce.fixture.ts <name>`, prints its SHA-256. */
import { loadFonts } from './fontFile.ts';
import { openCertificateFont } from './font.ts';
import { createRenderer } from './renderer.ts';
import { composeRequest } from './request.ts';
import { exampleOrder, exampleTemplates, householdOf } from './documents.fixture.ts';

const [name] = process.argv.slice(2);
if (!name) throw new Error('give the name to print');
const order = exampleOrder({ value: householdOf(1, () => ({ name })) });
const composed = composeRequest(exampleTemplates, order);
if (composed.kind !== 'composed') throw new Error(composed.kind);
const outcome = createRenderer(openCertificateFont(loadFonts()))(composed.request);
if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
console.log(outcome.sha256);
