/** The words of the keyboard, built from the same package by the same code as the renderer's build does it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readIpadic } from '../../renderer/keyboard/dictionary/ipadic.ts';
import { lexiconText } from '../../renderer/keyboard/dictionary/lexiconText.ts';

const DICTIONARY = join(import.meta.dirname, '../../node_modules/kuromoji/dict');

/** Takes some seconds; once a process. */
export function builtWords(): string {
  built ??= lexiconText(readIpadic(unzipped('tid.dat.gz'), unzipped('tid_pos.dat.gz')));
  return built;
}
let built: string | undefined;

function unzipped(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(join(DICTIONARY, name))));
}
