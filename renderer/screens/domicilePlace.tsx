import { useState } from 'react';
import { noticeByCode } from '#templates/notices/notices.ts';
import { Frame } from '../frame/Frame.tsx';
import { JapaneseKeyboard } from '../keyboard/JapaneseKeyboard.tsx';
import { stayHere, touch } from '../mirror.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { WaitingPicture } from '../parts/pictures.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { momentText, useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

/** To apply, or to see what became of it. */
export function DomicileMenu() {
  const say = useSay();
  const heading = say('domicile.heading');
  return (
    <Frame heading={heading} explanation={<Sentence text={say('domicile.explanation')} />}>
      <PagedList label={heading}>
        <Choice
          command={{ type: 'domicileApply' }}
          label="domicile.apply"
          small="domicile.apply.explanation"
        />
        <Choice
          command={{ type: 'domicileStatus' }}
          label="domicile.status"
          small="domicile.status.explanation"
        />
      </PagedList>
    </Frame>
  );
}

interface ChoiceProps {
  readonly command: Parameters<typeof touch>[0];
  readonly label: TextKey;
  readonly small: TextKey;
}
export function Choice({ command, label, small }: ChoiceProps) {
  const say = useSay();
  return (
    <ActionButton look="choice" command={command}>
      <span className="choice-words">
        <span className="choice-label">{say(label)}</span>
        <span className="choice-small">{say(small)}</span>
      </span>
    </ActionButton>
  );
}

const WAITS: Readonly<Record<ViewOf<'domicileWaiting'>['what'], TextKey>> = {
  places: 'domicile.waiting.places',
  form: 'domicile.waiting.form',
  applications: 'domicile.waiting.applications',
  withdrawal: 'domicile.waiting.withdrawal',
};

/** The centre is asked. */
export function DomicileWaiting({ view }: { readonly view: ViewOf<'domicileWaiting'> }) {
  const say = useSay();
  return (
    <Frame
      heading={say(WAITS[view.what])}
      explanation={<Sentence text={say('wait')} />}
      arrangement="picture"
    >
      <div className="stage">
        <WaitingPicture />
      </div>
    </Frame>
  );
}

/** 都道府県 from north to south, or the search by reading. */
export function ChoosingPrefecture({ view }: { readonly view: ViewOf<'choosingPrefecture'> }) {
  const say = useSay();
  const heading = say('prefecture.heading');
  return (
    <Frame
      heading={heading}
      explanation={<Sentence text={say('prefecture.explanation')} />}
      arrangement="list"
      main={{ label: say('place.search'), command: { type: 'openSearch' } }}
    >
      <div className="short-choices">
        <PagedList label={heading} columns>
          {view.prefectures.map((prefecture) => (
            <ActionButton key={prefecture} look="choice" command={{ type: 'choosePrefecture', prefecture }}>
              <span className="choice-label">{prefecture}</span>
            </ActionButton>
          ))}
        </PagedList>
      </div>
    </Frame>
  );
}

/** 市区町村 of a prefecture by the rows of the kana table, or what a search found. */
export function ChoosingPlace({ view }: { readonly view: ViewOf<'choosingPlace'> }) {
  const say = useSay();
  const index = view.rows.length > 0 && view.row === null;
  const heading = index ? say('place.row.heading') : say('place.heading');
  const where =
    view.searched === null ? (view.prefecture ?? '') : say('place.found', { reading: view.searched });
  return (
    <Frame heading={heading} explanation={<p>{where}</p>} arrangement="list">
      {index ? (
        <Rows rows={view.rows} />
      ) : (
        <PagedList label={heading} columns>
          {view.places.map((place) => (
            <Place key={place.code} place={place} withPrefecture={view.prefecture === null} />
          ))}
        </PagedList>
      )}
    </Frame>
  );
}

function Rows({ rows }: { readonly rows: ViewOf<'choosingPlace'>['rows'] }) {
  const say = useSay();
  return (
    <div className="kana-rows" role="group" aria-label={say('place.row.heading')}>
      {rows.map((row) => (
        <ActionButton key={row} command={{ type: 'showRow', row }}>
          {row === '他' ? say('place.row.other') : say('place.row', { row })}
        </ActionButton>
      ))}
    </div>
  );
}

type PlaceOf = ViewOf<'choosingPlace'>['places'][number];
function Place({ place, withPrefecture }: { readonly place: PlaceOf; readonly withPrefecture: boolean }) {
  const say = useSay();
  const { closed } = place;
  const until = closed?.until ?? null;
  return (
    <ActionButton look="choice" command={{ type: 'choosePlace', code: place.code }}>
      <span className="choice-words">
        <span className="choice-label">{place.name}</span>
        <span className="choice-small">
          {withPrefecture ? `${place.prefecture}　${place.reading}` : place.reading}
        </span>
        {closed ? <span className="choice-small">{noticeByCode(closed.notice).title.ja}</span> : null}
        {until ? (
          <span className="choice-small">{say('time.from', { time: momentText(say, until) })}</span>
        ) : null}
      </span>
    </ActionButton>
  );
}

/** The beginning of a reading is enough. */
export function SearchingPlace({ view }: { readonly view: ViewOf<'searchingPlace'> }) {
  const say = useSay();
  const [reading, setReading] = useState(view.reading);
  const search = () => touch({ type: 'searchPlace', reading });
  return (
    <Frame
      arrangement="keyboard"
      heading={say('search.heading')}
      explanation={<Sentence text={view.nothingFound ? say('search.nothing') : say('search.explanation')} />}
      main={{
        label: say('search.go'),
        command: { type: 'searchPlace', reading },
        why: reading === '' ? say('search.why') : null,
      }}
    >
      <JapaneseKeyboard
        kind="kana"
        label={say('search.label')}
        value={reading}
        onChange={setReading}
        onDone={search}
        onTouch={stayHere}
      />
    </Frame>
  );
}
