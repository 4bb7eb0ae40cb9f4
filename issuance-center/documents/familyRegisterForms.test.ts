/** 戸籍 and 戸籍の附票 as pages: their samples, laid out and drawn (forms.md 6, 7). */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { familyRegister } from '#templates/datasets/familyRegister.ts';
import { familyRegisterDataset } from '#templates/datasets/familyRegisterView.ts';
import { fullWidthDigits } from '#templates/fullWidthDigits.ts';
import type { CertificateLayout } from '#templates/layoutSchema.ts';
import { loadTemplates } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import { samplePrints } from './check/samplePrints.ts';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import type { LaidOutPage, TextRun } from './laidOut.ts';
import { layOut } from './layout.ts';
import { compileSheet } from './layoutSheet.ts';
import { createRenderer, type RenderRequest } from './renderer.ts';

const prints = samplePrints(loadTemplates(), loadSamples());
const requestOf = (sample: string, municipality = '992011'): RenderRequest =>
  prints.find((print) => print.sample === sample && print.municipality === municipality)!.request;
const font = openCertificateFont(loadFonts());
const render = createRenderer(font);

/** The text of each page as `pdftotext` extracts it, without white space. */
function extracted(request: RenderRequest): readonly string[] {
  const outcome = render(request);
  if (outcome.kind !== 'rendered') throw new Error(`refused: ${outcome.reason}`);
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: outcome.bytes, encoding: 'utf8' });
  const pages = text.split('\f').slice(0, -1);
  return pages.map((page) => page.replaceAll(/\s/g, ''));
}

/** The pages before they are drawn. */
function laidOut(request: RenderRequest): readonly LaidOutPage[] {
  const layout = JSON.parse(request.layout.json) as CertificateLayout;
  const { marks, labels, omitted, printedTitle: title, seal, statement } = request;
  const sheet = compileSheet(layout, { labels, notApplicable: marks.notApplicable }, font.measure);
  const outcome = layOut(
    sheet,
    familyRegisterDataset.view(request.dataset.value, request),
    {
      marks,
      omitted,
      title,
      statement,
      issueNumber: request.issueNumber,
      issueDate: '令和8年11月21日',
      certifier: '架空県みほん市長　　見本　一郎',
      seal: seal && { image: seal.image, widthMm: seal.widthMm, alt: seal.description },
    },
    font.measure,
  );
  if (outcome.kind !== 'laid-out') throw new Error(outcome.field);
  return outcome.pages;
}

