import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEngine } from './engine.ts';
import {
  addressUnits,
  canMove,
  canResize,
  edit,
  editingOf,
  pendingText,
  textOf,
  wholeText,
  type AddressUnit,
  type EditAct,
  type Editing,
  type EditRules,
} from './editing.ts';
import { openLexicon } from './lexicon.ts';
import { fewWords } from './words.fixture.ts';

const lexicon = openLexicon(fewWords);
const towns = [{ name: '見本台', reading: 'みほんだい' }];
const address: EditRules = { engine: makeEngine(lexicon, 'address', towns), longest: 40 };
const name: EditRules = { engine: makeEngine(lexicon, 'name'), longest: 30 };
const kana: EditRules = { engine: null, longest: 30 };

const type = (reading: string): EditAct[] => [...reading].map((each) => ({ type: 'kana', kana: each }));
const after = (acts: readonly EditAct[], rules = address, start = editingOf('')) =>
  acts.reduce((editing, act) => edit(editing, act, rules), start);
const choose = (editing: Editing, text: string, rules = address) => {
  const candidate = editing.candidates.find((each) => each.text === text);
  if (!candidate) throw new Error(`${text} is not offered`);
  return edit(editing, { type: 'choose', candidate }, rules);
};

describe('typing', () => {
  it('offers the town after one kana and settles it', () => {
    const editing = choose(after(type('み')), '見本台');
    expect(editing).toMatchObject({ before: '見本台', reading: '', pieces: null });
  });
  it('keeps the kana a candidate does not stand for', () => {
    const editing = choose(after(type('わたなべたろう'), name), '渡辺', name);
    expect(editing).toMatchObject({ before: '渡辺', reading: 'たろう' });
    expect(choose(editing, '太郎', name).before).toBe('渡辺太郎');
  });
  it('numbers 丁目 in kanji and 番地 in digits', () => {
    const acts: EditAct[] = [
      { type: 'digit', digit: '1' },
      { type: 'digit', digit: '2' },
      { type: 'unit', unit: '丁目' },
      { type: 'digit', digit: '3' },
      { type: 'unit', unit: '番地' },
    ];
    expect(after(acts, address, editingOf('見本台')).before).toBe('見本台十二丁目3番地');
  });
  it('takes digits and 丁目 into an open reading and converts them together', () => {
    const typed: EditAct[] = [
      ...type('みほんだい'),
      { type: 'digit', digit: '3' },
      { type: 'unit', unit: '丁目' },
    ];
    expect(wholeText(after([...typed, { type: 'convert' }]), address)).toBe('見本台三丁目');
  });
  it('marks, deletes, spaces', () => {
    expect(after([...type('は'), { type: 'mark', mark: 'half-voiced' }]).reading).toBe('ぱ');
    expect(after([...type('はは'), { type: 'deleteOne' }]).reading).toBe('は');
    expect(after([{ type: 'space' }], name, editingOf('渡辺')).before).toBe('渡辺　');
    expect(after([{ type: 'space' }, { type: 'space' }], name, editingOf('渡辺')).before).toBe('渡辺　');
    expect(after([{ type: 'space' }], name).before).toBe('');
  });
  it('deletes a letter with its variation selector and a letter outside the first plane whole', () => {
    const deleted = (text: string) => after([{ type: 'deleteOne' }], name, editingOf(text)).before;
    expect(deleted('渡邉\u{E0117}')).toBe('渡');
    expect(deleted('𠮷')).toBe('');
  });
  it('stops at the longest', () => {
    const rules = { ...address, longest: 3 };
    expect(after(type('ああああ'), rules).reading).toBe('あああ');
    expect(after([{ type: 'digit', digit: '1' }], rules, editingOf('123')).before).toBe('123');
  });
});

describe('変換', () => {
  const converted = () => after([...type('みほんなべ'), { type: 'convert' }]);
  it('cuts into 文節; 変換 again takes the next candidate of the one in focus', () => {
    const editing = converted();
    expect(editing.pieces?.map(textOf)).toEqual(['見本', '鍋']);
    const next = edit(editing, { type: 'convert' }, address);
    expect(next.pieces?.map(textOf)[1]).toBe('鍋');
    expect(next.pieces?.map(textOf)[0]).not.toBe('見本');
  });
  it('asks the next 文節 after a choice, and settles after the last', () => {
    const first = choose(converted(), '見本');
    expect(first).toMatchObject({ focus: 1, before: '' });
    expect(choose(first, '鍋')).toMatchObject({ before: '見本鍋', reading: '', pieces: null });
  });
  it('shortens and lengthens the 文節 without losing a kana', () => {
    const shorter = edit(converted(), { type: 'resize', by: -1 }, address);
    expect(shorter.pieces?.[0]?.reading).toBe('みほ');
    expect(shorter.pieces?.map(({ reading }) => reading).join('')).toBe('みほんなべ');
    const back = edit(shorter, { type: 'resize', by: 1 }, address);
    expect(back.pieces?.[0]?.reading).toBe('みほん');
  });
  it('is taken back by one deletion, the kana stay', () => {
    expect(edit(converted(), { type: 'deleteOne' }, address)).toMatchObject({
      reading: 'みほんなべ',
      pieces: null,
    });
  });
  it('goes to the caret: what stands behind it stays', () => {
    const start = after([{ type: 'move', by: -1 }], address, editingOf('台'));
    const editing = choose(after(type('みほん'), address, start), '見本');
    expect(wholeText(editing, address)).toBe('見本台');
  });
});

