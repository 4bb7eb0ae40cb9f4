// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandMessage, View } from '#agent/contract/deviceLink.ts';
import { App } from '../App.tsx';
import { agentAway, connected, showView, useMirror } from '../mirror.ts';
import { messageOf } from '../fixtures/views.ts';
import { loadWords } from '../words.ts';

let sent: CommandMessage[] = [];
let sequence = 0;
const show = (view: View) => {
  sequence += 1;
  act(() => showView(messageOf({ name: '', view }, sequence)));
};
const pin = (wrong = false): View => ({ at: 'enteringPin', triesLeft: 3, wrong });
const digit = (key: string) => fireEvent.click(screen.getByRole('button', { name: key }));
const enter = () => fireEvent.click(screen.getByRole('button', { name: '決定する' }));
const filled = () => document.querySelectorAll('.dot[data-filled]').length;
const pins = () => sent.map(({ command }) => (command.type === 'enterPin' ? command.pin : command.type));

beforeAll(() => {
  loadWords();
  // jsdom has no CSS.escape, which react-aria's dialogs call
  vi.stubGlobal('CSS', { escape: (text: string) => text });
});
beforeEach(() => {
  sent = [];
  sequence = 0;
  connected((message) => void sent.push(message));
  render(<App />);
  show(pin());
});
afterEach(() => {
  cleanup();
  agentAway();
});

/** Everything of the page a spy could read, without the twelve keys that are always the same. */
function readable(): string {
  const page = document.documentElement.cloneNode(true) as HTMLElement;
  page.querySelector('.keys')?.remove();
  return page.outerHTML;
}

describe('PIN pad', () => {
  it('shows as many dots as digits and says only how many', () => {
    for (const key of ['8', '6', '4']) digit(key);
    expect(filled()).toBe(3);
    expect(screen.getByText('3けた入力しました。')).toBeTruthy();
  });
  it('leaves the same page behind for any two numbers', () => {
    for (const key of ['8', '6', '4', '2']) digit(key);
    const first = readable();
    fireEvent.click(screen.getByRole('button', { name: '全部消す' }));
    for (const key of ['1', '9', '7', '5']) digit(key);
    expect(readable()).toBe(first);
    expect(readable()).not.toMatch(/8642|1975/);
    expect(JSON.stringify(useMirror.getState().latest)).not.toMatch(/8642|1975/);
  });
  it('hands the digits over once and forgets them', () => {
    for (const key of ['0', '0', '7', '5']) digit(key);
    enter();
    enter();
    expect(pins()).toEqual(['0075']);
    expect(filled()).toBe(0);
  });
  it('starts empty after a wrong number, even when the screen stayed', () => {
    for (const key of ['1', '2', '3', '4']) digit(key);
    enter();
    show(pin(true));
    expect(filled()).toBe(0);
    for (const key of ['5', '6', '7', '8']) digit(key);
    enter();
    expect(pins()).toEqual(['1234', '5678']);
  });
  it('forgets what was typed when the screen is left', () => {
    for (const key of ['1', '2', '3']) digit(key);
    show({ at: 'consent' });
    show(pin());
    expect(filled()).toBe(0);
  });
  it('keeps what was typed while only the clock ticks', () => {
    for (const key of ['1', '2', '3']) digit(key);
    show(pin());
    expect(filled()).toBe(3);
  });
  it('takes one digit back, or all', () => {
    for (const key of ['1', '2', '3']) digit(key);
    fireEvent.click(screen.getByRole('button', { name: '1つ消す' }));
    expect(filled()).toBe(2);
    fireEvent.click(screen.getByRole('button', { name: '全部消す' }));
    expect(filled()).toBe(0);
  });
  it('works by keyboard', () => {
    for (const key of ['1', '2', 'x', '9', 'Backspace', '3', '4', '5']) {
      fireEvent.keyDown(document.body, { key });
    }
    expect(filled()).toBe(4);
    fireEvent.keyDown(document.body, { key: 'Enter' });
    expect(pins()).toEqual(['1234']);
  });
  it('sends nothing before four digits', () => {
    for (const key of ['1', '2', '3']) digit(key);
    fireEvent.keyDown(document.body, { key: 'Enter' });
    enter();
    expect(sent).toEqual([]);
  });
  it('tells those who forgot it what to do, without sending anything', () => {
    fireEvent.click(screen.getByRole('button', { name: '暗証番号をお忘れの方' }));
    expect(screen.getByRole('alertdialog').textContent).toContain('窓口');
    fireEvent.click(screen.getByRole('button', { name: '入力にもどる' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(sent).toEqual([]);
  });
});