const WORKED_EXAMPLE = `
本　　　籍 架空県みほん市中央町一丁目２番地３
氏　　　名 渡\u9089\u{E0117}　太郎
戸籍事項 戸籍編製 【編製日】平成２６年４月１日
戸籍に記録されている者 【名】太郎
【生年月日】昭和５８年７月２日　　【配偶者区分】夫
【父】渡\u9089\u{E0117}一郎 【母】渡\u9089\u{E0117}和子 【続柄】長男
身分事項 出　　生 【出生日】昭和５８年７月２日 【出生地】架空県ためし市 【届出日】昭和５８年７月８日 【届出人】父
婚　　姻 【婚姻日】平成２６年４月１日 【配偶者氏名】栁田櫻 【従前戸籍】架空県ためし市本町四丁目５番地　渡\u9089\u{E0117}一郎
戸籍に記録されている者 【名】櫻 【生年月日】昭和６０年１１月２３日　　【配偶者区分】妻
【父】栁田二郎 【母】栁田幸子 【続柄】二女
身分事項 出　　生 【出生日】昭和６０年１１月２３日 【出生地】架空県さくらぎ市 【届出日】昭和６０年１２月２日 【届出人】父
【送付を受けた日】昭和６０年１２月５日 【受理者】架空県さくらぎ市長
婚　　姻 【婚姻日】平成２６年４月１日 【配偶者氏名】渡\u9089\u{E0117}太郎 【従前戸籍】架空県さくらぎ市若葉町７番地　栁田二郎
戸籍に記録されている者 【名】陽葵 【生年月日】平成２９年５月６日 【父】渡\u9089\u{E0117}太郎 【母】渡\u9089\u{E0117}櫻 【続柄】長女
身分事項 出　　生 【出生日】平成２９年５月６日 【出生地】架空県みほん市 【届出日】平成２９年５月１２日 【届出人】父
戸籍に記録されている者 【名】蓮 除　　籍 【生年月日】令和元年６月１０日 【父】渡\u9089\u{E0117}太郎 【母】渡\u9089\u{E0117}櫻 【続柄】長男
身分事項 出　　生 【出生日】令和元年６月１０日 【出生地】架空県みほん市 【届出日】令和元年６月１４日 【届出人】母
死　　亡 【死亡日】令和３年２月３日 【死亡時分】午後１時２０分 【死亡地】架空県みほん市
【届出日】令和３年２月４日 【届出人】親族　渡\u9089\u{E0117}太郎
以下余白
これは、戸籍に記録されている事項の全部を証明した書面である。
令和８年１１月２１日
架空県みほん市長　　見本　一郎`;
/** One item: words up to white space; spread labels and names are one item each. */
const items = WORKED_EXAMPLE.trim()
  .split('\n')
  .flatMap((line) => line.split(' '))
  .map((item) => item.replaceAll('　', ''));

describe('the worked example of 全部事項証明', () => {
  const pages = extracted(requestOf('family-register-full'));

  it('two pages with every item of the form in its order, names with their variation selectors', () => {
    expect(pages).toHaveLength(2);
    let rest = pages.join('');
    for (const item of items) {
      expect(rest).toContain(item);
      rest = rest.slice(rest.indexOf(item) + item.length);
    }
  });

  it('（２の１） and title and number on every page, the statement on the last', () => {
    pages.forEach((page, index) => {
      expect(page).toContain(`（２の${fullWidthDigits(String(index + 1))}）全部事項証明`);
      expect(page).toContain('発行番号0000-0000-0000-0123');
    });
    expect(pages.map((page) => page.includes('証明した書面'))).toEqual([false, true]);
  });

  it('another municipality certifies in its own name and with its own comma', () => {
    const last = extracted(requestOf('family-register-full', '993018')).at(-1)!;
    expect(last).toContain('これは，戸籍に記録されている事項の全部を証明した書面である。');
    expect(last).toContain('架空県見本郡見本町長');
  });
});

const registers = prints.filter(({ layout }) => layout === 'family-register.standard');
const heading = (run: TextRun) => run.text === '身分事項' || run.text === '戸籍事項';
const byPlace = (one: TextRun, other: TextRun) => one.baseline - other.baseline || one.x - other.x;
/** Runs inside the frame, top to bottom. */
const rowsOf = (page: LaidOutPage) =>
  page.texts.filter(({ baseline }) => baseline > 54 && baseline < 717).sort(byPlace);

describe.each(registers.map(({ sample, municipality, request }) => [sample, municipality, request] as const))(
  '%s of %s',
  (_sample, _municipality, request) => {
    const pages = laidOut(request);

    it('no heading stands alone at the foot of a page, no line of an event alone at its head', () => {
      for (const page of pages) {
        const rows = rowsOf(page);
        expect(heading(rows.at(-1)!)).toBe(false);
        const labels = rows.flatMap(({ x }, index) => (x < 200 ? [index] : []));
        expect(labels[0]).not.toBe(1);
      }
    });

    it('digits are full-width', () => {
      const ascii = pages.flatMap((page) => rowsOf(page)).filter(({ text }) => /[0-9]/.test(text));
      expect(ascii).toEqual([]);
    });

    it('every removed member is boxed, nobody else', () => {
      const { members } = familyRegister.parse(request.dataset.value);
      const boxed = pages.flatMap((page) => rowsOf(page).filter((run) => isBoxed(page, run)));
      expect(boxed.map(({ text }) => text)).toEqual(
        members.filter(({ removed }) => removed).map(() => '除　　籍'),
      );
    });

    it('以下余白 once, under the last entry', () => {
      const ends = pages.map((page) => rowsOf(page).findIndex(({ text }) => text === '以下余白'));
      const last = rowsOf(pages.at(-1)!).length - 1;
      expect(ends).toEqual([...pages.slice(1).map(() => -1), last]);
    });
  },
);

