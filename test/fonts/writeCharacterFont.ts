/** Writes certificate-templates/profiles/fonts/992020.ttf: `node --import tsx test/fonts/writeCharacterFont.ts`. */
import { writeFileSync } from 'node:fs';
import { demoCharacterFont } from './demoCharacterFont.ts';

const file = new URL('../../certificate-templates/profiles/fonts/992020.ttf', import.meta.url);
writeFileSync(file, demoCharacterFont());
