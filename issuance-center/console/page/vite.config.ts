/**
 * Builds the municipal console to dist/console, which the center serves. Everything is a file of its own (the PDF worker,
 * fonts), so that the page's CSP needs no exception and no other origin.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const here = (path: string) => new URL(path, import.meta.url).pathname;

/** Every browser that reads the page reads woff2: the older format of each font file stays out. */
const withoutOldFonts: Plugin = {
  name: 'without-old-fonts',
  generateBundle: (_, bundle) => {
    for (const name of Object.keys(bundle)) if (name.endsWith('.woff')) delete bundle[name];
  },
};

export default defineConfig({
  root: here('.'),
  // addresses of the page have several parts: files are asked for from the root
  base: '/',
  plugins: [react(), withoutOldFonts],
  build: {
    outDir: here('../../../dist/console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  worker: { format: 'es' },
});