describe('フリガナ', () => {
  it('become katakana at once, with marks', () => {
    const editing = after(
      [...type('さいとう'), { type: 'space' }, ...type('たか'), { type: 'mark', mark: 'voiced' }],
      kana,
    );
    expect(wholeText(editing, kana)).toBe('サイトウ　タガ');
    expect(editing.candidates).toEqual([]);
  });
  it('are marked also after they were settled', () => {
    expect(after([{ type: 'mark', mark: 'voiced' }], kana, editingOf('サカ')).before).toBe('サガ');
  });
});

const anyKana = fc.constantFrom(...'みほんだいわたなべかくうろ');
const anyAct: fc.Arbitrary<EditAct | 'choose'> = fc.oneof(
  { weight: 6, arbitrary: anyKana.map((each): EditAct => ({ type: 'kana', kana: each })) },
  { weight: 2, arbitrary: fc.constant('choose' as const) },
  fc.constantFrom(...'0123456789－').map((digit): EditAct => ({ type: 'digit', digit })),
  fc
    .constantFrom(...(Object.keys(addressUnits) as AddressUnit[]))
    .map((unit): EditAct => ({ type: 'unit', unit })),
  fc.constantFrom<EditAct>(
    { type: 'space' },
    { type: 'mark', mark: 'voiced' },
    { type: 'convert' },
    { type: 'settle' },
    { type: 'resize', by: 1 },
    { type: 'resize', by: -1 },
    { type: 'move', by: 1 },
    { type: 'move', by: -1 },
    { type: 'deleteOne' },
  ),
);

describe('whatever is touched', () => {
  it.each([
    ['address', address],
    ['name', name],
    ['kana', kana],
  ])('nothing that was settled is lost or moved: %s', (_, rules) => {
    const property = fc.property(fc.array(anyAct, { maxLength: 40 }), fc.nat(), (acts, which) => {
      let editing = editingOf('');
      for (const each of acts) {
        const candidate = editing.candidates[which % Math.max(editing.candidates.length, 1)];
        if (each === 'choose' && !candidate) continue;
        const act: EditAct = each === 'choose' ? { type: 'choose', candidate: candidate! } : each;
        const next = edit(editing, act, rules);
        holds(editing, act, next, rules);
        editing = next;
      }
    });
    fc.assert(property, { numRuns: 150 });
  });

  function holds(before: Editing, act: EditAct, next: Editing, rules: EditRules): void {
    const whole = wholeText(next, rules);
    expect([...whole].length).toBeLessThanOrEqual(rules.longest);
    if (next.pieces) {
      expect(next.pieces.map(({ reading }) => reading).join('')).toBe(next.reading);
      expect(next.focus).toBeLessThan(next.pieces.length);
    }
    if (act.type !== 'deleteOne' && act.type !== 'move' && act.type !== 'unit' && act.type !== 'mark') {
      expect(next.before.startsWith(before.before)).toBe(true);
      expect(next.after).toBe(before.after);
    }
    if (act.type === 'choose' && !before.pieces) {
      expect(next.before).toBe(before.before + act.candidate.text);
      expect(next.reading).toBe(before.reading.slice(act.candidate.length));
    }
    if (act.type === 'settle') expect(whole).toBe(wholeText(before, rules));
    if (act.type === 'resize') {
      expect(next.reading).toBe(before.reading);
      expect(next.pieces?.slice(0, before.focus).map(textOf)).toEqual(
        before.pieces?.slice(0, before.focus).map(textOf),
      );
      if (!canResize(before, act.by)) expect(next.pieces).toEqual(before.pieces);
    }
    if (act.type === 'move' && !canMove(before, act.by)) expect(whole).toBe(wholeText(before, rules));
    expect(whole).toContain(pendingText(next, rules));
  }
});
