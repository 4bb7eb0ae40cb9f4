/** The way through 本籍地の利用登録 by touches, as far as a test needs it; each step ends on the screen that comes next. */
import type { Browser, Page } from '@playwright/test';
import { demoCards } from '#simulators/municipality/cards.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { officerOf } from '../demo/officer.ts';
import { expect, type Kiosk, type Screen } from './kiosk.ts';
import { enterPin, pinOf, placeCard, say } from './visitSteps.ts';

export function passwordOf(cardId: string): string {
  const card = demoCards.find(({ id }) => id === cardId);
  if (!card) throw new Error(`no demo card ${cardId}`);
  return card.password;
}

/** Keys of the touch keyboard by their names, in order. */
async function keys(screen: Screen, names: readonly string[]): Promise<void> {
  for (const name of names)
    await screen.page.locator('main').getByRole('button', { name, exact: true }).tap();
}
const VOICED = say['keyboard.voiced.label'];
const SPACE = say['keyboard.space'];
const DIGITS = say['keyboard.toDigits'];

/** What is touched for each question of the form, where the suggestion is not taken. */
export interface Typed {
  readonly domicile: readonly string[];
  /** 筆頭者; absent: the resident's own name, which the screen offers */
  readonly head?: readonly string[];
  readonly furigana: readonly string[];
}
/** 昨日子, head of her own 戸籍 in ためし市: 例示八丁目8番地. */
export const KINOKO: Typed = {
  domicile: ['れ', 'い', 'し', VOICED, '例示', DIGITS, '8', '丁目', '8', '番地'],
  furigana: ['れ', 'い', 'し', VOICED, SPACE, 'き', 'の', 'こ'],
};
const TELEPHONE = [...'09012345678'];

/** Idle -> the question whose certificates are wanted, the card taken back. */
export async function signInToPlaces(kiosk: Kiosk, screen: Screen, cardId: string): Promise<void> {
  await placeCard(kiosk, screen, cardId);
  await enterPin(screen, pinOf(cardId));
  await screen.shows(say['returningCard.heading']);
  await kiosk.stack.shelf.remove();
  await screen.shows(say['municipality.heading']);
}

/** Idle -> the form of ためし市 filled, the card asked for again. */
export async function fillForm(kiosk: Kiosk, screen: Screen, cardId: string, typed: Typed): Promise<void> {
  await signInToPlaces(kiosk, screen, cardId);
  await screen.touch(new RegExp(`^${say['municipality.others']}`));
  await screen.shows(say['domicile.heading']);
  await screen.touch(new RegExp(`^${say['domicile.apply']}`));
  await screen.shows(say['prefecture.heading']);
  await screen.touch('架空県');
  await screen.shows(say['place.heading']);
  await screen.touch(/^ためし市/);
  await screen.shows(say['explain.heading']);
  await screen.touch(say['explain.begin']);
  await screen.shows(say['question.domicile.heading']);
  await keys(screen, typed.domicile);
  await screen.touch(say['question.next']);
  await screen.shows(say['question.headOfRegister.heading']);
  if (typed.head) await keys(screen, typed.head);
  else await screen.touch(new RegExp(`^${say['question.suggestion'].split('{{')[0]!}`));
  await screen.touch(say['question.next']);
  await screen.shows(say['question.furigana.heading']);
  await keys(screen, typed.furigana);
  await screen.touch(say['question.next']);
  await screen.shows(say['question.telephone.heading']);
  await keys(screen, TELEPHONE);
  await screen.touch(say['question.next']);
  await screen.shows(say['cardText.heading']);
  await screen.touch(new RegExp(`^${say['cardText.no']}`));
  await screen.shows(say['cardAgain.heading']);
}

export async function enterPassword(screen: Screen, password: string): Promise<void> {
  await keys(screen, [...password]);
  await screen.touch(say['pin.enter']);
}

/** The card asked for again -> what will be signed, the card on the reader. */
export async function openReview(kiosk: Kiosk, screen: Screen, cardId: string): Promise<void> {
  await kiosk.stack.shelf.insert(cardId);
  await screen.shows(say['signature.heading']);
  await enterPassword(screen, passwordOf(cardId));
  await screen.shows(say['apply.heading']);
}

/** What will be signed -> its last page, where it can be confirmed. */
export async function confirmReview(screen: Screen): Promise<void> {
  const next = screen.button(say['list.next']);
  while (await next.isVisible()) {
    if (await next.isDisabled()) break;
    await next.tap();
  }
  await screen.touch(say['apply.confirm']);
}

/** What will be signed -> the application is received; returns its number. */
export async function sendApplication(kiosk: Kiosk, screen: Screen, cardId: string): Promise<string> {
  await confirmReview(screen);
  await screen.shows(say['pinAgain.heading']);
  await enterPin(screen, pinOf(cardId));
  await screen.shows(say['applied.heading']);
  const number = await screen.page.locator('.application-number strong').innerText();
  await kiosk.stack.shelf.remove();
  await screen.touch(say['applied.done']);
  await screen.shows(say['idle.heading']);
  return number.trim();
}

/** The detail of the one application of this card -> all words of the screen. */
export async function readStatus(kiosk: Kiosk, screen: Screen, cardId: string): Promise<string> {
  await signInToPlaces(kiosk, screen, cardId);
  await screen.touch(new RegExp(`^${say['municipality.others']}`));
  await screen.shows(say['domicile.heading']);
  await screen.touch(new RegExp(`^${say['domicile.status']}`));
  await screen.shows(say['status.heading']);
  await screen.touch(/ためし市/);
  await screen.shows(say['status.detail.heading']);
  return screen.words();
}

export interface Desk {
  readonly page: Page;
  close(): Promise<void>;
}

/** An officer of ためし市's 戸籍 at the console of this stack, looking at one application. */
export async function officeDesk({ stack }: Kiosk, browser: Browser, number: string): Promise<Desk> {
  const officer = await officerOf(stack, municipalityCode.parse('992020'));
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'ja-JP',
    hasTouch: false,
  });
  const { origin } = new URL(stack.consoleUrl());
  await context.addCookies([
    { name: 'console', value: officer.token, url: origin, httpOnly: true, sameSite: 'Strict' },
  ]);
  const page = await context.newPage();
  await page.goto(`${origin}/applications`);
  await page.getByRole('link', { name: number }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  await page.getByRole('button', { name: '確認をはじめる' }).click();
  await expect(page.getByRole('button', { name: '却下する' })).toBeVisible();
  return { page, close: () => context.close() };
}

/** The officer's one candidate, every difference looked at. */
export async function acceptAt({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: 'この人で登録する' }).click();
  const dialog = page.getByRole('dialog');
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await dialog.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByText('登録した', { exact: true }).first()).toBeVisible();
}

/** With the first of the reasons. */
export async function refuseAt({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: '却下する' }).click();
  const refusal = page.getByRole('alertdialog');
  await refusal.getByRole('radio').first().check();
  await refusal.getByRole('button', { name: '却下する' }).click();
  await expect(page.getByText('却下した', { exact: true }).first()).toBeVisible();
}
