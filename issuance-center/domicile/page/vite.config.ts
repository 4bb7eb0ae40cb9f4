/** Builds the page of the 利用登録 on the internet to dist/apply, which the center serves under /apply/. Every file is its own: no exception in the CSP. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => new URL(path, import.meta.url).pathname;

export default defineConfig({
  root: here('.'),
  base: '/apply/',
  plugins: [react()],
  build: {
    outDir: here('../../../dist/apply'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
