/**
 * A municipality joins from nothing: account, registers, configuration, a specimen at a kiosk, approval by a second person,
 * and on its first day, and not the day before, its resident is issued a certificate. Real commands, real mutual TLS, real
 * OCSP, a real browser; only the clock is moved.
 */
import { execFile } from 'node:child_process';
import { randomUUID, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { test, type Browser, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { createHttpCenter } from '#agent/center/httpCenter.ts';
import { startCenter, type RunningCenter } from '#center/center.ts';
import { challengeMessage, kioskEnrolment } from '#center/contract/kioskApi.ts';
import { DEBIAN_FONT_PATH } from '#center/documents/fontFile.ts';
import { addDays, civilMoment, instantOf } from '#templates/civilTime.ts';
import type { CivilDate, IssueNumber, MunicipalityCode } from '#templates/vocabulary.ts';
import { createAuthority, type Authority } from '#simulators/authority/authority.ts';
import { issueCard, type IssuedCard } from '#simulators/authority/issueCard.ts';
import { startOcspResponder, type OcspResponder } from '#simulators/authority/ocspResponder.ts';
import { feedRegisters, loadText, type EntityRow } from '#simulators/municipality/feedParts.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { expect, expectAccessible } from './consoleStand.ts';

const CODE = '131016' as MunicipalityCode;
const PASSWORD = 'a sentence nobody guesses';
const run = promisify(execFile);

let folder: string;
let offset = 0;
const clock = () => Date.now() + offset;
let authority: Authority;
let responder: OcspResponder;
let center: RunningCenter;
let card: IssuedCard;
/** the day everything is set up */
const today = civilMoment(Date.now()).date;
const firstDay = addDays(today, 1);

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = mkdtempSync(join(tmpdir(), 'joins-'));
  authority = await createAuthority(join(folder, 'authority'), { clock });
  responder = await startOcspResponder({ authority, port: 0, clock });
  center = await startCenter(
    {
      dataDir: folder,
      host: 'localhost',
      port: 0,
      adminPort: 0,
      publicPort: 0,
      pageDir: resolve('dist/verify'),
      applyPageDir: resolve('dist/apply'),
      feedPort: 0,
      consolePort: 0,
      consolePageDir: resolve('dist/console'),
      counterReader: 'http://127.0.0.1:8791',
      trustDir: authority.trustDir,
      ocspUrl: responder.url,
      mode: 'demo',
      fontPath: DEBIAN_FONT_PATH,
      logLevel: 'silent',
    },
    { clock },
  );
});
test.afterAll(async () => {
  await center.stop();
  await responder.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A command of the product, beside the running center. */
async function command(file: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: folder, CONSOLE_URL: center.consoleUrl };
  const { stdout } = await run(process.execPath, ['--import', 'tsx', `issuance-center/${file}`, ...args], {
    env,
  });
  return stdout.trim();
}

interface Person {
  readonly login: string;
  readonly page: Page;
}

/** From the link of an invitation to a signed-in member, as the member does it. */
async function enrol(browser: Browser, login: string, link: string): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ja-JP' });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByText(login)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await page.getByLabel('パスワード（もう一度）').fill(PASSWORD);
  await page.getByRole('button', { name: '次へ' }).click();
  await page.getByRole('button', { name: /認証アプリを使う/ }).click();
  const letters = (await page.locator('li code').innerText()).replaceAll(/\s/g, '');
  await expectAccessible(page);
  const code = new TOTP({ secret: Secret.fromBase32(letters), digits: 6, period: 30 }).generate({
    timestamp: clock(),
  });
  await page.getByLabel('6けたの数字').fill(code);
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByText('この画面を閉じると、もう見られません')).toBeVisible();
  await page.getByRole('link', { name: '管理画面をひらく' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  return { login, page };
}

async function invite(administrator: Page, login: string, role: string): Promise<string> {
  await administrator.getByRole('link', { name: '職員', exact: true }).click();
  await administrator.getByRole('button', { name: '職員を招待する' }).click();
  const dialog = administrator.getByRole('dialog');
  await dialog.getByLabel('名前', { exact: true }).fill(`${role}の担当`);
  await dialog.getByLabel('ログイン名').fill(login);
  await dialog.getByLabel('閲覧', { exact: true }).uncheck();
  await dialog.getByLabel(role, { exact: true }).check();
  await dialog.getByRole('button', { name: '招待のリンクを作る' }).click();
  const link = await administrator.getByRole('textbox', { name: '招待のリンク' }).inputValue();
  await administrator.getByRole('button', { name: '閉じる' }).click();
  return link;
}

/** One household of the demo, moved to the new municipality; the holder's card is tied by a link row. */
function rowsOf(register: string): readonly EntityRow[] {
  const demo = demoRegisters(today);
  const holder = demo.residents.find(({ residentId }) => residentId === 'one-person-household')!;
  const home = demo.households.find(({ householdId }) => householdId === holder.householdId)!;
  const resident = { ...holder, residentId: 'chiyo-1', householdId: 'chiyo-home' };
  if (register === 'resident') {
    const household = {
      ...home,
      householdId: 'chiyo-home',
      municipality: CODE,
      address: '東京都千代田区見本町一丁目1番1号',
    };
    return [
      { entity: 'household', row: household as never },
      { entity: 'resident', row: resident as never },
    ];
  }
  if (register === 'certificate-link') {
    const link = { ...card.authentication, residentId: 'chiyo-1', registeredOn: addDays(today, -30) };
    return [{ entity: 'certificate-link', row: link as never }];
  }
  return [];
}

async function loadRegisters(): Promise<void> {
  const client = join(folder, 'client.json');
  await command('registers/door/enrolCommand.ts', [
    '--municipality',
    CODE,
    '--id',
    'office-1',
    '--out',
    client,
    '--url',
    center.feedUrl,
  ]);
  mkdirSync(join(folder, 'files'));
  for (const register of feedRegisters) {
    const file = join(folder, 'files', `${register}.ndjson`);
    writeFileSync(
      file,
      loadText(rowsOf(register), { stream: randomUUID(), seq: 0, version: 1, until: clock() - 1_000 }),
    );
    const args = [CODE, register, file, '--client', client];
    const dry = await command('registers/door/importCommand.ts', [...args, '--dry-run']);
    expect(dry).not.toBe('');
    await command('registers/door/importCommand.ts', args);
  }
}

async function tellUnchanged(): Promise<void> {
  for (const register of feedRegisters) {
    const { stream, next_seq } = await center.db
      .selectFrom('register_stream')
      .select(['stream', 'next_seq'])
      .where('municipality', '=', CODE)
      .where('register', '=', register)
      .executeTakeFirstOrThrow();
    const header = {
      kind: 'events',
      stream,
      from: next_seq,
      count: 0,
      until: new Date(clock() - 1_000).toISOString(),
    };
    const file = join(folder, 'files', `${register}.events.ndjson`);
    writeFileSync(file, `${JSON.stringify(header)}\n`);
    await command('registers/door/importCommand.ts', [
      CODE,
      register,
      file,
      '--client',
      join(folder, 'client.json'),
    ]);
  }
}

const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '下書きの項目' }).getByRole('button', { name }).click();

