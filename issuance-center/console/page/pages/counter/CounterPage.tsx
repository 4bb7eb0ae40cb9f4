/** 印鑑登録とカード: who, the registered seal, the resident's consent, the card. No PIN is asked for. */
import { useState } from 'react';
import type { CivilDate } from '#templates/vocabulary.ts';
import {
  sealHolders,
  sealShown,
  type SealHolders,
  type SealShown,
} from '../../../../contract/console/counter.ts';
import { Letters } from '../../../../letters/Letters.tsx';
import { api } from '../../base/api.ts';
import { dayWords } from '../../base/dates.ts';
import { useAct } from '../../base/useAct.ts';
import { DayField, TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { SealCards } from './SealCards.tsx';

export function CounterPage() {
  const [found, setFound] = useState<SealHolders['people']>();
  const [seal, setSeal] = useState<SealShown>();
  const show = useAct(async (residentId: string) => {
    setSeal(await api.post(sealShown, '/api/counter/seal', { residentId }));
  });
  return (
    <>
      <PageHeading
        title="印鑑登録とカード"
        lead="窓口で、登録された印鑑の人とマイナンバーカードを結びつけます。見たことは、すべて記録に残ります。"
      />
      {seal ? (
        <SealCards
          seal={seal}
          onChanged={() => show.run(seal.residentId)}
          onBack={() => {
            setSeal(undefined);
            setFound(undefined);
          }}
        />
      ) : (
        <>
          <Search onFound={setFound} />
          {show.reason && <Notice tone="bad">{show.reason}</Notice>}
          {found && <People found={found} onChosen={(residentId) => void show.run(residentId)} />}
        </>
      )}
    </>
  );
}

function Search({ onFound }: { readonly onFound: (found: SealHolders['people']) => void }) {
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState<CivilDate>();
  const search = useAct(async () => {
    const answer = await api.post(sealHolders, '/api/counter/people', { name, birthDate: birthDate ?? '' });
    onFound(answer.people);
  });
  return (
    <Form
      faults={search.faults}
      reason={search.faults.length > 0 ? undefined : search.reason}
      onSubmit={() => void search.run()}
    >
      <TextField
        path="name"
        label="氏名（かなでも、はじめの部分だけでも）"
        value={name}
        onChange={setName}
        maxLength={80}
      />
      <DayField path="birthDate" label="生年月日" value={birthDate} onChange={setBirthDate} />
      <div className="actions">
        <button type="submit" className="button button-main" aria-disabled={search.isRunning}>
          さがす
        </button>
      </div>
    </Form>
  );
}

interface PeopleProps {
  readonly found: SealHolders['people'];
  readonly onChosen: (residentId: string) => void;
}

function People({ found, onChosen }: PeopleProps) {
  if (found.length === 0) {
    return <p className="empty">あてはまる人はいません。氏名と生年月日をたしかめてください。</p>;
  }
  return (
    <section className="stack" aria-label="見つかった人">
      <h2>見つかった人（{found.length}人）</h2>
      <ul className="plain-list">
        {found.map((person) => (
          <li key={person.residentId} className="card row">
            <span>
              <strong>
                <Letters text={person.name} />
              </strong>
              {person.furigana && `（${person.furigana}）`}　{dayWords(person.birthDate)}生　
              <Letters text={person.address} />
            </span>
            <button type="button" className="button" onClick={() => onChosen(person.residentId)}>
              登録された印鑑を見る
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
