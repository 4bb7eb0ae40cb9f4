import { noticeByCode } from '#templates/notices/notices.ts';
import { Frame } from '../frame/Frame.tsx';
import { ActionButton } from '../parts/ActionButton.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

type Relation = ViewOf<'choosingMunicipality'>['municipalities'][number]['relation'];
const RELATIONS: Record<Relation, TextKey> = {
  residence: 'municipality.residence',
  'registered-domicile': 'municipality.registered-domicile',
};

/** Whose certificates: of the place of living or of the registered domicile. */
export function ChoosingMunicipality({ view }: { readonly view: ViewOf<'choosingMunicipality'> }) {
  const say = useSay();
  const heading = say('municipality.heading');
  return (
    <Frame heading={heading} explanation={<Sentence text={say('municipality.explanation')} />}>
      <PagedList label={heading}>
        {view.municipalities.map(({ code, name, relation, ended }) => (
          <ActionButton
            key={`${code} ${relation}`}
            look="choice"
            command={{ type: 'chooseMunicipality', code }}
          >
            <span className="choice-words">
              <span className="choice-small">{say(RELATIONS[relation])}</span>
              <span className="choice-label">{name}</span>
              {ended ? <span className="choice-small">{noticeByCode(ended).title.ja}</span> : null}
            </span>
          </ActionButton>
        ))}
        {view.others ? (
          <ActionButton look="choice" command={{ type: 'domicileOpen' }}>
            <span className="choice-words">
              <span className="choice-label">{say('municipality.others')}</span>
              <span className="choice-small">{say('municipality.others.explanation')}</span>
            </span>
          </ActionButton>
        ) : null}
      </PagedList>
    </Frame>
  );
}
