/**
 * Writes the words of the keyboard beside the built page, with IPADIC's licence. Read from the package kuromoji, which is
 * there for the build only; nothing is fetched and nothing of it is in the repository.
 */
import type { Plugin } from 'vite';
import { readIpadic } from './ipadic.ts';
import { lexiconText } from './lexiconText.ts';

const PACKAGE = new URL('../../../node_modules/kuromoji/', import.meta.url).pathname;

export const keyboardWords: Plugin = {
  name: 'keyboard-words',
  apply: 'build',
  async generateBundle() {
    const read = (name: string) => this.fs.readFile(PACKAGE + name);
    const [tokens, features] = [await read('dict/tid.dat.gz'), await read('dict/tid_pos.dat.gz')];
    const source = lexiconText(readIpadic(await unzipped(tokens), await unzipped(features)));
    this.emitFile({ type: 'asset', fileName: 'keyboard-words.txt', source });
    this.emitFile({ type: 'asset', fileName: 'keyboard-words-licence.txt', source: await read('NOTICE.md') });
  },
};

async function unzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
