import { useEffect } from 'react';
import { noticeOf } from '#templates/notices/notices.ts';
import { outcome } from '../agent.ts';
import type { Place } from '../state.ts';
import type { Acts } from '../useApplying.ts';

type Signing = Extract<Place, { at: 'signing' }>;
const TOO_LATE = noticeOf('APPL-09');
const LOOK_INTERVAL_MS = 1_000;
/** An agent that was stopped and started again has forgotten the request: this often unanswered, it is gone. */
const SILENCES = 5;

/** The agent's own page is open in another window; here it is waited for what comes of it. */
export function SigningStep({ place, acts }: { readonly place: Signing; readonly acts: Acts }) {
  useEffect(() => {
    // a window of the agent's own: it cannot reach back into this page
    window.open(place.request.consentUrl, '_blank', 'noopener,width=820,height=900');
    return watch(place, acts);
  }, [place, acts]);
  return (
    <>
      <h1 tabIndex={-1}>署名の画面で、続けてください</h1>
      <p role="status" className="working">
        署名が終わるのを待っています。このページは、閉じないでください。
      </p>
      <p>署名の画面がひらかないときは、ここをおしてください。</p>
      <p>
        <a className="button" href={place.request.consentUrl} target="_blank" rel="noopener noreferrer">
          署名の画面をひらく
        </a>
      </p>
      <p className="private">
        アドレスが {new URL(place.request.consentUrl).origin}{' '}
        ではじまることをたしかめてから、パスワードを入力してください。
      </p>
      <p>
        <button type="button" className="button button-small" onClick={() => acts.cancelSigning(place)}>
          署名をやめる
        </button>
      </p>
    </>
  );
}

/** Asks once a second until the agent has an answer. Returns what stops it. */
function watch(place: Signing, acts: Acts): () => void {
  const { form, statement, request, until } = place;
  const back: Place = { at: 'review', form, statement };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let silences = 0;
  const end = (to: () => void): void => {
    isOver = true;
    to();
  };
  const look = async (): Promise<void> => {
    const answer = await outcome(request.id);
    if (isOver) return;
    silences = answer ? 0 : silences + 1;
    switch (answer?.kind) {
      case 'signed':
        return end(() => acts.send(answer.application, back));
      case 'refused':
        return end(() => acts.go({ at: 'told', told: { notice: answer.notice, until: null }, back }));
      case 'cancelled':
        return end(() => acts.go(back));
      case 'gone':
        return end(() => acts.go({ at: 'told', told: { notice: TOO_LATE, until: null }, back }));
    }
    if (silences >= SILENCES) return end(() => acts.go({ at: 'unreachable', what: 'agent', back }));
    if (performance.now() > until) {
      return end(() => acts.go({ at: 'told', told: { notice: TOO_LATE, until: null }, back }));
    }
    timer = setTimeout(() => void look(), LOOK_INTERVAL_MS);
  };
  timer = setTimeout(() => void look(), LOOK_INTERVAL_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
