/** What an outcome of the registers is on the wire: HTTP status, kind, and what to do about it in Japanese. */
import type { FeedAnswer } from '../../contract/feedDoor.ts';
import type { FeedOutcome } from '../feedOutcome.ts';
import type { ReconcileOutcome } from '../reconcile.ts';

export interface Answer {
  readonly status: number;
  readonly body: FeedAnswer;
}

const ok = (body: FeedAnswer): Answer => ({ status: 200, body });
const conflict = (body: FeedAnswer): Answer => ({ status: 409, body });

/** `unreadable`: the status of a body that could not be read. */
export function answerOf(outcome: FeedOutcome | ReconcileOutcome, unreadable: number): Answer {
  switch (outcome.kind) {
    case 'entered':
    case 'repeated':
    case 'reconciled':
      return ok(copied(outcome));
    case 'faults': {
      const reason = `${outcome.total.toLocaleString('en')}か所に誤りがあります。何も登録していません`;
      return { status: 422, body: copied({ ...outcome, reason }) };
    }
    case 'not-readable':
      return { status: unreadable, body: outcome };
    default:
      return conflict({ ...outcome, reason: conflictWords(outcome) });
  }
}

/** Lists of ours are read-only, those of an answer are its own. */
function copied(outcome: object): FeedAnswer {
  return outcome as FeedAnswer;
}

type Conflict = Exclude<
  FeedOutcome | ReconcileOutcome,
  { kind: 'entered' | 'repeated' | 'reconciled' | 'faults' | 'not-readable' }
>;

function conflictWords(outcome: Conflict): string {
  switch (outcome.kind) {
    case 'gap':
      return `番号が抜けています。${outcome.expected}番から送ってください（届いたのは${outcome.got}番から）。届くまで、この台帳を使う証明書は交付されません`;
    case 'repeated-differently':
      return `${outcome.seq}番は、前に届いた内容とちがいます。台帳をまるごと送り直してください。それまで、この台帳を使う証明書は交付されません`;
    case 'other-stream':
      return 'いまの台帳の続きではありません。最後に送った全件の stream で送るか、台帳をまるごと送り直してください';
    case 'not-loaded':
      return 'この台帳は、まだ一度も届いていません。はじめに全件を送ってください';
    case 'from-the-future':
      return '「until」が先の時刻です。送る側の時計をたしかめてください';
    case 'older-than-known':
      return 'すでに届いているものより古い全件です。新しく書き出してから送ってください';
    case 'another-point':
      return outcome.nextSeq === null
        ? 'この台帳は、まだ一度も届いていません。はじめに全件を送ってください'
        : `照合の時点がちがいます。${outcome.nextSeq - 1}番まで登録したところの全件と照合してください`;
  }
}
