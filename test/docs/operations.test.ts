import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notices } from '#templates/notices/notices.ts';
import { manualFile, noticeTables, withNoticeTables } from './notices.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const manual = readFileSync(manualFile, 'utf8');

describe('OPERATIONS.md', () => {
  it('its table of notices is the catalogue of today (else: node --import tsx test/docs/notices.ts)', () => {
    expect(withNoticeTables(manual)).toBe(manual);
  });

  it('every code stands in the table once, with its words', () => {
    const tables = noticeTables();
    for (const { code, title, todo } of notices) {
      const rows = tables.split('\n').filter((line) => line.startsWith(`| ${code} `));
      expect(rows, code).toHaveLength(1);
      expect(rows[0]).toContain(title.ja);
      expect(rows[0]).toContain(todo.ja);
    }
  });

  it('a manual without the markers is not overwritten', () => {
    expect(() => withNoticeTables('# 運用の手引き')).toThrow('markers');
  });

  it('every code named in the text exists', () => {
    const codes = new Set<string>(notices.map(({ code }) => code));
    const named = [...manual.matchAll(/\b([A-Z]{3,4}-\d{2})\b/g)].map(([, code]) => code!);
    expect(named.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('every environment variable a production room reads is in its table', () => {
    const documented = new Set([...manual.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!));
    const read = ['issuance-center', 'kiosk-agent', 'electron'].flatMap(variablesOf);
    expect(read).toContain('JPKI_TRUST_DIR');
    expect([...new Set(read)].filter((name) => !documented.has(name) && !SYSTEM.has(name))).toEqual([]);
  });

  it('every act of the staff screen is explained', () => {
    const words = JSON.parse(readFileSync(join(ROOT, 'renderer/texts/ja.json'), 'utf8')) as Record<
      string,
      string
    >;
    const acts = Object.entries(words).flatMap(([key, text]) => (key.startsWith('staff.act.') ? [text] : []));
    expect(acts.length).toBeGreaterThanOrEqual(4);
    expect(acts.filter((text) => !manual.includes(text))).toEqual([]);
  });

  it('links inside the manual lead somewhere', () => {
    const headings = new Set(
      [...manual.matchAll(/^#+ (.+)$/gm)].map(
        ([, heading]) =>
          `#${heading!
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N} -]/gu, '')
            .replaceAll(' ', '-')}`,
      ),
    );
    for (const [, target] of manual.matchAll(/\]\(([^)]+)\)/g)) {
      if (target!.startsWith('#')) expect(headings.has(target!), target).toBe(true);
      else expect(existsSync(join(ROOT, target!)), target).toBe(true);
    }
  });
});

/** Variables of the operating system, not settings of ours. */
const SYSTEM = new Set(['PATH', 'HOME', 'DISPLAY', 'NODE_ENV', 'TEST_DATABASE_URL']);

/** Names read from the environment: `env.X`, `environment['X']`, and the keys of a schema over the environment. */
function variablesOf(room: string): string[] {
  const files = readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file));
  return sources.flatMap((file) => {
    const text = readFileSync(join(ROOT, room, file), 'utf8');
    const accesses = text.matchAll(/\benv(?:ironment)?(?:\.|\[')([A-Z][A-Z0-9_]{2,})\b/g);
    const keys = /config|settings/i.test(file) ? text.matchAll(/^ {2}([A-Z][A-Z0-9]+_[A-Z0-9_]+): /gm) : [];
    return [...accesses, ...keys].map(([, name]) => name!);
  });
}
