/**
 * Builds the screens to dist/renderer, which the agent serves. `--mode gallery` builds the review gallery instead, to
 * dist/gallery; it is never part of the product.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { keyboardWords } from './keyboard/dictionary/lexiconPlugin.ts';

const here = (path: string) => new URL(path, import.meta.url).pathname;

/** Every Chromium reads woff2: the older format of each font file stays out. */
const withoutOldFonts: Plugin = {
  name: 'without-old-fonts',
  generateBundle: (_, bundle) => {
    for (const name of Object.keys(bundle)) if (name.endsWith('.woff')) delete bundle[name];
  },
};

export default defineConfig(({ mode }) => ({
  root: here('.'),
  base: './',
  plugins: [react(), withoutOldFonts, keyboardWords],
  build: {
    outDir: here(mode === 'gallery' ? '../dist/gallery' : '../dist/renderer'),
    emptyOutDir: true,
    // a font or picture written into the page as data: would need a wider CSP
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: here(mode === 'gallery' ? 'gallery.html' : 'index.html') },
  },
}));
