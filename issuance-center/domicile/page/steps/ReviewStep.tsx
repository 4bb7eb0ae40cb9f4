import { useEffect, useState } from 'react';
import type { HomeAgentHello } from '../../../contract/homeAgent.ts';
import { hello } from '../agent.ts';
import type { Place } from '../state.ts';
import type { Acts } from '../useApplying.ts';
import { Row } from './Row.tsx';
import { AgentHelp } from './Start.tsx';

type Review = Extract<Place, { at: 'review' }>;

interface ReviewProps {
  readonly place: Review;
  readonly cardText: boolean;
  readonly acts: Acts;
}

/** What will be signed, as it was typed; and whether the program that signs is there. */
export function ReviewStep({ place, cardText, acts }: ReviewProps) {
  const { form, statement } = place;
  const agent = useAgent();
  const isThere = agent !== null && agent !== 'unknown';
  return (
    <>
      <h1 tabIndex={-1}>この内容で申請します。よろしいですか</h1>
      <section className="part">
        <h2>本籍地の証明書の利用登録</h2>
        <dl>
          <Row label="申請先">{form.addressee}</Row>
          <Row label="本籍">{`${form.municipalityName}　${statement.domicile}`}</Row>
          <Row label="筆頭者の氏名">{statement.headOfRegister}</Row>
          <Row label="ご自分の氏名のふりがな">{statement.furigana}</Row>
          <Row label="電話番号">{statement.telephone}</Row>
          {form.cardText ? (
            <Row label="カードの正しい文字">{cardText ? '読み取る' : '読み取らない'}</Row>
          ) : null}
        </dl>
      </section>
      <AgentState agent={agent} />
      <p className="private">
        次に、署名のプログラムの画面がひらきます。パスワードと暗証番号は、その画面だけで入力してください。
      </p>
      <p className="buttons">
        <button
          type="button"
          className="button button-main"
          disabled={!isThere}
          aria-describedby="agent"
          onClick={() => acts.sign(form, statement)}
        >
          署名へ進む
        </button>
        <button type="button" className="button button-small" onClick={() => acts.go({ at: 'form', form })}>
          書きなおす
        </button>
      </p>
      {agent === null ? <AgentHelp /> : null}
    </>
  );
}

const READERS: Readonly<Record<HomeAgentHello['reader'], string>> = {
  unavailable: '署名のプログラムは動いています。カードリーダーが、みつかりません。',
  empty: '署名のプログラムと、カードリーダーの用意ができました。',
  present: '署名のプログラムと、カードの用意ができました。',
};

function AgentState({ agent }: { readonly agent: HomeAgentHello | 'unknown' | null }) {
  const words =
    agent === 'unknown'
      ? '署名のプログラムをさがしています。'
      : agent === null
        ? '署名のプログラムが、動いていません。下の案内のとおりに動かしてください。'
        : READERS[agent.reader];
  return (
    <p id="agent" role="status" className={agent === null ? 'working working-missing' : 'working'}>
      {words}
    </p>
  );
}

const LOOK_INTERVAL_MS = 1_500;

/** `unknown` before the first answer, null: nobody answers. Looks again as long as the step is shown. */
function useAgent(): HomeAgentHello | 'unknown' | null {
  const [agent, setAgent] = useState<HomeAgentHello | 'unknown' | null>('unknown');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isShown = true;
    const look = async (): Promise<void> => {
      const found = await hello();
      if (!isShown) return;
      setAgent(found);
      timer = setTimeout(() => void look(), LOOK_INTERVAL_MS);
    };
    void look();
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, []);
  return agent;
}
