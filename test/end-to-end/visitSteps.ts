/** The way through a visit by touches, as far as a test needs it; each step ends on the screen that comes next. */
import { spawnSync } from 'node:child_process';
import { booksOf } from '#simulators/payment/paymentServer.ts';
import { demoCards } from '#simulators/municipality/cards.ts';
import type { CardFault } from '#simulators/card/faults.ts';
import type { CertificateKind } from '#templates/kindSchema.ts';
import { loadTemplates } from '#templates/load.ts';
import texts from '../../renderer/texts/ja.json' with { type: 'json' };
import { DEMO_STAFF_CODE, type Stack } from '../demo/stack.ts';
import { expect, type Kiosk, type Screen } from './kiosk.ts';

/** The renderer's words, so that a better word on a screen does not break a test of something else. */
export const say = texts;
/** The agent's questions (kiosk-agent/visit/texts.json); what a kind asks for itself stands in its file. */
export const asks = {
  extent: 'どなたの分をのせますか',
  members: 'のせる人をえらんでください',
  copies: '何部必要ですか',
  option: (label: string) => `${label}をのせますか`,
};
const { kinds } = loadTemplates();
function kindOf(id: string): CertificateKind {
  const kind = kinds.get(id)?.value;
  if (!kind) throw new Error(`no kind ${id}`);
  return kind;
}
/** 証明書名 of a kind, as screens and receipts have it. */
export const labelOf = (kind: string): string => kindOf(kind).label;
/** The button of a kind: its name comes first. */
export const buttonOf = (kind: string): RegExp => new RegExp(`^${labelOf(kind)}`);
export const RESIDENT_RECORD_COPY = buttonOf('resident-record-copy');

export function pinOf(cardId: string): string {
  const card = demoCards.find(({ id }) => id === cardId);
  if (!card) throw new Error(`no demo card ${cardId}`);
  return card.pin;
}

/** Some other four digits. */
export function wrongPinOf(cardId: string): string {
  return String((Number(pinOf(cardId)) + 1) % 10_000).padStart(4, '0');
}

/** Idle -> the card is asked for. */
export async function begin(screen: Screen): Promise<void> {
  await screen.shows(say['idle.heading']);
  await screen.touch(say['idle.start']);
  await screen.shows(say['consent.heading']);
  await screen.touch(say['consent.agree']);
  await screen.shows(say['awaitingCard.heading']);
}

/** Idle -> the PIN is asked for, with this card on the reader. */
export async function placeCard(
  { stack }: Kiosk,
  screen: Screen,
  cardId: string,
  faults: readonly CardFault[] = [],
): Promise<void> {
  await stack.shelf.fileOf(cardId);
  await begin(screen);
  await stack.shelf.insert(cardId, faults);
  await screen.shows(say['pin.heading']);
}

/** Four digits on the pad and the main action. */
export async function enterPin(screen: Screen, pin: string): Promise<void> {
  for (const digit of pin) await screen.touch(digit);
  await screen.touch(say['pin.enter']);
}

/** Idle -> the kinds of certificates, the card taken back. */
export async function signIn(kiosk: Kiosk, screen: Screen, cardId: string): Promise<void> {
  await placeCard(kiosk, screen, cardId);
  await enterPin(screen, pinOf(cardId));
  await screen.shows(say['returningCard.heading']);
  await kiosk.stack.shelf.remove();
  await chooseResidence(screen);
}

/** Whose certificates, where that is asked -> the kinds of the place of living. */
export async function chooseResidence(screen: Screen): Promise<void> {
  const asked = screen.page.getByRole('heading', { name: say['municipality.heading'], exact: true });
  const kinds = screen.page.getByRole('heading', { name: say['kind.heading'], exact: true });
  await expect(asked.or(kinds).first()).toBeVisible();
  if (await asked.isVisible()) {
    await screen.shows(say['municipality.heading']);
    await screen.touch(new RegExp(`^${say['municipality.residence']}`));
  }
  await screen.shows(say['kind.heading']);
}

/** Cancel, its question, and yes -> where the kiosk goes then. */
export async function confirmCancel(screen: Screen): Promise<void> {
  await screen.touch(say['frame.cancel']);
  const question = screen.page.getByRole('alertdialog', { name: say['cancel.heading'] });
  await question.getByRole('button', { name: say['cancel.yes'], exact: true }).tap();
}
/** Cancel -> idle. */
export async function cancel(screen: Screen): Promise<void> {
  await confirmCancel(screen);
  await screen.shows(say['idle.heading']);
}

/** Idle, out of service or the call for staff -> the staff's menu, after the store code. */
export async function staffSignsIn(screen: Screen): Promise<void> {
  await screen.touch(say['out.staff']);
  await screen.shows(say['staff.signIn.heading']);
  await enterPin(screen, DEMO_STAFF_CODE);
  await screen.shows(say['staff.heading']);
}

