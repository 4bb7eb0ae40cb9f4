/**
 * Writes the table of notices in OPERATIONS.md from the catalogue (`node --import tsx test/docs/notices.ts`). A test keeps
 * it fresh.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { notices, type Notice } from '#templates/notices/notices.ts';

export const manualFile = new URL('../../OPERATIONS.md', import.meta.url);

const START = '<!-- notices:start (made by test/docs/notices.ts, do not edit) -->';
const END = '<!-- notices:end -->';

const GROUPS: Readonly<Record<Notice['group'], string>> = {
  card: 'カード',
  certificate: '電子証明書',
  identity: '本人確認',
  validity: '電子証明書の有効性の確認',
  service: '交付の時間とセンター',
  rule: '交付の決まり',
  desk: '窓口への案内',
  payment: '支払い',
  printer: '印刷',
  safety: '安全のための停止',
  time: '時間切れ',
  kiosk: '機械の状態',
  system: '不具合',
  signature: '署名用電子証明書',
  application: '本籍地の利用登録',
};

/** The catalogue as Markdown: one table for each group, in the order of the catalogue. */
export function noticeTables(entries: readonly Notice[] = notices): string {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = entries.filter((entry) => entry.group === group).map(row);
      return [`### ${GROUPS[group]}`, '', ...HEADER, ...rows].join('\n');
    })
    .join('\n\n');
}

const HEADER = [
  '| コード | 画面の見出し | 何が起きたか | お客さまへの案内 | もう一度 | 店員 |',
  '|---|---|---|---|---|---|',
];

function row({ code, title, text, todo, retry, attendant }: Notice): string {
  const cells = [code, title.ja, text.ja, todo.ja, retry ? '○' : '－', attendant ? '呼ぶ' : '－'];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The manual with its table of notices replaced. Throws when the markers are missing. */
export function withNoticeTables(manual: string): string {
  const start = manual.indexOf(START);
  const end = manual.indexOf(END);
  if (start < 0 || end < start)
    throw new Error('OPERATIONS.md has lost the markers around its table of notices');
  return `${manual.slice(0, start + START.length)}\n\n${noticeTables()}\n\n${manual.slice(end)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(manualFile, withNoticeTables(readFileSync(manualFile, 'utf8')));
}
