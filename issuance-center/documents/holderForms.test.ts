/** 印鑑, 課税, 所得, 納税, 領収書, 申請書 as pages: their samples, laid out and drawn. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { imprintImage, millimetres } from '#templates/datasets/sealImprint.ts';
import { sealRegistration } from '#templates/datasets/sealRegistration.ts';
import { taxAmountFieldIds, taxationDataset } from '#templates/datasets/taxationFields.ts';
import { loadTemplates, templatesDirectory } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import { samplePrints } from './check/samplePrints.ts';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import { createRenderer, type RenderRequest } from './renderer.ts';
import { composeSheet, type SheetOrder } from './request.ts';

const templates = loadTemplates();
const prints = samplePrints(templates, loadSamples());
const requestOf = (sample: string, municipality = '992011'): RenderRequest =>
  prints.find((print) => print.sample === sample && print.municipality === municipality)!.request;
const render = createRenderer(openCertificateFont(loadFonts()));
const folder = mkdtempSync(join(tmpdir(), 'holder-forms-'));
afterAll(() => rmSync(folder, { recursive: true }));

function pdfOf(request: RenderRequest): string {
  const outcome = render(request);
  if (outcome.kind !== 'rendered') throw new Error(`refused: ${outcome.reason}`);
  const file = join(folder, `${request.requestId}.pdf`);
  writeFileSync(file, outcome.bytes);
  return file;
}
const run = (tool: string, ...args: readonly string[]) => execFileSync(tool, args, { encoding: 'utf8' });
const textOf = (request: RenderRequest) => run('pdftotext', '-layout', pdfOf(request), '-');
const pagesOf = (request: RenderRequest) => Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', pdfOf(request)))![1]);
/** One line of the text with runs of white space made single. */
const squeezed = (text: string) => text.replaceAll(/[ \t]+/g, ' ');

const seals = prints.filter(({ sample }) => sample.startsWith('seal-registration-certificate'));

describe('the imprint on paper', () => {
  it.each(seals.map(({ sample, municipality, request }) => [sample, municipality, request] as const))(
    '%s of %s: every dot of the register’s picture, at its own size',
    (_sample, _municipality, request) => {
      const { imprint } = sealRegistration.parse(request.dataset.value);
      const { width, height } = imprintImage(imprint);
      const [picture] = run('pdfimages', '-list', pdfOf(request)).trim().split('\n').slice(2);
      const columns = picture!.trim().split(/\s+/);
      expect(columns.slice(3, 5)).toEqual([String(width), String(height)]);
      // dots per inch as they stand on the page, in both directions
      expect(columns.slice(12, 14)).toEqual([String(imprint.dpi), String(imprint.dpi)]);
      expect(millimetres(width, imprint.dpi)).toBeLessThanOrEqual(25);
    },
  );

  it('black where the register has ink: printed at 600 dpi nothing is smoothed', () => {
    const request = requestOf('seal-registration-certificate');
    const { imprint } = sealRegistration.parse(request.dataset.value);
    const file = pdfOf(request);
    run('pdfimages', '-png', file, join(folder, 'picture'));
    const original = join(folder, 'original.png');
    writeFileSync(original, Buffer.from(imprint.png, 'base64'));
    const printed = join(
      folder,
      readdirSync(folder).find((name) => name.startsWith('picture-000'))!,
    );
    const pixels = (path: string, ...how: readonly string[]) =>
      execFileSync('convert', [path, ...how, '-depth', '8', 'gray:-']).toString('hex');
    const [one, other] = [pixels(original), pixels(printed)];
    // a stencil paints its clear bits: poppler writes it out either way round
    const inverted = pixels(printed, '-negate');
    expect([other, inverted]).toContain(one);
  });

  it('a picture larger than its box is refused, not made smaller', () => {
    const request = requestOf('seal-registration-certificate');
    const layout = JSON.parse(request.layout.json) as { grid: { rowHeightPt: number } };
    layout.grid.rowHeightPt = 10;
    const small = { ...request, layout: { digest: 'small', json: JSON.stringify(layout) } };
    expect(render(small)).toMatchObject({ kind: 'refused', reason: 'does-not-fit', place: 'imprint' });
  });
});

