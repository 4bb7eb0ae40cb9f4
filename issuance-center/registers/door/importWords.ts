/** What `registers:import` says in Japanese, and how it exits. Pure. */
import type { FeedAnswer } from '../../contract/feedDoor.ts';

export interface Said {
  readonly lines: readonly string[];
  /** 0 entered or known already, 1 refused, 2 could not run */
  readonly code: 0 | 1 | 2;
}

const number = (value: number): string => value.toLocaleString('en');

function countWords(counts: Extract<FeedAnswer, { kind: 'entered' }>['counts']): string {
  const words = [
    ['追加', counts.added],
    ['変更', counts.changed],
    ['終了', counts.ended],
    ['変更なし', counts.unchanged],
    ['先の日付', counts.waiting],
  ] as const;
  return words.map(([word, count]) => `${word} ${number(count)}件`).join('、');
}

export function said(answer: FeedAnswer): Said {
  switch (answer.kind) {
    case 'entered': {
      const head = answer.dryRun ? '確認だけしました。登録すると：' : '登録しました：';
      const lines = [`${head}${countWords(answer.counts)}。次の番号は${answer.nextSeq}です`];
      const undrawable = answer.undrawable.map(
        ({ line, path, codePoints }) =>
          `行 ${line} ${path}: 証明書に印字できない文字があります（${codePoints.join(' ')}）。この人の証明書は窓口で交付してください`,
      );
      return { lines: [...lines, ...undrawable], code: 0 };
    }
    case 'repeated':
      return { lines: [`すでに登録されています。次の番号は${answer.nextSeq}です`], code: 0 };
    case 'reconciled':
      return reconciled(answer);
    case 'faults':
      return { lines: faultWords(answer), code: 1 };
    case 'loaded':
      return { lines: [`次の番号は${answer.nextSeq}です`], code: 0 };
    case 'not-admitted':
    case 'no-such-register':
    case 'wrong-content-type':
    case 'busy':
    case 'fault':
      return { lines: [answer.reason], code: 2 };
    default:
      return { lines: [answer.reason], code: 1 };
  }
}

function reconciled({ rows, differences }: Extract<FeedAnswer, { kind: 'reconciled' }>): Said {
  if (differences === 0) return { lines: [`照合しました：${number(rows)}件、すべて一致しました`], code: 0 };
  const words = `照合しました：${number(rows)}件のうち、ちがいが${number(differences)}件あります`;
  const next = 'ちがう行の証明書は交付されません。管理画面の「台帳の連携」で確かめ、送り直してください';
  return { lines: [words, next], code: 1 };
}

function faultWords({ reason, faults, total, counts }: Extract<FeedAnswer, { kind: 'faults' }>): string[] {
  const lines = faults.map(({ line, path, reason: why }) => `行 ${line}${path && ` ${path}`}: ${why}`);
  const more = total > faults.length ? [`ほかに ${number(total - faults.length)}か所`] : [];
  return [...lines, ...more, reason, `誤りのない行だけなら：${countWords(counts)}`];
}
