/** The camera: a browser whose camera is a file shows it the back of a certificate. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium, test } from '@playwright/test';
import { scanned } from '#center/verification/scan.fixture.ts';
import { expect, openPage } from './page.ts';
import { openCounter, type Counter } from './paper.ts';

let counter: Counter;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  counter = await openCounter();
});
test.afterAll(() => counter.close());

/** A video of one frame: the upper half of a page, as somebody holds a phone over it. */
function videoOf(page: Buffer, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const [from, frame] = [join(folder, 'back.png'), join(folder, 'back.mjpeg')];
  writeFileSync(from, page);
  const crop = [
    '-gravity',
    'north',
    '-crop',
    '1600x900+0+120',
    '+repage',
    '-colorspace',
    'sRGB',
    '-type',
    'TrueColor',
  ];
  const { status, stderr } = spawnSync('convert', [
    from,
    ...crop,
    '-sampling-factor',
    '4:2:0',
    `jpeg:${frame}`,
  ]);
  if (status !== 0) throw new Error(stderr.toString());
  return frame;
}

test('reads the codes and comes to its result by itself', async ({ launchOptions }, { outputDir }) => {
  const copy = await counter.print({ sample: 'resident-record-copy' });
  const video = videoOf(scanned(copy.pdf, 200, 'backs')[0]!, outputDir);
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
  });
  try {
    const page = await browser.newPage({ locale: 'ja-JP' });
    const opened = await openPage(page, counter.url);
    await page.getByRole('button', { name: 'カメラで読む' }).click();
    await opened.says('本物の内容で、発行されています');
    await expect(opened.verdict).toContainText(copy.issueNumber);
    expect(opened.complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('a camera that may not be used is said to be, with a way on', async ({ page }) => {
  const opened = await openPage(page, counter.url);
  await page.getByRole('button', { name: 'カメラで読む' }).click();
  await expect(page.getByRole('alert')).toContainText('カメラを使えません');
  await opened.axe();
  await page.getByRole('button', { name: '読むのをやめる' }).click();
  await expect(page.getByRole('button', { name: 'カメラで読む' })).toBeVisible();
});
