/** Preload script: CommonJS with the extension .cjs, because a sandboxed preload cannot be an ES module. */
import { defineConfig, type ConfigEnv } from 'vite';

const outDir = (env: ConfigEnv) => ('forgeConfig' in env ? {} : { outDir: 'dist/electron' });

export default defineConfig((env) => ({
  publicDir: false,
  build: {
    ...outDir(env),
    emptyOutDir: false,
    minify: false,
    target: 'chrome140',
    lib: { entry: 'electron/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
}));
