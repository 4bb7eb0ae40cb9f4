import { Frame } from '../frame/Frame.tsx';
import { ActionButton } from '../parts/ActionButton.tsx';
import { DrawnText } from '../parts/DrawnText.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay, yenText } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

type Item = ViewOf<'basket'>['items'][number];

/** What was chosen so far; add, take away, or go on. */
export function Basket({ view }: { readonly view: ViewOf<'basket'> }) {
  const say = useSay();
  const heading = say('basket.heading');
  return (
    <Frame
      heading={heading}
      municipality={view.municipality}
      main={{
        label: say('basket.next'),
        command: { type: 'goOn' },
        why: view.items.length > 0 ? null : say('basket.empty'),
      }}
    >
      <PagedList label={heading}>
        {view.items.map((item) => (
          <ItemCard key={item.id} item={item}>
            <ActionButton
              label={`${item.label} ${say('basket.remove')}`}
              command={{ type: 'removeItem', id: item.id }}
            >
              {say('basket.remove')}
            </ActionButton>
          </ItemCard>
        ))}
      </PagedList>
      <div className="basket-foot">
        <div className="basket-add">
          <ActionButton command={{ type: 'addAnother' }} why={view.mayAdd ? null : say('basket.full')}>
            {say('basket.add')}
          </ActionButton>
        </div>
        <Total amount={view.total} />
      </div>
    </Frame>
  );
}

/** The last look before money: exactly what will be printed, in words. */
export function Confirming({ view }: { readonly view: ViewOf<'confirming'> }) {
  const say = useSay();
  const heading = say('confirming.heading');
  return (
    <Frame
      heading={heading}
      explanation={<Sentence text={say('confirming.explanation')} />}
      municipality={view.municipality}
      main={{ label: say('confirming.confirm'), command: { type: 'confirm' } }}
    >
      <PagedList label={heading}>
        {view.items.map((item) => (
          <ItemCard key={item.id} item={item} />
        ))}
      </PagedList>
      <Total amount={view.total} />
    </Frame>
  );
}

function ItemCard({ item, children }: { readonly item: Item; readonly children?: React.ReactNode }) {
  const say = useSay();
  return (
    <article className="item">
      <div className="item-words">
        <h2>{item.label}</h2>
        <ul className="item-details">
          {item.details.map(({ text, outlines }) => (
            <li key={text}>
              <DrawnText text={text} outlines={outlines} />
            </li>
          ))}
        </ul>
      </div>
      <div className="item-side">
        <p className="item-fee">
          {say('money.copies', { copies: item.copies, fee: yenText(say, item.unitFee) })}
        </p>
        {children}
      </div>
    </article>
  );
}

function Total({ amount }: { readonly amount: number }) {
  const say = useSay();
  return (
    <dl className="total">
      <dt>{say('money.total')}</dt>
      <dd>{yenText(say, amount)}</dd>
    </dl>
  );
}