/** The act on the one open transaction -> nothing is open any more, and the residents' screen again. */
export async function staffSettles(screen: Screen, act: string): Promise<void> {
  await screen.touch(act);
  await screen.touch(say['staff.confirm.yes']);
  await expect(screen.page.getByText(say['staff.open.none'])).toBeVisible();
  await screen.touch(say['staff.checkAgain']);
  await expect(screen.page.getByText(say['staff.faults.none'])).toBeVisible();
  await screen.touch(say['staff.leave']);
  await screen.shows(say['idle.heading']);
}

export interface Choice {
  /** data id; a 住民票の写し when absent */
  readonly kind?: string;
  readonly extent?: RegExp;
  /** labels to tick where a kind asks for its items on one screen */
  readonly items?: readonly string[];
  /** labels of the options to be shown; every other one is left as it is: not shown */
  readonly include?: readonly string[];
  readonly copies?: number;
}

/** The kinds -> the basket, by answering every question that is asked; what the choice does not name stays as it is. */
export async function choose(screen: Screen, choice: Choice = {}): Promise<void> {
  const { kind = 'resident-record-copy' } = choice;
  await screen.touch(buttonOf(kind));
  let heading = await headingAfter(screen, say['kind.heading']);
  while (heading !== say['basket.heading']) {
    await answer(screen, heading, choice);
    await screen.touch(say['options.next']);
    heading = await headingAfter(screen, heading);
  }
}

async function answer(
  screen: Screen,
  heading: string,
  { kind = 'resident-record-copy', extent, include = [], items = [], copies = 1 }: Choice,
): Promise<void> {
  const { asking } = kindOf(kind);
  if (asking.as === 'list' && heading === asking.heading) await tick(screen, items);
  if (heading === asks.extent && extent) {
    await screen.touch(extent);
    await expect(screen.button(extent)).toHaveAttribute('aria-pressed', 'true');
  }
  if (include.some((label) => asks.option(label) === heading)) {
    await screen.touch(/^のせる/);
    await expect(screen.button(/^のせる/)).toHaveAttribute('aria-pressed', 'true');
  }
  for (let count = 2; heading === asks.copies && count <= copies; count += 1) {
    await screen.touch(say['options.more']);
    await expect(screen.page.getByText(`${count}部`, { exact: true })).toBeVisible();
  }
}

/** Ticks these, wherever in the pages of the list they stand. */
async function tick(screen: Screen, labels: readonly string[]): Promise<void> {
  for (const label of labels) {
    const box = screen.button(new RegExp(`^${label}`));
    while (!(await box.isVisible())) await screen.touch(say['list.next']);
    await box.tap();
    await expect(box).toHaveAttribute('aria-pressed', 'true');
  }
}

/** The heading of the screen after this one. */
async function headingAfter(screen: Screen, before: string): Promise<string> {
  const heading = screen.page.getByRole('heading', { level: 1 });
  await expect(heading).not.toHaveText(before);
  const text = await heading.innerText();
  await screen.shows(text);
  return text;
}

/** The basket -> the money is asked for, and the slot for it is open. */
export async function order({ stack }: Kiosk, screen: Screen): Promise<void> {
  await screen.touch(say['basket.next']);
  await screen.shows(say['confirming.heading']);
  await screen.touch(say['confirming.confirm']);
  await screen.shows(say['paying.heading']);
  const { charges } = stack.payment.mechanism.books;
  await expect.poll(() => charges.at(-1)?.state).toBe('collecting');
}

/** The whole way to the money: one certificate of this card's holder. */
export async function orderOne(
  kiosk: Kiosk,
  screen: Screen,
  cardId: string,
  choice: Choice = {},
): Promise<void> {
  await signIn(kiosk, screen, cardId);
  await choose(screen, choice);
  await order(kiosk, screen);
}

/** What the printer was sent, certificates and receipts apart. */
export function papers({ printer: { printer } }: Stack, from = 0) {
  const jobs = printer.jobs.slice(from);
  const certificates = jobs.filter(({ sides }) => sides === 'two-sided');
  return { certificates, receipts: jobs.filter((job) => !certificates.includes(job)) };
}

/** Money and paper as their machines know them. */
export function books(stack: Stack) {
  const { charges, balanced } = booksOf(stack.payment.mechanism.books);
  const taken = charges.reduce(
    (sum, { state, amount, refunded }) => sum + (state === 'paid' ? amount - refunded : 0),
    0,
  );
  return { charges, balanced, taken };
}

/** The center's records in the order of their making. */
export async function issueRecords(stack: Stack) {
  return stack.db
    .selectFrom('certificate')
    .select(['issue_number', 'kind', 'document_sha256', 'state', 'paid', 'sheets', 'refunded', 'void_reason'])
    .orderBy('prepared_at')
    .execute();
}

/** Waits until the center knows how every one of its certificates ended; the last `count` of them. */
export async function settledRecords(stack: Stack, count: number) {
  await expect
    .poll(async () => (await issueRecords(stack)).filter(({ state }) => state === 'prepared').length)
    .toBe(0);
  return (await issueRecords(stack)).slice(-count);
}

/** The words on a sheet, with their variation selectors. */
export function wordsOf(pdf: Buffer): string {
  const { status, stdout } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf });
  if (status !== 0) throw new Error('pdftotext cannot read the document');
  return stdout.toString('utf8');
}
