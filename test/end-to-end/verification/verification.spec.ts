/** Recipients and their papers: PDF, scan, number; genuine, withdrawn, unknown, forged, altered, spliced, swapped. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { PDFDocument, StandardFonts, TextRenderingMode, setTextRenderingMode } from 'pdf-lib';
import type { ResidentRecord } from '#templates/datasets/residentRecord.ts';
import type { SealRegistration } from '#templates/datasets/sealRegistration.ts';
import { loadSamples } from '#templates/samples.ts';
import { codesInPicture, drawn, scanned, worn, type Wear } from '#center/verification/scan.fixture.ts';
import { withdrawCertificate } from '#center/verification/withdraw.ts';
import { expect, openPage, pdfFile, photo, type VerificationPage } from './page.ts';
import { openCounter, type Counter, type Paper } from './paper.ts';

const DESK: Wear = { degrees: 2, noise: 0.5, blur: 0.8, quality: 60 };
let counter: Counter;
let copy: Paper;
let fiveInTwoPages: Paper;
let opened: VerificationPage;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  counter = await openCounter();
  copy = await counter.print({ sample: 'resident-record-copy' });
  fiveInTwoPages = await counter.print({ sample: 'resident-record-copy.five-persons' });
});
test.afterAll(() => counter.close());
test.beforeEach(async ({ page }) => {
  opened = await openPage(page, counter.url);
});
test.afterEach(() => expect(opened.complaints).toEqual([]));

/** Pages of a file, from 1, in this order, out of one or several PDFs. */
function joined(folder: string, ...parts: readonly (readonly [Buffer, string])[]): Buffer {
  mkdirSync(folder, { recursive: true });
  const inputs = parts.flatMap(([pdf, pages], index) => {
    const file = join(folder, `part-${index}.pdf`);
    writeFileSync(file, pdf);
    return [file, pages];
  });
  const out = join(folder, 'joined.pdf');
  const { status, stderr } = spawnSync('qpdf', ['--empty', '--pages', ...inputs, '--', out]);
  // 3: warnings
  if (status !== 0 && status !== 3) throw new Error(stderr.toString());
  return readFileSync(out);
}
const backs = (pdf: Buffer) => scanned(pdf, 200, 'backs');

/** A scanner's file: pictures of both sides, and on them, unseen, what it believes to have read. */
async function searchable(pdf: Buffer): Promise<Buffer> {
  const file = await PDFDocument.create();
  const font = await file.embedFont(StandardFonts.Helvetica);
  const sides = [scanned(pdf, 200, 'fronts')[0]!, backs(pdf)[0]!];
  for (const side of sides) {
    const picture = await file.embedJpg(worn(side, { ...DESK, degrees: 0 }));
    const page = file.addPage([595.28, 841.89]);
    page.drawImage(picture, { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() });
    page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible));
    page.drawText('what a machine believes to have read, with rnistakes', { font, x: 60, y: 700 });
  }
  return Buffer.from(await file.save());
}

test('the PDF of an issued certificate: genuine, with its front to compare', async () => {
  await opened.choose(pdfFile(copy.pdf));
  await opened.says('本物の内容で、発行されています');
  await expect(opened.verdict).toContainText(copy.issueNumber);
  await expect(opened.verdict).toContainText('架空県みほん市');
  const sheet = opened.page.locator('.sheet');
  await expect(sheet).toContainText('この写しは、世帯全員の住民票の原本と相違ないことを証明する。');
  await expect(sheet.getByRole('row', { name: /^在留カード等の番号/ })).toContainText('AB12345678CD');
  // 渡邉󠄗 is drawn as registered, from outlines asked for by block
  await expect(sheet.locator('svg.letter').first()).toHaveAttribute('aria-label', '邉\u{E0117}');
  await expect(opened.page.locator('.shown img')).toHaveCount(1);
  await opened.axe();
});

test('every sample of every kind: genuine, and no front is taken for another', async () => {
  test.setTimeout(240_000);
  for (const sample of loadSamples().keys()) {
    await opened.page.goto(counter.url);
    await opened.choose(pdfFile((await counter.print({ sample })).pdf, `${sample}.pdf`));
    await opened.says('本物の内容で、発行されています');
    await expect(opened.page.locator('.letter-missing')).toHaveCount(0);
  }
});

