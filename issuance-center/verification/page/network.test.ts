import { describe, expect, it } from 'vitest';
import { testKey, twoPages } from '../verification.fixture.ts';
import { signFront } from '../signedFront.ts';
import { judge } from './judge.ts';
import { loadKeys } from './keys.ts';
import { outlineOf, partsOf } from '../../letters/letters.ts';
import { lookUp } from './lookUp.ts';

const answering =
  (body: unknown, status = 200): typeof fetch =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));
const offline: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
const memory = (kept: Record<string, string> = {}) => ({
  getItem: (key: string) => kept[key] ?? null,
  setItem: (key: string, value: string) => void (kept[key] = value),
});

const fail = (name: string): never => {
  throw new DOMException('no room', name);
};

describe('keys', () => {
  const published = { version: 1, keys: [testKey().published] };

  it('are kept for when there is no network', async () => {
    const storage = memory();
    expect(await loadKeys(offline, storage)).toBeUndefined();
    expect(await loadKeys(answering(published), storage)).toEqual(published.keys);
    expect(await loadKeys(offline, storage)).toEqual(published.keys);
  });

  it('are used where nothing can be kept', async () => {
    const full = { ...memory(), setItem: () => fail('QuotaExceededError') };
    expect(await loadKeys(answering(published), full)).toEqual(published.keys);
    expect(await loadKeys(answering(published), undefined)).toEqual(published.keys);
    expect(await loadKeys(offline, undefined)).toBeUndefined();
  });

  it('a captive portal or a broken memory gives none', async () => {
    expect(await loadKeys(answering({ hello: 'guest' }), memory())).toBeUndefined();
    expect(await loadKeys(offline, memory({ 'municipality-keys': '{' }))).toBeUndefined();
  });
});

describe('judging', () => {
  const key = testKey();
  const codes = signFront(twoPages, key).flat();
  const newest = (...keys: readonly (typeof key.published)[]) => {
    const asked = { times: 0, ask: () => Promise.resolve((asked.times++, keys)) };
    return asked;
  };

  it('a key that is newer than the page is asked for before anything is called forged', async () => {
    const published = newest(key.published);
    expect((await judge(codes, [testKey().published], published.ask)).kind).toBe('genuine');
    expect(published.times).toBe(1);
    expect((await judge(codes, [], newest(testKey().published).ask)).kind).toBe('forged');
    expect((await judge(codes, [], () => Promise.resolve(undefined))).kind).toBe('forged');
  });

  it('nothing is asked for otherwise', async () => {
    const published = newest(key.published);
    expect((await judge(codes, [key.published], published.ask)).kind).toBe('genuine');
    expect(published.times).toBe(0);
  });
});

describe('looking up', () => {
  it('names what stands in the way', async () => {
    const unknown = { status: 'unknown', certificate: null };
    expect(await lookUp(answering(unknown), '0000-0000-0000-0000')).toEqual({
      kind: 'answered',
      answer: unknown,
    });
    expect(await lookUp(answering({}, 429), '0000-0000-0000-0000')).toEqual({ kind: 'limited' });
    expect(await lookUp(answering({ hello: 'guest' }), '0000-0000-0000-0000')).toEqual({
      kind: 'unreachable',
    });
    expect(await lookUp(offline, '0000-0000-0000-0000')).toEqual({ kind: 'unreachable' });
  });
});

describe('letters', () => {
  const AT_HOME = { municipality: '992011', base: './' } as const;

  it('only what the font cannot show is drawn', () => {
    expect(partsOf('渡邉\u{E0117}　太郎')).toEqual([
      { kind: 'text', text: '渡' },
      { kind: 'letter', letter: '邉\u{E0117}' },
      { kind: 'text', text: '　太郎' },
    ]);
    expect(partsOf('架空県みほん市')).toEqual([{ kind: 'text', text: '架空県みほん市' }]);
  });

  it('are asked for by block, once, and never by name', async () => {
    const asked: string[] = [];
    const outline = { advance: 1000, path: 'M0 0L1 1Z' };
    const get = ((url: string) => {
      asked.push(url);
      return answering({ outlines: { '邉\u{E0117}': outline } })(url);
    }) as typeof fetch;
    expect(await outlineOf(offline, '邉\u{E0117}', AT_HOME)).toBeUndefined();
    expect(await outlineOf(get, '邉\u{E0117}', AT_HOME)).toEqual(outline);
    expect(await outlineOf(get, '邊\u{E0118}', AT_HOME)).toBeUndefined();
    expect(asked).toEqual(['./glyphs/908.json']);
  });

  it("a municipality's own are asked for with its code", async () => {
    const asked: string[] = [];
    const get = ((url: string) => (asked.push(url), answering({ outlines: {} })(url))) as typeof fetch;
    await outlineOf(get, '\u{E123}', AT_HOME);
    await outlineOf(get, '\u{E123}', { ...AT_HOME, municipality: '992020' });
    expect(asked).toEqual(['./glyphs/992011/e12.json', './glyphs/992020/e12.json']);
  });
});
