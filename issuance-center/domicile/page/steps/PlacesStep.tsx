import { useState } from 'react';
import { noticeByCode } from '#templates/notices/notices.ts';
import type { DomicileMunicipality } from '../../../contract/domicileApplication.ts';
import type { Place } from '../state.ts';
import type { Acts } from '../useApplying.ts';
import { momentWords } from '../words.ts';
import { found } from './findPlaces.ts';

type Places = Extract<Place, { at: 'places' }>;

/** Which municipality the 本籍 is in: by name, or by its reading. */
export function PlacesStep({ place, acts }: { readonly place: Places; readonly acts: Acts }) {
  const [searched, setSearched] = useState('');
  const { shown, more } = found(place.places, searched);
  return (
    <>
      <h1 tabIndex={-1}>本籍は、どの市区町村にありますか</h1>
      <div className="field">
        <label htmlFor="search">市区町村の名前、または読みがな</label>
        <input
          id="search"
          type="search"
          autoComplete="off"
          value={searched}
          onChange={({ target }) => setSearched(target.value)}
        />
      </div>
      <p role="status" className="hint">
        {shown.length === 0 ? 'この名前の市区町村は、利用登録を受け付けていません。' : null}
        {more > 0 ? `ほかに${more}あります。名前を入れると、しぼりこめます。` : null}
      </p>
      <ul className="choices">
        {shown.map((each) => (
          <li key={each.code}>
            <Choice municipality={each} onChoose={() => acts.openForm(each.code, place)} />
          </li>
        ))}
      </ul>
      <p>
        <button type="button" className="button button-small" onClick={() => acts.go({ at: 'start' })}>
          はじめにもどる
        </button>
      </p>
    </>
  );
}

function Choice(props: { readonly municipality: DomicileMunicipality; readonly onChoose: () => void }) {
  const { prefecture, name, closed } = props.municipality;
  if (!closed) {
    return (
      <button type="button" className="button button-way" onClick={props.onChoose}>
        {`${prefecture}${name}`}
      </button>
    );
  }
  return (
    <div className="closed">
      <strong>{`${prefecture}${name}`}</strong>
      <span>{noticeByCode(closed.notice).title.ja}</span>
      {closed.until ? <span>{`${momentWords(closed.until)}から受け付けます。`}</span> : null}
    </div>
  );
}
