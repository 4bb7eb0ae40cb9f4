import { Frame } from '../frame/Frame.tsx';
import { ActionButton } from '../parts/ActionButton.tsx';
import { DrawnText } from '../parts/DrawnText.tsx';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay, yenText } from '../words.ts';
import type { Say } from '../words.ts';
import type { ViewOf } from './Screen.tsx';

type Options = ViewOf<'choosingOptions'>;
type Body = Options['body'];

/** One question of one certificate; the sensible answer is already marked. */
export function ChoosingOptions({ view }: { readonly view: Options }) {
  const say = useSay();
  return (
    <Frame
      heading={view.heading}
      explanation={
        <>
          <Sentence text={view.explanation} />
          <Sentence text={hint(view.body, say)} />
        </>
      }
      aside={
        <p className="question-place">
          {view.label} <span>{say('options.number', { number: view.number, of: view.of })}</span>
        </p>
      }
      municipality={view.municipality}
      arrangement={view.body.kind === 'many' ? 'list' : 'question'}
      main={{ label: say('options.next'), command: { type: 'goOn' }, why: whyNot(view.body, say) }}
    >
      <Answers key={view.question} view={view} />
    </Frame>
  );
}

function hint(body: Body, say: Say): string {
  switch (body.kind) {
    case 'one':
      return say('options.one');
    case 'many':
      return say('options.many');
    case 'copies':
      return say('options.most', { max: body.max });
  }
}

function whyNot(body: Body, say: Say): string | null {
  switch (body.kind) {
    case 'one':
      return body.choices.some((choice) => choice.selected) ? null : say('options.oneWhy');
    case 'many':
      return body.enough ? null : say('options.enough', { minimum: body.minimum });
    case 'copies':
      return null;
  }
}

function Answers({ view }: { readonly view: Options }) {
  const { body, heading, question } = view;
  if (body.kind === 'copies') return <Copies question={question} body={body} />;
  return (
    <PagedList label={heading} columns={body.kind === 'many'}>
      {body.choices.map((choice) => (
        <Choice key={choice.value} question={question} choice={choice} many={body.kind === 'many'} />
      ))}
    </PagedList>
  );
}

interface ChoiceProps {
  readonly question: string;
  readonly choice: Extract<Body, { kind: 'one' }>['choices'][number];
  readonly many: boolean;
}

function Choice({ question, choice, many }: ChoiceProps) {
  const say = useSay();
  const { selected } = choice;
  return (
    <ActionButton
      look="choice"
      selected={selected}
      command={{ type: 'answer', question, values: [choice.value] }}
    >
      <Mark round={!many} selected={selected} />
      <span className="choice-words">
        <span className="choice-label">
          <DrawnText text={choice.label} outlines={choice.outlines} />
        </span>
        {choice.explanation ? <span className="choice-small">{choice.explanation}</span> : null}
      </span>
      {selected && !many ? <span className="choice-selected">{say('options.selected')}</span> : null}
    </ActionButton>
  );
}

function Mark({ round, selected }: { readonly round: boolean; readonly selected: boolean }) {
  return (
    <svg className="mark" viewBox="0 0 48 48" aria-hidden="true">
      {round ? <circle cx="24" cy="24" r="20" /> : <rect x="4" y="4" width="40" height="40" rx="6" />}
      {selected && round ? <circle className="mark-on" cx="24" cy="24" r="11" /> : null}
      {selected && !round ? <path className="mark-check" d="M12 25l9 9 16-20" /> : null}
    </svg>
  );
}

interface CopiesProps {
  readonly question: string;
  readonly body: Extract<Body, { kind: 'copies' }>;
}

function Copies({ question, body }: CopiesProps) {
  const say = useSay();
  const { copies, max, unitFee } = body;
  const answer = (count: number) => ({ type: 'answer' as const, question, values: [String(count)] });
  return (
    <div className="copies">
      <div className="stepper">
        <ActionButton
          look="stepper"
          label={say('options.fewer')}
          command={answer(copies - 1)}
          atLimit={copies <= 1}
        >
          <StepperSign more={false} />
        </ActionButton>
        <p className="stepper-count" aria-live="polite">
          {say('money.copiesOnly', { copies })}
        </p>
        <ActionButton
          look="stepper"
          label={say('options.more')}
          command={answer(copies + 1)}
          atLimit={copies >= max}
        >
          <StepperSign more />
        </ActionButton>
      </div>
      <p className="copies-sum">{say('options.sum', { copies, sum: yenText(say, copies * unitFee) })}</p>
    </div>
  );
}

function StepperSign({ more }: { readonly more: boolean }) {
  return (
    <svg className="stepper-sign" viewBox="0 0 48 48" aria-hidden="true">
      <path d={more ? 'M24 8v32M8 24h32' : 'M8 24h32'} />
    </svg>
  );
}