describe('tax certificates on paper', () => {
  it('the worked example stands in its rows', () => {
    const text = squeezed(textOf(requestOf('taxation-certificate')));
    for (const row of [
      '給与収入 5,000,000',
      '給与所得 3,560,000',
      '社会保険料控除 750,000',
      '控除合計 1,538,000',
      '総所得 2,022,000',
      '算出所得割額 市民税 121,320 県民税 80,880',
      '調整控除 市民税 2,340 県民税 1,560',
      '所得割額 市民税 118,900 県民税 79,300',
      '均等割額 市民税 3,000 県民税 1,000',
    ]) {
      expect(text).toContain(row);
    }
    expect(text).toMatch(/年税額（合計） 203,200/);
    expect(text).toContain('渡邉\u{E0117}');
  });

  it('every field of the dataset is printed', () => {
    const { header } = taxationDataset.view(requestOf('taxation-certificate.separate').dataset.value, {
      omitted: [],
      labels: {},
    });
    const text = textOf(requestOf('taxation-certificate.separate')).replaceAll(/[\s　]/g, '');
    for (const [field, value] of Object.entries(header)) {
      if (value.kind === 'text') expect(text, field).toContain(value.text.replaceAll(/[\s　]/g, ''));
    }
    expect(text).toContain('△4,830,000');
  });

  it('非課税証明書 by its title, 町民税 where it is a town', () => {
    const text = textOf(requestOf('taxation-certificate.not-taxed', '993018')).replaceAll(/[\s　]/g, '');
    expect(text).toContain('非課税証明書');
    expect(text).toContain('町民税');
    expect(text).not.toContain('市民税');
  });

  it('所得証明書 prints no tax at all, and the same title for everybody', () => {
    for (const sample of ['income-certificate', 'income-certificate.not-taxed']) {
      const text = textOf(requestOf(sample)).replaceAll(/[\s　]/g, '');
      expect(text).toContain('所得証明書');
      for (const word of ['非課税', '年税額', '所得割', '均等割', '203,200', '課税標準額']) {
        expect(text, word).not.toContain(word);
      }
    }
    expect(requestOf('income-certificate').omitted).toEqual([...taxAmountFieldIds]);
  });

  it('納税証明書: the worked example, and only the taxes chosen', () => {
    const text = squeezed(textOf(requestOf('tax-payment-certificate')));
    expect(text).toContain('令和8年度');
    expect(text).toMatch(/203,200 103,200 0 100,000/);
    expect(text).toContain('第3期 令和8年10月31日 50,000 0 0 50,000 納期未到来');
    expect(text).toContain('以下余白');
    expect(text).not.toContain('固定資産税');
  });

  it.each(['tax-payment-certificate.all-taxes', 'taxation-certificate.separate', 'income-certificate'])(
    '%s is one page',
    (sample) => {
      expect(pagesOf(requestOf(sample))).toBe(1);
    },
  );

  it('the longest amounts and a long remark have their room', () => {
    const request = requestOf('tax-payment-certificate');
    const value = request.dataset.value as { taxes: object[] };
    const amount = 99_999_999_000;
    const remarks = '徴収の猶予が認められています（令和8年12月28日まで）';
    const instalments = [{ dueOn: '2026-06-30', amount, paid: 0 }];
    const taxes = [{ tax: 'fixed-asset-tax', assessed: amount, instalments, remarks }];
    const large = {
      ...request,
      omitted: [],
      dataset: { id: request.dataset.id, value: { ...value, taxes } },
    };
    const text = textOf(large).replaceAll(/[\s　]/g, '');
    expect(text).toContain('99,999,999,000');
    expect(text).toContain('徴収の猶');
  });

  it('more taxes than a page holds go on with the head of the table', () => {
    const request = requestOf('tax-payment-certificate.all-taxes');
    const value = request.dataset.value as { taxes: { tax: string }[] };
    const ordinary = { ...value.taxes[0]!, tax: 'resident-tax-ordinary' };
    const months = { ...value.taxes[0]!, tax: 'health-insurance-tax' };
    const taxes = [...value.taxes, ordinary, months].map((tax) => ({
      ...tax,
      instalments: wholeThousands(tax),
    }));
    const long = { ...request, dataset: { id: request.dataset.id, value: { ...value, taxes } } };
    expect(pagesOf(long)).toBe(2);
    expect(textOf(long).match(/納期未到来額/g)).toHaveLength(2);
    expect(textOf(long).match(/相違ないことを証明します/g)).toHaveLength(1);
  });
});

/** The same terms with the fraction in the first, as the register wants it of every tax. */
function wholeThousands(tax: object): readonly { amount: number; paid: number; dueOn: string }[] {
  const { instalments } = tax as { instalments: { amount: number; paid: number; dueOn: string }[] };
  const rest = instalments
    .slice(1)
    .map((item) => ({ ...item, amount: Math.floor(item.amount / 1000) * 1000, paid: 0 }));
  const total = instalments.reduce((sum, { amount }) => sum + amount, 0);
  const first = instalments[0]!;
  return [{ ...first, amount: total - rest.reduce((sum, { amount }) => sum + amount, 0), paid: 0 }, ...rest];
}

describe('sheets that certify nothing', () => {
  const sheet = (name: string, change: object = {}) => {
    const path = `${templatesDirectory}samples/sheets/${name}.json`;
    const order = JSON.parse(readFileSync(path, 'utf8')) as Omit<SheetOrder, 'requestId'>;
    return composeSheet(templates, { requestId: name, ...order, ...change });
  };

  it('領収書: lines, total, inquiry number, no seal', () => {
    const text = squeezed(textOf(sheet('receipt')));
    expect(text).toContain('架空県みほん市 住民票の写し 2部 200円 400円');
    expect(text).toContain('合計 5部 1,250円');
    expect(text).toContain('取扱番号 K7Q2-9MXD');
    expect(text).toContain('証明書交付手数料（不課税）');
    expect(
      run('pdfimages', '-list', pdfOf(sheet('receipt')))
        .trim()
        .split('\n'),
    ).toHaveLength(2);
  });

  it('a receipt of ninety-nine lines goes on over pages and keeps its total with a line', () => {
    const { value } = JSON.parse(
      readFileSync(`${templatesDirectory}samples/sheets/receipt.json`, 'utf8'),
    ) as { value: { lines: { amount: number }[] } };
    const lines = Array.from({ length: 99 }, () => value.lines[0]!);
    const total = lines.reduce((sum, { amount }) => sum + amount, 0);
    const request = sheet('receipt', { value: { ...value, lines, total } });
    expect(pagesOf(request)).toBeGreaterThan(2);
    const last = textOf(request).split('\f').at(-2)!;
    expect(last).toContain('合計');
    expect(last).toContain('住民票の写し');
  });

  it('利用登録申請書: number, addressee, what the number is for', () => {
    const text = squeezed(textOf(sheet('registration-application')));
    for (const words of ['4H7K-9MXD-2Q3R', '架空県みほん市長', '渡邉\u{E0117}', '申請状況の照会に必要です']) {
      expect(text).toContain(words);
    }
  });
});
