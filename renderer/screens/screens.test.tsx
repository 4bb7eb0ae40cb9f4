// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { view as viewSchema } from '#agent/contract/deviceLink.ts';
import type { CommandMessage } from '#agent/contract/deviceLink.ts';
import { App } from '../App.tsx';
import { fixtures, messageOf } from '../fixtures/views.ts';
import { agentAway, connected, showView } from '../mirror.ts';
import { loadWords } from '../words.ts';

let sent: CommandMessage[] = [];
let sequence = 0;

function show(name: string): HTMLElement {
  const fixture = fixtures.find((each) => each.name === name);
  if (!fixture) throw new Error(`no fixture ${name}`);
  sequence += 1;
  act(() => showView(messageOf(fixture, sequence)));
  return document.body;
}
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const press = (name: string | RegExp) => fireEvent.click(button(name));
const commands = () => sent.map(({ command }) => command);

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
});
afterEach(() => {
  cleanup();
  agentAway();
});

describe('screens', () => {
  it('has a fixture for every view of the contract', () => {
    const inContract = viewSchema.options.map((option) => option.shape.at.value);
    const shown = new Set(fixtures.map(({ view }) => view.at));
    expect(inContract.filter((at) => !shown.has(at))).toEqual([]);
  });
  it.each(fixtures.map(({ name }) => name))('shows one question and nothing undefined: %s', (name) => {
    const body = show(name);
    expect(body.querySelectorAll('h1')).toHaveLength(1);
    expect(body.querySelector('h1')?.textContent).toMatch(/\S/);
    expect(body.textContent).not.toMatch(/undefined|null|NaN|\{\{|\[object/);
  });
  it('is out of service while the agent is away', () => {
    show('confirming-one');
    act(agentAway);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('ただいま準備をしています');
    expect(screen.queryByRole('button', { name: '支払いへすすむ' })).toBeNull();
  });
});

describe('one command per touch', () => {
  it('sends the first touch and rests every button until the next view', () => {
    show('consent-first');
    press('同意してすすむ');
    press('同意してすすむ');
    expect(sent).toEqual([{ type: 'command', seen: 1, command: { type: 'agree' } }]);
    expect(button('やめる').disabled).toBe(true);
    show('awaitingCard-first');
    expect(button('やめる').disabled).toBe(false);
  });
  it.each([
    ['idle-open', 'はじめる', { type: 'start' }],
    ['consent-first', '前にもどる', { type: 'back' }],
    ['consent-first', 'やめる', { type: 'cancel' }],
    ['cancel-asked', '手続きを続ける', { type: 'cancelDismissed' }],
    ['still-there-asked', '手続きを続ける', { type: 'stillHere' }],
    ['choosingMunicipality-two', /架空県ひばり市/, { type: 'chooseMunicipality', code: '992020' }],
    [
      'choosingCertificate-offered',
      /印鑑登録証明書/,
      { type: 'chooseKind', kind: 'seal-registration-certificate' },
    ],
    ['choosingCertificate-some-withheld', /えらんだ証明書を見る/, { type: 'goOn' }],
    ['choosingOptions-one', /^のせる/, { type: 'answer', question: 'registered-domicile', values: ['with'] }],
    ['choosingOptions-members', /子の子/, { type: 'answer', question: 'members', values: ['5'] }],
    ['choosingOptions-copies', '1部ふやす', { type: 'answer', question: 'copies', values: ['3'] }],
    ['choosingOptions-copies', '1部へらす', { type: 'answer', question: 'copies', values: ['1'] }],
    ['choosingOptions-one', 'これですすむ', { type: 'goOn' }],
    ['basket-one', /取り消す/, { type: 'removeItem', id: 'a' }],
    ['basket-one', 'ほかの証明書もえらぶ', { type: 'addAnother' }],
    ['basket-one', 'この内容ですすむ', { type: 'goOn' }],
    ['confirming-one', '支払いへすすむ', { type: 'confirm' }],
    ['collecting-change', '全部取りました', { type: 'collected' }],
    ['notice-blocked', 'おわる', { type: 'noticeRead' }],
    ['notice-one-of-several', '手続きを続ける', { type: 'noticeRead' }],
    ['askingAttendant-jam', '店員の方はこちら', { type: 'staffOpen' }],
    ['outOfService-by-staff', '店員の方はこちら', { type: 'staffOpen' }],
    ['staffSignIn-first', '前にもどる', { type: 'staffLeave' }],
    ['staffMenu-jam', '直ったか確認する', { type: 'staffCheckAgain' }],
  ] as const)('%s: %s', (name, label, command) => {
    show(name);
    press(label);
    expect(commands()).toEqual([command]);
  });
  it('ends the visit only after asking once', () => {
    show('cancel-asked');
    const dialog = screen.getByRole('alertdialog');
    const yes = [...dialog.querySelectorAll('button')].find(({ textContent }) => textContent === 'やめる');
    fireEvent.click(yes as HTMLButtonElement);
    expect(commands()).toEqual([{ type: 'cancelConfirmed' }]);
  });
});

describe('what is not possible says why', () => {
  it.each([
    ['enteringPin-first', '決定する', '4けたを入力すると、すすめます。'],
    ['choosingOptions-members-none', 'これですすむ', '1つ以上おすと、すすめます。'],
    ['choosingOptions-none-chosen', 'これですすむ', 'どれか1つおすと、すすめます。'],
    ['basket-full', 'ほかの証明書もえらぶ', '一度に申し込める数になりました。'],
    ['basket-empty', 'この内容ですすむ', 'えらんだ証明書はありません。'],
    ['staffSignIn-locked', '決定する', 'いまは入力できません。'],
  ])('%s', (name, label, why) => {
    show(name);
    const disabled = button(label);
    expect(disabled.disabled).toBe(true);
    const reason = document.getElementById(disabled.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe(why);
  });
  it('tells why and until when a certificate cannot be chosen', () => {
    show('choosingCertificate-all-withheld');
    expect(screen.queryByRole('button', { name: /住民票の写し/ })).toBeNull();
    expect(document.body.textContent).toContain('11月21日（土） 午前6時30分から使えます');
  });
});

describe('tries left on the card', () => {
  it.each([
    ['enteringPin-first', /あと\d回/, false],
    ['enteringPin-wrong', /あと2回入力できます/, true],
    ['enteringPin-last-try', /あと1回です/, true],
    ['enteringPin-earlier-mistake', /あと1回です/, true],
    ['enteringPin-card-does-not-tell', /あと\d回/, false],
  ])('%s', (name, words, shown) => {
    expect(words.test(show(name).textContent ?? '')).toBe(shown);
  });
});

describe('staff', () => {
  it('asks before an act that cannot be taken back', () => {
    show('staffMenu-jam');
    press('お金を手で返した');
    expect(sent).toEqual([]);
    expect(screen.getByRole('alertdialog').textContent).toContain('K7Q2-1043');
    press('行う');
    expect(commands()).toEqual([{ type: 'staffSettle', transaction: 'K7Q2-1043', act: 'returned-by-hand' }]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
  it('asks before a restart and sends nothing when it is not wanted', () => {
    show('staffMenu-quiet');
    press('機械全体を始めなおす');
    press('行わない');
    expect(sent).toEqual([]);
  });
  it('offers only the acts that are right now', () => {
    show('staffMenu-jam');
    expect(screen.queryByRole('button', { name: '紙をお客さまに渡した' })).toBeNull();
    expect(button('紙を処分した').disabled).toBe(false);
  });
  it.each([
    ['staffMenu-quiet', '休止にする', true],
    ['staffMenu-everything', '休止をやめる', false],
  ])('takes the kiosk out of service and back: %s', (name, label, on) => {
    show(name);
    press(label);
    press('行う');
    expect(commands()).toEqual([{ type: 'staffOutOfService', on }]);
  });
});

describe('letters', () => {
  it('are large for this visitor and normal for the next', () => {
    show('consent-first');
    press('大きく');
    expect(document.documentElement.dataset['text']).toBe('large');
    expect(sent).toEqual([]);
    show('idle-open');
    expect(document.documentElement.dataset['text']).toBe('normal');
  });
});

describe('a name that the font cannot show as registered', () => {
  it('is found and read by its text, and drawn where the font lacks it', () => {
    const body = show('choosingOptions-members-drawn');
    const self = button(/^辻󠄃 太郎/);
    expect(self.querySelectorAll('svg.drawn')).toHaveLength(1);
    expect(self.querySelector('.visually-hidden')?.textContent).toBe('辻󠄃 太郎');
    // the whole grapheme is drawn: its variation selector is not left to the font
    expect(self.querySelector('.choice-label [aria-hidden]')?.textContent).toBe(' 太郎');
    expect(button(/^𠮷𩸽 次郎/).querySelectorAll('svg.drawn')).toHaveLength(2);
    expect(body.querySelectorAll('svg.drawn').length).toBeGreaterThan(4);
  });
  it('is drawn in the basket too', () => {
    show('basket-full');
    expect(document.querySelectorAll('.item-details svg.drawn').length).toBeGreaterThan(4);
  });
});

describe('after the paper', () => {
  it.each([
    ['collecting-exact', '領収書1枚', false],
    ['collecting-no-receipt', '領収書は印刷できませんでした。', true],
    ['collecting-receipt-unknown', '領収書が出ていないときは、', true],
  ])('%s', (name, words, told) => {
    const text = show(name).textContent ?? '';
    expect(text).toContain(words);
    expect(text.includes('店員にお伝えください')).toBe(told);
    expect(text).toContain('取扱番号（お問い合わせのとき） K7Q2-1043');
  });
});
