import { wordsAtHome } from '#templates/notices/atHome.ts';
import type { Place, Told as ToldNotice } from '../state.ts';
import type { Acts } from '../useApplying.ts';
import { momentWords } from '../words.ts';

interface ToldProps {
  readonly told: ToldNotice;
  readonly back: Place;
  readonly acts: Acts;
}

/** A refusal, with what can be done; what was typed is still there. */
export function Told({ told, back, acts }: ToldProps) {
  const { title, text, todo } = wordsAtHome(told.notice);
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <div className="notice" role="alert">
        <p>{text}</p>
        <p>
          <strong>{todo}</strong>
        </p>
        {told.until ? <p>{`${momentWords(told.until)}から使えます。`}</p> : null}
        <p className="private">{`お知らせ番号 ${told.notice}`}</p>
      </div>
      <Back back={back} acts={acts} />
    </>
  );
}

const WORDS = {
  center: [
    '交付センターとつながりません',
    '申請は送られていません。しばらくしてから、もう一度おためしください。',
  ],
  status: [
    '交付センターとつながりません',
    '申請の状況をしらべられませんでした。しばらくしてから、もう一度おためしください。',
  ],
  limited: [
    'しばらく待ってください',
    '短い間に、たくさんの問い合わせがありました。しばらくたってから、もう一度おためしください。',
  ],
  agent: [
    '署名のプログラムとつながりません',
    '申請は送られていません。署名のプログラムが動いていることをたしかめて、もう一度おためしください。',
  ],
} as const;

export function Unreachable(props: {
  readonly what: keyof typeof WORDS;
  readonly back: Place;
  readonly acts: Acts;
}) {
  const [heading, words] = WORDS[props.what];
  return (
    <>
      <h1 tabIndex={-1}>{heading}</h1>
      <p className="notice" role="alert">
        {words}
      </p>
      <Back back={props.back} acts={props.acts} />
    </>
  );
}

function Back({ back, acts }: { readonly back: Place; readonly acts: Acts }) {
  return (
    <p className="buttons">
      <button type="button" className="button button-main" onClick={() => acts.go(back)}>
        前の画面にもどる
      </button>
      <button type="button" className="button button-small" onClick={() => acts.go({ at: 'start' })}>
        はじめにもどる
      </button>
    </p>
  );
}
