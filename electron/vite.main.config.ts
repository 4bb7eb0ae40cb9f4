/** Main process: one ES module in dist/electron (or where Forge wants it when Forge builds). */
import { defineConfig, type ConfigEnv } from 'vite';

/** Forge passes its own settings along and has an output folder of its own; a fixed one would override it. */
const outDir = (env: ConfigEnv) => ('forgeConfig' in env ? {} : { outDir: 'dist/electron' });

export default defineConfig((env) => ({
  publicDir: 'electron/pages',
  build: {
    ...outDir(env),
    copyPublicDir: true,
    emptyOutDir: false,
    minify: false,
    target: 'node22',
    lib: { entry: 'electron/main.ts', formats: ['es'], fileName: () => 'main.js' },
    rolldownOptions: { external: ['electron', /^node:/] },
  },
}));