/** What only the municipality knows: first day, head, seal. Answers with the number of the version. */
async function configure(page: Page): Promise<string> {
  await page.getByRole('link', { name: '証明書の種類' }).click();
  await page
    .getByRole('button', { name: /下書きを作る/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/第1版の下書き/);
  await section(page, '基本');
  await page.getByRole('textbox', { name: '交付を始める日' }).fill(firstDay);
  await section(page, '首長');
  await page.getByLabel('職名').first().fill('東京都千代田区長');
  await page.getByLabel('氏名').first().fill('例示　一郎');
  await section(page, '公印');
  await page.getByRole('button', { name: '公印を決める' }).click();
  await page.getByRole('button', { name: 'この日からの行を足す' }).click();
  const seal = readFileSync('certificate-templates/profiles/seals/992020.png');
  await page
    .getByLabel(/公印の画像を(えらぶ|取りかえる)/)
    .first()
    .setInputFiles({ name: 'seal.png', mimeType: 'image/png', buffer: seal });
  await page.getByLabel('印に書いてある文字').first().fill('東京都千代田区長之印');
  await expect(page.getByText('保存してあります')).toBeVisible();
  await expect(page.getByRole('complementary', { name: '見本' }).locator('canvas').first()).toBeVisible();
  await section(page, '変更点と提出');
  await page.getByLabel('変更の説明（承認する人へ）').fill('コンビニ交付を始める');
  await page.getByRole('button', { name: '承認者に提出する' }).click();
  await expect(page.getByText('承認待ち', { exact: true })).toBeVisible();
  return page.url();
}

/** A kiosk's own client and the holder's card: what the agent does, without its screen. */
async function visit(kiosk: ReturnType<typeof createHttpCenter>) {
  const opened = await kiosk.openSession();
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  const { key, certificate } = card.card.authentication;
  const message = challengeMessage(kiosk.kioskId, opened.sessionId, opened.challenge);
  const signature = sign('sha256', message, key);
  const proof = { certificate: Buffer.from(certificate, 'base64'), signature };
  const who = await kiosk.authenticate(opened.sessionId, proof);
  if (who.kind !== 'authenticated') return { sessionId: opened.sessionId, answer: who };
  return { sessionId: opened.sessionId, answer: await kiosk.offer(opened.sessionId, CODE) };
}

test('from nothing to the first certificate, on its first day and not before', async ({ browser }) => {
  test.setTimeout(420_000);
  const holder = {
    name: '見本　千代',
    address: '東京都千代田区見本町',
    birthDate: '1990-01-01' as CivilDate,
    sex: 'female' as const,
  };
  card = await issueCard(authority, { holder, municipalityCode: '13101', withoutSignature: true });

  // the operator of the center: the municipality joins, its first administrator gets a link
  await command('configuration/joinCommand.ts', [
    '--code',
    CODE,
    '--prefecture',
    '東京都',
    '--name',
    '千代田区',
  ]);
  const link = await command('console/firstAdministrator.ts', [
    '--municipality',
    CODE,
    '--login',
    'admin@chiyoda',
    '--name',
    '管理の担当',
  ]);
  const administrator = await enrol(browser, 'admin@chiyoda', link);
  const editor = await enrol(
    browser,
    'editor@chiyoda',
    await invite(administrator.page, 'editor@chiyoda', '編集'),
  );
  const approver = await enrol(
    browser,
    'approver@chiyoda',
    await invite(administrator.page, 'approver@chiyoda', '承認'),
  );

  // registers, checked first and then entered
  await loadRegisters();

  // the kiosk that will print the specimen
  const file = join(folder, 'kiosk.json');
  await command('kiosks/enrol.ts', ['--id', 'town-hall-1', '--out', file, '--url', center.url]);
  const kiosk = createHttpCenter(kioskEnrolment.parse(JSON.parse(readFileSync(file, 'utf8'))));
  expect((await visit(kiosk)).answer).toMatchObject({ kind: 'refused', notice: 'SERV-04' });

  const address = await configure(editor.page);
  const specimens = editor.page.getByRole('region', { name: '店の機械で見本を印刷する' });
  await specimens.getByLabel('機械', { exact: true }).selectOption('town-hall-1');
  await specimens.getByLabel('見本', { exact: true }).selectOption({ index: 1 });
  await editor.page.getByRole('button', { name: '印刷を頼む' }).click();
  await expect(editor.page.getByRole('table', { name: /頼んだ見本/ })).toContainText('機械で待っています');
  const waiting = await kiosk.testIssues();
  if (waiting.kind !== 'test-issues') throw new Error(waiting.kind);
  const specimen = await kiosk.fetchTestIssue(waiting.items[0]!.id);
  if (specimen.kind !== 'specimen') throw new Error(specimen.kind);
  expect(specimen.document.subarray(0, 5).toString()).toBe('%PDF-');
  await kiosk.endTestIssue(waiting.items[0]!.id, 'printed');
  await editor.page.reload();
  await expect(editor.page.getByRole('table', { name: /頼んだ見本/ })).toContainText('印刷しました');

  // a second person looks and approves; it counts at once, the service begins on its first day
  await approver.page.goto(address.replace('/edit', ''));
  await approver.page.getByRole('button', { name: '承認する' }).click();
  const dialog = approver.page.getByRole('dialog');
  await dialog.getByLabel('承認してすぐ').check();
  await dialog.getByRole('button', { name: '承認する' }).click();
  await expect(approver.page.getByText(/適用中|適用されています/).first()).toBeVisible();

  const before = await visit(kiosk);
  if (before.answer.kind !== 'offer') throw new Error(JSON.stringify(before.answer));
  const copyOf = (answer: typeof before.answer) =>
    answer.kind === 'offer' ? answer.kinds.find(({ kind }) => kind === 'resident-record-copy') : undefined;
  expect(copyOf(before.answer)).toMatchObject({ status: 'withheld', notice: 'SERV-05' });
  const certificate = {
    municipality: CODE,
    kind: 'resident-record-copy',
    extent: 'whole' as const,
    members: [],
    include: [],
  };
  expect(await kiosk.prepare(before.sessionId, randomUUID(), certificate)).toMatchObject({
    kind: 'refused',
    notice: 'SERV-05',
  });

  // the next morning
  offset = instantOf(firstDay, 10 * 60) - Date.now();
  await tellUnchanged();
  const first = await visit(kiosk);
  expect(copyOf(first.answer as typeof before.answer)).toMatchObject({ status: 'offered', fee: 300 });
  const prepared = await kiosk.prepare(first.sessionId, randomUUID(), certificate);
  if (prepared.kind !== 'prepared') throw new Error(JSON.stringify(prepared));
  const pdf = join(folder, 'first.pdf');
  writeFileSync(pdf, prepared.document);
  const { stdout } = await run('pdftotext', [pdf, '-']);
  expect(stdout).toContain('東京都千代田区見本町一丁目1番1号');
  const manifest = JSON.parse(prepared.manifest.payload) as {
    issueNumber: IssueNumber;
    issueDate: string;
    sheets: number;
    fee: number;
  };
  expect(manifest.issueDate).toBe(firstDay);
  const confirmed = await kiosk.confirm(manifest.issueNumber, {
    paid: manifest.fee as never,
    sheets: manifest.sheets,
  });
  expect(confirmed).toMatchObject({ kind: 'settled', state: 'printed' });
});