test('an imprint is shown beside its label, large enough to compare; another one in its place is named', async ({}, {
  outputDir,
}) => {
  const sample = 'seal-registration-certificate';
  const seal = await counter.print({ sample });
  await opened.choose(pdfFile(seal.pdf));
  await opened.says('本物の内容で、発行されています');
  const row = opened.page.locator('.sheet').getByRole('row', { name: /^印\s影/ });
  await expect(row).toContainText('紙の印影と見くらべてください');
  await expect(row).toContainText('横16.5mm、縦16.5mm');
  expect((await row.locator('svg').boundingBox())?.width).toBeGreaterThan(100);
  await opened.axe();
  // the same words and number, printed with the imprint of another person
  const { imprint } = loadSamples().get('seal-registration-certificate.foreign')!.value as SealRegistration;
  const forged = await counter.print({
    sample,
    entered: false,
    issueNumber: seal.issueNumber,
    change: (value) => ({ ...value, imprint }),
  });
  await opened.page.goto(counter.url);
  await opened.choose(pdfFile(joined(outputDir, [forged.pdf, '1'], [seal.pdf, '2'])));
  await opened.says('表と裏が合いません');
});

test("a municipality's own character is drawn as that municipality prints it", async () => {
  const change = (value: object) => {
    const { persons, ...record } = value as ResidentRecord;
    return { ...record, persons: persons.map((person) => ({ ...person, name: '見本　\u{E000}子' })) };
  };
  const sample = 'resident-record-copy.self';
  const { pdf } = await counter.print({ sample, municipality: '992020', change });
  await opened.choose(pdfFile(pdf));
  await opened.says('本物の内容で、発行されています');
  const row = opened.page.locator('.sheet').getByRole('row', { name: /^氏名\s見本/ });
  await expect(row.locator('svg.letter')).toHaveAttribute('aria-label', '\u{E000}');
  await expect(opened.page.locator('.letter-missing')).toHaveCount(0);
});

test('a searchable scan is judged by its codes, not by what the scanner believes to have read', async () => {
  await opened.choose(pdfFile(await searchable(copy.pdf), 'scan.pdf'));
  await opened.says('本物の内容で、発行されています');
  await expect(opened.page.locator('.shown img')).toHaveCount(1);
});

test('scans of all backs, in any order: genuine', async () => {
  const scans = backs(fiveInTwoPages.pdf).map((page, index) => photo(worn(page, DESK), `scan-${index}.jpg`));
  await opened.choose(...scans.reverse());
  await opened.says('本物の内容で、発行されています');
  await expect(opened.page.locator('.sheet')).toHaveCount(2);
});

test('one back of two: what is missing is named, and the other one completes it', async () => {
  const [first, second] = backs(fiveInTwoPages.pdf);
  await opened.choose(photo(worn(second!, DESK)));
  await opened.says('まだ全部を読めていません');
  await expect(opened.verdict).toContainText('読めていないページ：1');
  await opened.axe();
  await opened.choose(photo(worn(first!, DESK)));
  await opened.says('本物の内容で、発行されています');
});

test('a withdrawn certificate, by its codes and by its number', async () => {
  const { issueNumber, pdf } = await counter.print({ sample: 'resident-record-copy.self' });
  await withdrawCertificate(counter.db, issueNumber, 'wrong-person', Date.now());
  await opened.choose(pdfFile(pdf));
  await opened.says('取り消された証明書です');
  await opened.ask(issueNumber);
  await opened.says('取り消された証明書です');
  await expect(opened.verdict).not.toContainText('別の人');
  await opened.axe();
});

test('a certificate nobody has entered has genuine content and no record', async () => {
  const { pdf } = await counter.print({ sample: 'resident-record-copy.self', entered: false });
  await opened.choose(pdfFile(pdf));
  await opened.says('発行の記録がありません');
});

test('a certificate past its time for asking', async () => {
  const { pdf } = await counter.print({ sample: 'resident-record-copy.self', verifiableDays: -1 });
  await opened.choose(pdfFile(pdf));
  await opened.says('照会できる期間をすぎています');
});

test('a page signed by somebody else is forged', async () => {
  const { pdf } = await counter.print({ sample: 'resident-record-copy.self', signer: 'stranger' });
  await opened.choose(pdfFile(pdf));
  await opened.says('市区町村の署名ではありません');
  await expect(opened.page.locator('.sheet')).toHaveCount(0);
  await opened.axe();
});

