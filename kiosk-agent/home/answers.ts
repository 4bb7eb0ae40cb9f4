/** What of the state is told: to the page that asked, and to the consent page. Pure. */
import type { SignedApplication } from '#center/contract/domicileApplication.ts';
import type { HomeAgentAnswer } from '#center/contract/homeAgent.ts';
import { wordsAtHome } from '#templates/notices/atHome.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { ConsentStage, ConsentState, NoticeWords } from './consentContract.ts';
import type { Stage, State } from './state.ts';

export function answerOf({ ask }: State, id: string, application: SignedApplication | null): HomeAgentAnswer {
  if (ask?.id !== id) return { kind: 'gone' };
  if (ask.stage.at !== 'ended') return { kind: 'waiting' };
  const { end } = ask.stage;
  switch (end.how) {
    case 'signed':
      return application && !end.handedOut ? { kind: 'signed', application } : { kind: 'gone' };
    case 'refused':
      return { kind: 'refused', notice: end.notice };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'dropped':
      return { kind: 'gone' };
  }
}

export function consentStateOf(
  { ask, reader, turn }: State,
  id: string,
  { version, site }: { readonly version: number; readonly site: string },
): ConsentState {
  if (ask?.id !== id) return { kind: 'gone' };
  const { stage, token } = ask;
  if (stage.at === 'ended') {
    const { end } = stage;
    const notice = end.how === 'refused' ? wordsOf(end.notice) : null;
    return { kind: 'ended', version, how: end.how, notice };
  }
  const { municipalityName, statement } = stage.request;
  const told = { site, reader, municipalityName, statement, stage: stageOf(stage) };
  return { kind: 'open', version, turn, token, ...told };
}

const wordsOf = (code: NoticeCode): NoticeWords => ({ code, ...wordsAtHome(code) });

function stageOf(stage: Exclude<Stage, { at: 'ended' }>): ConsentStage {
  switch (stage.at) {
    case 'asking':
    case 'placing':
      return { at: stage.at };
    case 'reading':
      return { at: 'working', what: 'reading' };
    case 'readingText':
      return { at: 'working', what: 'letters' };
    case 'openingSignature':
      return { at: 'working', what: 'password' };
    case 'signing':
      return { at: 'working', what: 'signing' };
    case 'enteringTextPin':
      return { at: 'enteringTextPin', triesLeft: stage.textTries, wrong: stage.wrong };
    case 'enteringPassword':
      return { at: 'enteringPassword', triesLeft: stage.passwordTries, wrong: stage.wrong };
    case 'reviewing':
      return { at: 'reviewing', items: stage.items, text: stage.text };
    case 'enteringPin':
      return { at: 'enteringPin', triesLeft: stage.pinTries, wrong: stage.wrong };
    case 'noticed':
      return { at: 'noticed', notice: wordsOf(stage.notice) };
  }
}
