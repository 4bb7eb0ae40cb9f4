/**
 * Renders one document in a process of its own and prints its SHA-256:
 * `node --import tsx renderOnce.fixture.ts <name> [file of the municipality's characters]`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readCharacterFont } from '#templates/characterFont.ts';
import { loadFonts } from './fontFile.ts';
import { openCertificateFont } from './font.ts';
import { createRenderer } from './renderer.ts';
import { composeRequest } from './request.ts';
import { exampleOrder, exampleTemplates, householdOf } from './documents.fixture.ts';

const [name, fontFile] = process.argv.slice(2);
if (!name) throw new Error('give the name to print');
const order = exampleOrder({ value: householdOf(1, () => ({ name })) });
const composed = composeRequest(exampleTemplates, order);
if (composed.kind !== 'composed') throw new Error(composed.kind);
const request = { ...composed.request, characterFont: fontFile ? characterFont(fontFile) : undefined };
const outcome = createRenderer(openCertificateFont(loadFonts()))(request);
if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
console.log(outcome.sha256);

function characterFont(path: string) {
  const file = readFileSync(path);
  return { digest: createHash('sha256').update(file).digest('hex'), bytes: readCharacterFont(file) };
}
