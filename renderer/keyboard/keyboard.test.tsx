// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { messageOf } from '../fixtures/views.ts';
import { agentAway, connected, showView, touch } from '../mirror.ts';
import { loadWords } from '../words.ts';
import { JapaneseKeyboard, type JapaneseKeyboardProps } from './JapaneseKeyboard.tsx';
import { loadLexicon, setWords } from './lexiconStore.ts';
import { fewWords } from './words.fixture.ts';

const towns = [
  { name: '見本台', reading: 'みほんだい' },
  { name: '中央町', reading: 'ちゅうおうちょう' },
];
let values: string[] = [];
let done = 0;
let touches = 0;

function Field(props: Partial<JapaneseKeyboardProps>) {
  const [value, setValue] = useState(props.value ?? '');
  return (
    <JapaneseKeyboard
      kind="address"
      label="本籍"
      towns={towns}
      onDone={() => (done += 1)}
      onTouch={() => (touches += 1)}
      {...props}
      value={value}
      onChange={(text) => {
        values.push(text);
        setValue(text);
      }}
    />
  );
}
const shownText = () => screen.getByRole('textbox').textContent;
/** By name, as a role query finds it, without asking every one of seventy keys for its style. */
function button(name: string): HTMLButtonElement {
  const named = [...document.querySelectorAll('button')].filter(
    (each) => (each.getAttribute('aria-label') ?? each.textContent) === name,
  );
  if (named.length !== 1) throw new Error(`${named.length} keys ${name}`);
  return named[0]!;
}
const press = (...names: string[]) => {
  for (const name of names) fireEvent.click(button(name));
};
const key = (...keys: string[]) => {
  for (const each of keys) fireEvent.keyDown(document.body, { key: each });
};

beforeAll(async () => {
  loadWords();
  await loadLexicon(() => Promise.resolve(fewWords));
});
beforeEach(() => {
  values = [];
  done = 0;
  touches = 0;
  setWords(fewWords);
  connected(() => undefined);
  showView(messageOf({ name: '', view: { at: 'consent' } }, 1));
});
afterEach(() => {
  cleanup();
  agentAway();
});

describe('touch keyboard', () => {
  it('brings a town in two touches and the numbers behind it', () => {
    render(<Field />);
    press('み', '見本台', '数字・丁目', '2', '丁目', '8', '番地', '9');
    expect(shownText()).toBe('見本台二丁目8番地9');
    expect(values.at(-1)).toBe('見本台二丁目8番地9');
    expect(touches).toBe(8); // turning the page is a touch too: the resident is there
  });
  it('reports what stands in the field, kana that are not settled too', () => {
    render(<Field />);
    press('み', 'ほ');
    expect(values).toEqual(['み', 'みほ']);
    press('1つ消す');
    expect(values.at(-1)).toBe('み');
    press('全部消す');
    expect(values.at(-1)).toBe('');
  });
  it('marks the last kana only where there is such a form', () => {
    render(<Field />);
    press('た');
    expect(button('まるをつける、とる').disabled).toBe(true);
    press('てんてんをつける、とる');
    expect(shownText()).toBe('だ');
  });
  it('converts, goes from 文節 to 文節 and settles', () => {
    render(<Field kind="name" label="筆頭者" />);
    press('わ', 'た', 'な', 'へ', 'てんてんをつける、とる', '変換');
    expect(shownText()).toBe('渡辺');
    expect(button('渡辺').getAttribute('aria-pressed')).toBe('true');
    press('別の字');
    expect(shownText()).not.toBe('渡辺');
    press('渡邉');
    expect(shownText()).toBe('渡邉');
    press('空白', 'た', 'ろ', 'う', '太郎');
    expect(values.at(-1)).toBe('渡邉　太郎');
  });
  it('moves the caret and writes there', () => {
    render(<Field value="見本2" />);
    press('左へ', 'み', 'これで決める');
    expect(values.at(-1)).toBe('見本み2');
  });
  it('has pages of candidates without scrolling, and turns back to the first', () => {
    render(<Field kind="name" />);
    press('わ', 'た', 'な', 'へ', 'てんてんをつける、とる');
    const candidates = () =>
      [...document.querySelectorAll('.button-candidate')].map(({ textContent }) => textContent);
    const first = candidates();
    press('次の候補');
    expect(candidates()).not.toEqual(first);
    press('み');
    expect(document.querySelectorAll('.button-candidate').length).toBeGreaterThan(0);
  });
  it('begins anew with another value, not with its own', () => {
    const { rerender } = render(
      <JapaneseKeyboard
        kind="name"
        label="名"
        value=""
        onChange={() => undefined}
        onDone={() => undefined}
      />,
    );
    press('み');
    rerender(
      <JapaneseKeyboard
        kind="name"
        label="名"
        value="渡辺"
        onChange={() => undefined}
        onDone={() => undefined}
      />,
    );
    expect(shownText()).toBe('渡辺');
  });
  it('rests while a command is on its way', () => {
    render(<Field />);
    act(() => touch({ type: 'goOn' }));
    expect(button('み').disabled).toBe(true);
    key('み', 'Enter');
    expect(values).toEqual([]);
    expect(done).toBe(0);
  });
  it('offers the municipality and kana also while the words are missing', () => {
    setWords('');
    render(<Field />);
    press('み');
    expect(button('見本台')).toBeTruthy();
    expect(button('ミ')).toBeTruthy();
  });
});

