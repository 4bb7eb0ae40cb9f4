/** The registered seal of one resident, the cards tied to it, and the next card. */
import { useState } from 'react';
import { sealCardDone, type SealShown } from '../../../../contract/console/counter.ts';
import { Letters } from '../../../../letters/Letters.tsx';
import { api } from '../../base/api.ts';
import { dayWords } from '../../base/dates.ts';
import { useAct } from '../../base/useAct.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Instant } from '../../parts/Time.tsx';
import { readCard } from './readCard.ts';

interface Props {
  readonly seal: SealShown;
  readonly onChanged: () => Promise<boolean>;
  readonly onBack: () => void;
}

export function SealCards({ seal, onChanged, onBack }: Props) {
  return (
    <section className="stack" aria-label="登録された印鑑">
      <h2>
        <Letters text={seal.name} /> の印鑑登録
      </h2>
      <dl className="facts">
        <dt>番号</dt>
        <dd>{seal.residentId}</dd>
        <dt>登録した日</dt>
        <dd>{dayWords(seal.registeredOn)}</dd>
        <dt>印影</dt>
        <dd>
          <img
            src={`data:image/png;base64,${seal.imprint}`}
            alt="登録された印影"
            style={{ inlineSize: `${seal.widthMm}mm` }}
          />
        </dd>
      </dl>
      <Cards seal={seal} onChanged={onChanged} />
      <NewCard seal={seal} onChanged={onChanged} />
      <div className="actions">
        <button type="button" className="button" onClick={onBack}>
          ほかの人をさがす
        </button>
      </div>
    </section>
  );
}

type Part = Pick<Props, 'seal' | 'onChanged'>;

function Cards({ seal, onChanged }: Part) {
  const [ending, setEnding] = useState<number>();
  return (
    <>
      <h3>結びつけてあるカード</h3>
      {seal.cards.length === 0 && <p className="empty">まだありません。</p>}
      <ul className="plain-list">
        {seal.cards.map(({ id, serialEnd, linkedAt, linkedBy }) => (
          <li key={id} className="card row">
            <span>
              電子証明書の番号の終わり {serialEnd}　<Instant at={linkedAt} />　{linkedBy}
            </span>
            <button type="button" className="button" onClick={() => setEnding(id)}>
              結びつきをなくす
            </button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        title="このカードの結びつきをなくしますか"
        isOpen={ending !== undefined}
        onClose={() => setEnding(undefined)}
        act="なくす"
        isDestructive
        onConfirm={async () => {
          await api.delete(sealCardDone, `/api/counter/cards/${ending ?? 0}`);
          await onChanged();
        }}
      >
        <p>このカードは、この人の印鑑登録と結びつかなくなります。印鑑登録はそのまま残ります。</p>
      </ConfirmDialog>
    </>
  );
}

function NewCard({ seal: { residentId }, onChanged }: Part) {
  const [consented, setConsented] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const link = useAct(async () => {
    setIsDone(false);
    const certificate = await readCard();
    await api.post(sealCardDone, '/api/counter/cards', { residentId, certificate, consented });
    await onChanged();
    setConsented(false);
    setIsDone(true);
  });
  return (
    <>
      <h3>カードを結びつける</h3>
      <ol>
        <li>カードの表の写真と氏名で、本人かたしかめます。</li>
        <li>カードの電子証明書の番号をこのことに使ってよいか、本人に聞きます。</li>
        <li>カードを読み取り機に置いて、下のボタンをおします。暗証番号はいりません。</li>
      </ol>
      <label className="choice">
        <input
          type="checkbox"
          checked={consented}
          onChange={({ currentTarget }) => setConsented(currentTarget.checked)}
        />
        本人をたしかめ、本人の同意をもらいました
      </label>
      {link.reason && <Notice tone="bad">{link.reason}</Notice>}
      {isDone && <Notice tone="good">カードを結びつけました。</Notice>}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          aria-disabled={!consented || link.isRunning}
          onClick={() => consented && void link.run()}
        >
          {link.isRunning ? '読み取っています' : 'カードを読み取って結びつける'}
        </button>
      </div>
    </>
  );
}
