import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const outDir = mkdtempSync(join(tmpdir(), 'frame-build-'));
const text = (name: string) => readFileSync(join(outDir, name), 'utf8');

describe('the built frame', () => {
  beforeAll(async () => {
    for (const part of ['main', 'preload']) {
      const configFile = join(ROOT, `electron/vite.${part}.config.ts`);
      await build({ root: ROOT, configFile, logLevel: 'error', build: { outDir } });
    }
  });
  afterAll(() => rmSync(outDir, { recursive: true, force: true }));

  it('is an ES module, a CommonJS preload and the local page', () => {
    expect(readdirSync(outDir).sort()).toEqual(['main.js', 'out-of-service.html', 'preload.cjs']);
  });

  it('brings no package along: Electron and Node only', () => {
    const imported = [...text('main.js').matchAll(/^import .* from "(.*)";$/gm)].map(([, name]) => name!);
    expect(imported).toContain('electron');
    expect(imported.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
  });

  it('the preload asks for nothing and exposes nothing', () => {
    expect(text('preload.cjs')).not.toMatch(/require|exposeInMainWorld|import/);
  });

  it('knows no word of what the screen is about', () => {
    const domain = /resident|municipalit|certificateKind|住民|証明|暗証|手数料|fee\b/i;
    expect(text('main.js')).not.toMatch(domain);
    expect(text('out-of-service.html')).not.toMatch(domain);
  });
});