/** Four rules close around the words, nearer than half a line. */
function isBoxed(page: LaidOutPage, { x, baseline }: TextRun): boolean {
  const near = page.rules.filter(
    ({ from, to }) =>
      Math.abs(from[1] - baseline) < 14 &&
      Math.abs(to[1] - baseline) < 14 &&
      from[0] > x - 10 &&
      to[0] < x + 70,
  );
  return near.length === 4;
}

describe('lengths', () => {
  it('twelve members on four pages; every event on seven', () => {
    expect(laidOut(requestOf('family-register-full.four-pages'))).toHaveLength(4);
    const events = requestOf('family-register-full.events');
    expect(laidOut(events)).toHaveLength(7);
    const kinds = familyRegister.parse(events.dataset.value).members.flatMap((member) => member.events);
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(22);
  });

  it('a long 本籍 goes on over the next line, and nothing is shortened', () => {
    const domicile = '架空県見本郡ためし町大字架空字見本平第12地割345番地の6見本開拓地内第7号甲地先1番2';
    const request = requestOf('family-register-full');
    const value = { ...(request.dataset.value as object), domicile };
    const [first] = extracted({ ...request, dataset: { ...request.dataset, value } });
    // the label of 氏名 stands beside the first line, the second line follows
    expect(first!.replaceAll(/氏名|本籍/g, '')).toContain(fullWidthDigits(domicile));
  });
});

describe('個人事項証明', () => {
  it('head, 戸籍事項 and the chosen persons, with a statement of its own', () => {
    const [page, ...more] = extracted(requestOf('family-register-individual'));
    expect(more).toEqual([]);
    expect(page).toContain('（１の１）個人事項証明');
    expect(page!.match(/【名】[^【戸]+/g)).toEqual(['【名】櫻', '【名】陽葵']);
    expect(page).toContain('戸籍中の一部の者について記録されている事項の全部');
  });
});

describe('戸籍の附票の写し', () => {
  it('as it is asked for usually: 本籍, 筆頭者, 在外選挙人名簿 and 住民票コード omitted, full names', () => {
    const [page] = extracted(requestOf('family-register-address-copy'));
    expect(page).toContain('本籍【省略】');
    expect(page).toContain('筆頭者【省略】編製日平成26年4月1日');
    expect(page!.match(/住民票コード【省略】在外選挙人名簿登録市区町村名【省略】/g)).toHaveLength(4);
    for (const name of ['太郎', '櫻', '陽葵', '蓮']) expect(page).toContain(`氏名渡\u9089\u{E0117}${name}`);
    expect(page).toContain('除籍除籍の理由死亡除籍日令和3年2月3日');
    expect(page).toContain('この写しは、戸籍の附票の原本と相違ないことを証明する。');
  });

  it('with 本籍・筆頭者 the persons stand by 名 only, on every page under the same head', () => {
    const pages = extracted(requestOf('family-register-address-copy.domicile'));
    expect(pages).toHaveLength(2);
    for (const page of pages) expect(page).toContain('筆頭者例示大介改製日平成16年2月14日');
    expect(pages.join('').match(/例示大介/g)).toHaveLength(pages.length);
    expect(pages[0]).toContain('名由美子生年月日');
    expect(pages.join('')).toContain('在外選挙人名簿登録市区町村名架空県さくらぎ市');
  });
});
