import { Frame } from '../frame/Frame.tsx';
import { MoneyPicture, TakePicture } from '../parts/pictures.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay, yenText } from '../words.ts';
import type { TextKey } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

/** Due, paid, left to pay or change. */
export function Paying({ view }: { readonly view: ViewOf<'paying'> }) {
  const say = useSay();
  const { due, paid, change, open } = view;
  const left = Math.max(0, due - paid);
  const asking = open && left > 0;
  return (
    <Frame
      heading={asking ? say('paying.heading') : open ? say('paying.done') : say('paying.opening')}
      explanation={<p>{asking ? say('paying.explanation') : say('wait')}</p>}
      arrangement="picture"
    >
      <div role="img" aria-label={say('paying.picture')} className="stage">
        <MoneyPicture />
      </div>
      <dl className="sums" aria-live="polite">
        <Sum label={say('paying.due')} amount={due} />
        <Sum label={say('paying.paid')} amount={paid} />
        {left > 0 ? (
          <Sum label={say('paying.remaining')} amount={left} strong />
        ) : (
          <Sum label={say('paying.change')} amount={change} strong />
        )}
      </dl>
    </Frame>
  );
}

interface SumProps {
  readonly label: string;
  readonly amount: number;
  readonly strong?: boolean;
}

function Sum({ label, amount, strong = false }: SumProps) {
  const say = useSay();
  return (
    <div className="sum" data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd>{yenText(say, amount)}</dd>
    </div>
  );
}

/** Everything the resident has to take along. */
export function Collecting({ view }: { readonly view: ViewOf<'collecting'> }) {
  const say = useSay();
  const { certificates, sheets, change, receipt, inquiryNumber } = view;
  return (
    <Frame
      heading={change > 0 ? say('collecting.heading') : say('collecting.headingNoChange')}
      explanation={<Sentence text={say('collecting.thanks')} />}
      arrangement="picture"
      main={{ label: say('collecting.done'), command: { type: 'collected' } }}
    >
      <ul className="takes">
        <Take what="paper" label={say('collecting.paper')}>
          {say('collecting.paperCount', { certificates, sheets })}
        </Take>
        {change > 0 ? (
          <Take what="change" label={say('collecting.change')}>
            {yenText(say, change)}
          </Take>
        ) : null}
        {receipt === 'printed' ? (
          <Take what="paper" label={say('collecting.receipt')}>
            {say('collecting.receiptCount')}
          </Take>
        ) : null}
      </ul>
      {receipt === 'printed' ? null : (
        <section className="callout callout-warning">
          <Sentence text={say(NO_RECEIPT[receipt])} />
        </section>
      )}
      <p className="inquiry">
        {say('collecting.inquiry')} <strong className="code">{inquiryNumber}</strong>
      </p>
    </Frame>
  );
}

/** Never claims more than is known. */
const NO_RECEIPT = {
  'not-printed': 'collecting.receipt.notPrinted',
  unknown: 'collecting.receipt.unknown',
} as const satisfies Record<Exclude<ViewOf<'collecting'>['receipt'], 'printed'>, TextKey>;

interface TakeProps {
  readonly what: 'paper' | 'change';
  readonly label: string;
  readonly children: string;
}

function Take({ what, label, children }: TakeProps) {
  return (
    <li>
      <TakePicture what={what} />
      <span className="take-words">
        <strong>{label}</strong>
        <span>{children}</span>
      </span>
    </li>
  );
}