describe('other fields', () => {
  it('ふりがな become katakana, no candidates', () => {
    render(<Field kind="kana" label="ふりがな" />);
    press('さ', 'い', '空白', 'あ');
    expect(values.at(-1)).toBe('サイ　ア');
    expect(screen.queryByRole('group', { name: '候補' })).toBeNull();
  });
  it('a telephone number is digits only, without hyphens, eleven at most', () => {
    render(<Field kind="telephone" label="電話番号" />);
    press(...'090123456789');
    expect(values.at(-1)).toBe('09012345678');
    expect(() => button('－')).toThrow();
    key('Backspace', 'a', '-', '1');
    expect(values.at(-1)).toBe('09012345671');
  });
});

describe('hardware keyboard', () => {
  it('writes kana and letters, converts, settles, then is done', () => {
    render(<Field kind="name" />);
    key(...'watanabe', ' ', 'Enter');
    expect(values.at(-1)).toBe('渡辺');
    expect(done).toBe(0);
    key(' ', 'た', 'ロ', 'う', 'Escape', 'Enter');
    expect(values.at(-1)).toBe('渡辺　たろう');
    key('Enter');
    expect(done).toBe(1);
  });
  it('leaves keys on a button to that button, and all keys while something is asked', () => {
    render(<Field />);
    fireEvent.keyDown(button('み'), { key: 'Enter' });
    expect(done).toBe(0);
    const dialog = document.body.appendChild(document.createElement('div'));
    dialog.setAttribute('role', 'alertdialog');
    key('み', 'Enter');
    dialog.remove();
    expect([values, done]).toEqual([[], 0]);
  });
  it('moves and resizes 文節 by the arrows', () => {
    render(<Field />);
    key(...'mihonn', 'n', 'a', 'b', 'e', ' ');
    const focus = () => document.querySelector('.keyboard-piece[data-focus]')?.textContent;
    expect(focus()).toBe('見本');
    key('ArrowRight');
    expect(focus()).toBe('鍋');
    fireEvent.keyDown(document.body, { key: 'ArrowLeft', shiftKey: true });
    expect(focus()).not.toBe('鍋');
  });
});

describe('to a screen reader', () => {
  it('every key has a name, the candidates are announced with what they are for', () => {
    render(<Field />);
    press('み');
    for (const each of screen.getAllByRole('button')) {
      expect((each.getAttribute('aria-label') ?? each.textContent)?.trim()).toBeTruthy();
    }
    expect(document.querySelector('[aria-live]')?.textContent).toMatch(/^み 候補が\d+個あります。$/);
    press('見本台');
    expect(document.querySelector('[aria-live]')?.textContent).toBe('見本台');
    expect(screen.getByRole('textbox', { name: '本籍' })).toBeTruthy();
  });
});

describe('the words', () => {
  it('are asked once, and again only after a failure', async () => {
    vi.resetModules();
    const store = await import('./lexiconStore.ts');
    const read = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(fewWords);
    await store.loadLexicon(read);
    await store.loadLexicon(read);
    await store.loadLexicon(read);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
