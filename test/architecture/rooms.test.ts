/**
 * The arrows between the rooms (architecture, section 1), read from the code's own imports. The lint zones say the same to
 * the editor; this test also sees relative paths, dynamic imports and what a pure file may not touch.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const ROOMS = [
  'certificate-templates',
  'issuance-center',
  'kiosk-agent',
  'renderer',
  'electron',
  'test',
] as const;
type Room = (typeof ROOMS)[number];
const ALIASES: Readonly<Record<string, Room>> = {
  '#templates/': 'certificate-templates',
  '#center/': 'issuance-center',
  '#agent/': 'kiosk-agent',
};

/** Doors into a room from outside: what others may import of it. */
const DOORS: Readonly<Record<Room, readonly string[]>> = {
  'certificate-templates': [''],
  'issuance-center': ['contract/'],
  'kiosk-agent': ['contract/'],
  renderer: [],
  electron: [],
  test: [],
};
/** Which rooms a room may reach at all. `test` may reach every room. */
const ARROWS: Readonly<Record<Exclude<Room, 'test'>, readonly Room[]>> = {
  'certificate-templates': [],
  'issuance-center': ['certificate-templates'],
  'kiosk-agent': ['certificate-templates', 'issuance-center'],
  renderer: ['certificate-templates', 'kiosk-agent'],
  electron: [],
};
/** Files that decide and compute; they import no I/O (architecture, section 1). */
const PURE = [
  /^certificate-templates\/(?!load|sample)[^/]+\.ts$/,
  /^kiosk-agent\/contract\//,
  /^issuance-center\/contract\//,
  /^kiosk-agent\/visit\/(?!.*(runner|run[A-Z]))[^/]+\.ts$/,
  /^kiosk-agent\/home\/(state|stages|step|answers|consentContract)\.ts$/,
  /^kiosk-agent\/transaction\/(decide|evolve|events|settle)[^/]*\.ts$/,
  /^kiosk-agent\/[^/]+\/[A-Za-z]+Port\.ts$/,
  /^issuance-center\/documents\/layout[^/]*\.ts$/,
  /^issuance-center\/verification\/front\//,
];
const INPUT_OUTPUT =
  /^(node:(fs|net|http|https|http2|child_process|worker_threads|dgram|tls|dns|readline|cluster)(\/.*)?|fs|net|http|https|pg|kysely|axios|fastify|ws|better-sqlite3|pcsclite|@sealsystems\/ipp|electron)$/;

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sourceFiles(path);
    return /\.(ts|tsx|mts|cts)$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  return ts.preProcessFile(readFileSync(path, 'utf8'), true, true).importedFiles.map((file) => file.fileName);
}

/** Where an import leads: the room and the path inside it, or null for a package or a place outside the rooms. */
function destination(from: string, specifier: string): { room: Room; inside: string } | null {
  if (specifier.startsWith('#simulators/'))
    return { room: 'test', inside: `simulators/${specifier.slice(12)}` };
  for (const [alias, room] of Object.entries(ALIASES)) {
    if (specifier.startsWith(alias)) return { room, inside: specifier.slice(alias.length) };
  }
  if (!specifier.startsWith('.')) return null;
  const target = relative(ROOT, resolve(dirname(from), specifier));
  const room = ROOMS.find((name) => target.startsWith(`${name}/`));
  return room ? { room, inside: target.slice(room.length + 1) } : null;
}

const files = ROOMS.flatMap((room) => sourceFiles(join(ROOT, room)).map((path) => ({ room, path })));
const isTest = (path: string): boolean =>
  /\.(test|spec)\.tsx?$/.test(path) || /\/test[A-Z][A-Za-z]*\.tsx?$/.test(path);

/** The screens; the center's pages, and what they share with each other and with the center. */
const isOfBrowser = (path: string): boolean =>
  /^(renderer|issuance-center\/(.*\/page|verification\/front|letters)|kiosk-agent\/home\/page)\//.test(
    relative(ROOT, path),
  );

function brokenArrows(room: Exclude<Room, 'test'>): string[] {
  const own = files.filter((file) => file.room === room && !isTest(file.path));
  return own.flatMap(({ path }) =>
    importsOf(path).flatMap((specifier) => {
      const to = destination(path, specifier);
      if (!to || to.room === room) return [];
      const open =
        ARROWS[room].includes(to.room) && DOORS[to.room].some((door) => to.inside.startsWith(door));
      return open ? [] : [`${relative(ROOT, path)} -> ${specifier}`];
    }),
  );
}

describe('arrows between the rooms', () => {
  it.each(Object.keys(ARROWS) as Exclude<Room, 'test'>[])(
    '%s reaches other rooms through their doors only',
    (room) => {
      expect(brokenArrows(room)).toEqual([]);
    },
  );

  it('has sources in every room', () => {
    for (const room of ROOMS) expect(files.some((file) => file.room === room)).toBe(true);
  });

  it('electron is imported under electron/ only, and what runs in a browser imports nothing of node', () => {
    const wrong = files
      .filter((file) => !isTest(file.path))
      .flatMap(({ room, path }) =>
        importsOf(path)
          .filter(
            (name) =>
              (name === 'electron' && room !== 'electron' && room !== 'test') ||
              (isOfBrowser(path) && !path.endsWith('.config.ts') && name.startsWith('node:')),
          )
          .map((name) => `${relative(ROOT, path)} -> ${name}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('pure files', () => {
  it('import no input or output', () => {
    const wrong = files
      .filter(({ path }) => !isTest(path) && PURE.some((pattern) => pattern.test(relative(ROOT, path))))
      .flatMap(({ path }) =>
        importsOf(path)
          .filter((name) => INPUT_OUTPUT.test(name))
          .map((name) => `${relative(ROOT, path)} -> ${name}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('places', () => {
  it('there is no shared, common, utils or types folder', () => {
    const named = files.filter(({ path }) =>
      /\/(shared|common|utils|types|helpers)\//.test(relative(ROOT, path)),
    );
    expect(named.map(({ path }) => relative(ROOT, path))).toEqual([]);
  });

  it('no source reads outside the repository for facts', () => {
    const mentions = files.filter(
      ({ path }) =>
        !path.endsWith('rooms.test.ts') && /\.\.\/shared\/|\/work\//.test(readFileSync(path, 'utf8')),
    );
    expect(mentions.map(({ path }) => relative(ROOT, path))).toEqual([]);
  });
});