test('a code in which somebody changed a byte is altered, and nothing of it is shown', async () => {
  const [code] = await codesInPicture(backs(copy.pdf)[0]!);
  const changed = Uint8Array.from(code!);
  changed[200]! ^= 1;
  await opened.choose(photo(drawn(changed)));
  await opened.says('書きかえられています');
  await expect(opened.page.locator('.sheet')).toHaveCount(0);
  await opened.axe();
});

test('pages of two certificates are spliced', async ({}, { outputDir }) => {
  const other = await counter.print({ sample: 'resident-record-copy.five-persons' });
  const mixed = joined(outputDir, [fiveInTwoPages.pdf, '1-2'], [other.pdf, '3-4']);
  await opened.choose(pdfFile(mixed));
  await opened.says('別の証明書のページがまざっています');
  await expect(opened.verdict).toContainText(other.issueNumber);
  await expect(opened.verdict).toContainText(fiveInTwoPages.issueNumber);
});

test("another certificate's front before a genuine back is swapped", async ({}, { outputDir }) => {
  const other = await counter.print({ sample: 'resident-record-copy' });
  await opened.choose(pdfFile(joined(outputDir, [other.pdf, '1'], [copy.pdf, '2'])));
  await opened.says('表と裏が合いません');
});

test('who sees another number on the front says so', async () => {
  await opened.choose(photo(worn(backs(copy.pdf)[0]!, DESK)));
  await opened.says('本物の内容で、発行されています');
  await opened.page.getByRole('button', { name: 'ちがう' }).click();
  await opened.says('表と裏が合いません');
});

test('who opens the PDF itself is given the certificate that its seal is checked with', async () => {
  const link = opened.page.getByRole('link', { name: 'センターの証明書（ca.pem）' });
  const [download] = await Promise.all([opened.page.waitForEvent('download'), link.click()]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('BEGIN CERTIFICATE');
});

test('a photo without codes, and a file that is none', async () => {
  await opened.choose(photo(scanned(copy.pdf, 60, 'fronts')[0]!));
  await opened.says('2次元コードが見つかりません');
  await opened.choose(pdfFile(Buffer.from('not a PDF'), 'letter.pdf'));
  await expect(opened.page.getByRole('alert')).toContainText('letter.pdf');
});

test('a number alone tells kind, date and municipality', async () => {
  await opened.ask(copy.issueNumber.toLowerCase().replaceAll('-', ' '));
  await opened.says('発行されています');
  await expect(opened.verdict).toContainText('住民票の写し');
  await expect(opened.verdict).toContainText('令和8年11月21日');
  await opened.ask('0000-0000-0000-0000');
  await opened.says('発行の記録がありません');
  await opened.ask('1234');
  await expect(opened.page.getByRole('alert')).toContainText('16文字');
  await opened.axe();
});

test('in English, by keyboard alone', async ({ page }) => {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Verify a certificate');
  await page.getByLabel('Issue number (16 characters)').focus();
  await page.keyboard.type(copy.issueNumber);
  await page.keyboard.press('Enter');
  await opened.says('Issued');
  await expect(opened.verdict.getByRole('heading')).toBeFocused();
  await expect(opened.verdict).toContainText('21 November 2026');
  await expect(opened.verdict).toContainText('copy of the resident record');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await opened.axe();
});

test('without a network the codes are still judged, and nothing is claimed about withdrawal', async ({
  page,
}) => {
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await opened.choose(photo(worn(backs(copy.pdf)[0]!, DESK)));
  await opened.says('書きかえられていません');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'もう一度たずねる' }).click();
  await opened.says('本物の内容で、発行されています');
  (opened.complaints as string[]).splice(0); // the browser's own words about the missing network
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('everything fits 360 pixels', async ({ page }) => {
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - 360');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await opened.choose(pdfFile(copy.pdf));
    await opened.says('本物の内容で、発行されています');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await opened.axe();
    const { pdf } = await counter.print({ sample: 'seal-registration-certificate.largest' });
    await page.goto(counter.url);
    await opened.choose(pdfFile(pdf));
    await opened.says('本物の内容で、発行されています');
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});
