import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Frame } from '../frame/Frame.tsx';
import { JapaneseKeyboard } from '../keyboard/JapaneseKeyboard.tsx';
import type { KeyboardKind } from '../keyboard/JapaneseKeyboard.tsx';
import { stayHere, touch, useWaiting } from '../mirror.ts';
import { PagedList } from '../parts/PagedList.tsx';
import { Sentence } from '../parts/Sentence.tsx';
import { useSay } from '../words.ts';
import type { TextKey } from '../words.ts';
import { Choice } from './domicilePlace.tsx';
import type { ViewOf } from './Screen.tsx';

/** What it is, how long it takes, what is needed. */
export function ExplainingApplication({ view }: { readonly view: ViewOf<'explainingApplication'> }) {
  const say = useSay();
  return (
    <Frame
      heading={say('explain.heading')}
      municipality={view.municipality}
      main={{ label: say('explain.begin'), command: { type: 'goOn' } }}
    >
      <ul className="rules">
        <li>{say('explain.what')}</li>
        <li>{say('explain.days')}</li>
        <li>{say('explain.password')}</li>
        <li>{say('explain.free')}</li>
      </ul>
    </Frame>
  );
}

type Question = ViewOf<'answeringApplication'>['question'];
interface Words {
  readonly kind: KeyboardKind;
  readonly heading: TextKey;
  readonly explanation: TextKey;
  readonly wrong: TextKey;
  readonly label: TextKey;
}
const QUESTIONS: Readonly<Record<Question, Words>> = {
  domicile: {
    kind: 'address',
    heading: 'question.domicile.heading',
    explanation: 'question.domicile.explanation',
    wrong: 'question.domicile.wrong',
    label: 'question.domicile',
  },
  headOfRegister: {
    kind: 'name',
    heading: 'question.headOfRegister.heading',
    explanation: 'question.headOfRegister.explanation',
    wrong: 'question.headOfRegister.wrong',
    label: 'question.headOfRegister',
  },
  furigana: {
    kind: 'kana',
    heading: 'question.furigana.heading',
    explanation: 'question.furigana.explanation',
    wrong: 'question.furigana.wrong',
    label: 'question.furigana',
  },
  telephone: {
    kind: 'telephone',
    heading: 'question.telephone.heading',
    explanation: 'question.telephone.explanation',
    wrong: 'question.telephone.wrong',
    label: 'question.telephone',
  },
};

/** One question of the form; the text goes to the agent when the resident goes on. */
export function AnsweringApplication({ view }: { readonly view: ViewOf<'answeringApplication'> }) {
  const say = useSay();
  const { question, municipality, suggestion } = view;
  const words = QUESTIONS[question];
  const [text, setText] = useState(view.value);
  const answer = { type: 'answerApplication', question, text } as const;
  const empty = text.trim() === '';
  // there is room for one of both above the keys
  const offered = empty && !view.wrong ? suggestion : null;
  return (
    <Frame
      arrangement="keyboard"
      heading={say(words.heading)}
      municipality={municipality}
      explanation={
        offered ? null : (
          <Sentence text={view.wrong ? say(words.wrong) : say(words.explanation, { municipality })} />
        )
      }
      aside={offered ? <Suggestion text={offered} onTake={setText} /> : null}
      main={{ label: say('question.next'), command: answer, why: empty ? say('question.why') : null }}
    >
      <JapaneseKeyboard
        kind={words.kind}
        label={say(words.label)}
        value={text}
        towns={view.towns}
        onChange={setText}
        onDone={() => (empty ? undefined : touch(answer))}
        onTouch={stayHere}
      />
    </Frame>
  );
}

/** Many are the head of their own 戸籍: one touch instead of a name. */
function Suggestion({ text, onTake }: { readonly text: string; readonly onTake: (text: string) => void }) {
  const say = useSay();
  const waiting = useWaiting();
  return (
    <div>
      <Button
        className="button button-quiet"
        isDisabled={waiting}
        data-resting={waiting || undefined}
        onPress={() => onTake(text)}
      >
        {say('question.suggestion', { name: text })}
      </Button>
    </div>
  );
}

/** True letters of the card: asked only where the municipality allows it. */
export function ChoosingCardText({ view }: { readonly view: ViewOf<'choosingCardText'> }) {
  const say = useSay();
  const heading = say('cardText.heading');
  return (
    <Frame
      heading={heading}
      municipality={view.municipality}
      explanation={<Sentence text={say('cardText.explanation')} />}
    >
      <PagedList label={heading}>
        <Choice
          command={{ type: 'useCardText', on: false }}
          label="cardText.no"
          small="cardText.no.explanation"
        />
        <Choice
          command={{ type: 'useCardText', on: true }}
          label="cardText.yes"
          small="cardText.yes.explanation"
        />
      </PagedList>
    </Frame>
  );
}
