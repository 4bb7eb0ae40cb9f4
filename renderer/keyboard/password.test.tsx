// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageOf } from '../fixtures/views.ts';
import { agentAway, connected, showView, touch, useMirror } from '../mirror.ts';
import { loadWords } from '../words.ts';
import { LONGEST_PASSWORD, PasswordPad, usePassword } from './PasswordPad.tsx';

let taken: string[] = [];
function Screen() {
  const password = usePassword();
  const enter = () => void taken.push(password.take());
  return (
    <>
      <PasswordPad password={password} onEnter={enter} />
      <button onClick={enter}>決定する</button>
    </>
  );
}
const press = (...names: string[]) => {
  for (const name of names) {
    const named = [...document.querySelectorAll('button')].filter(({ textContent }) => textContent === name);
    expect(named).toHaveLength(1);
    fireEvent.click(named[0]!);
  }
};
const filled = () => document.querySelectorAll('.password-place[data-filled]').length;
/** Everything a spy could read in the page, without the keys that are always the same. */
function readable(): string {
  const page = document.documentElement.cloneNode(true) as HTMLElement;
  page.querySelector('.password-keys')?.remove();
  return page.outerHTML;
}

beforeAll(loadWords);
beforeEach(() => {
  taken = [];
  connected(() => undefined);
  showView(messageOf({ name: '', view: { at: 'consent' } }, 1));
});
afterEach(() => {
  cleanup();
  agentAway();
});

describe('password pad', () => {
  it('shows as many dots as characters and says only how many', () => {
    render(<Screen />);
    press(...'AB12Z');
    expect(filled()).toBe(5);
    expect(screen.getByText('5文字入力しました。')).toBeTruthy();
    expect(document.querySelector('.password-dots')?.textContent).toBe('');
  });
  it('leaves the same page behind for any two passwords', () => {
    render(<Screen />);
    press(...'QWERTY');
    const first = readable();
    press('全部消す', ...'ZX12VB');
    expect(readable()).toBe(first);
    expect(JSON.stringify(useMirror.getState())).not.toMatch(/QWERTY|ZX12VB/);
  });
  it('shows them only while wanted, and hides the next ones again', () => {
    render(<Screen />);
    press(...'ABC123', '文字を見る');
    expect(document.querySelector('.password-dots')?.textContent).toBe('ABC123');
    expect(document.querySelector('[aria-live]')?.textContent).not.toContain('ABC');
    press('文字をかくす');
    expect(document.querySelector('.password-dots')?.textContent).toBe('');
    press('文字を見る', '決定する', ...'DEF');
    expect(document.querySelector('.password-dots')?.textContent).toBe('');
  });
  it('hides them as soon as a command is on its way', () => {
    render(<Screen />);
    press(...'ABC123', '文字を見る');
    act(() => touch({ type: 'goOn' }));
    expect(readable()).not.toContain('>A<');
  });
  it('hands the characters over once and forgets them', () => {
    render(<Screen />);
    press(...'ABC123', '決定する', '決定する');
    expect(taken).toEqual(['ABC123', '']);
    expect(filled()).toBe(0);
  });
  it('forgets them when the screen is left', () => {
    const { unmount } = render(<Screen />);
    press(...'ABC');
    unmount();
    render(<Screen />);
    expect(filled()).toBe(0);
  });
  it('takes sixteen at most, one or all back', () => {
    render(<Screen />);
    press(...'ABCDEFGHIJKLMNOPQR');
    expect(filled()).toBe(LONGEST_PASSWORD);
    press('1つ消す');
    expect(filled()).toBe(LONGEST_PASSWORD - 1);
    press('全部消す');
    expect(filled()).toBe(0);
  });
  it('works by keyboard, small letters are capital ones', () => {
    render(<Screen />);
    for (const key of ['a', 'B', '-', 'ア', 'é', '1', 'Backspace', '2', 'Enter'])
      fireEvent.keyDown(document.body, { key });
    expect(taken).toEqual(['AB2']);
  });
  it('has every letter and digit once, always in the same order', () => {
    render(<Screen />);
    const keys = [...document.querySelectorAll('.password-letters button, .password-digits button')];
    expect(keys.map(({ textContent }) => textContent).join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890');
  });
});
