/** Builds the consent page to dist/home, which the home agent serves. Everything is a file of its own: the CSP has no exception. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => new URL(path, import.meta.url).pathname;

export default defineConfig({
  root: here('.'),
  // the page stands at /consent/<id>
  base: '/',
  plugins: [react()],
  build: {
    outDir: here('../../../dist/home'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
