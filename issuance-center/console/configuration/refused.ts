/** Why a version did not move, in words. */
import type { NotNow, Refused } from '../../configuration/versions.ts';
import { ConsoleRefusal } from '../consoleRoute.ts';

const REASONS: Readonly<Record<NotNow, string>> = {
  'not-a-draft': 'この版は、もう下書きではありません',
  'not-proposed': 'この版は、承認を待っていません',
  'changed-meanwhile': 'ほかの人が先に変えました。画面を読み直して、もう一度たしかめてください',
  'own-work': '自分が作った、または直した版は承認できません。ほかの承認者に頼んでください',
  'base-is-old':
    'この下書きを作ったあとに、ほかの版が承認されました。いまの版との差をたしかめて、保存し直してください',
  'time-is-over': '適用の日時が過ぎています。これからの日時をえらんでください',
  'before-its-base':
    'もっと後の日時から適用される版が承認されています。その版を取り消すか、その版より後の日時をえらんでください',
  'in-force-already': 'この版は、もう適用されています。元にもどすには、前の版から下書きを作ってください',
};

export function refusalOf(refused: Refused): ConsoleRefusal {
  if (refused.kind === 'missing') return new ConsoleRefusal('missing', '');
  if (refused.kind === 'not-now') return new ConsoleRefusal('not-now', REASONS[refused.reason]);
  return new ConsoleRefusal('faults', '直すところがあります', refused.faults);
}
