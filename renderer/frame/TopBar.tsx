import { Button } from 'react-aria-components';
import type { ViewMessage } from '#agent/contract/deviceLink.ts';
import { setTextSize, useMirror } from '../mirror.ts';
import type { TextSize } from '../mirror.ts';
import { languages, useSay } from '../words.ts';
import type { TextKey } from '../words.ts';

type Step = NonNullable<ViewMessage['frame']['step']>;
const STEPS: readonly (readonly [Step, TextKey])[] = [
  ['identify', 'frame.step.identify'],
  ['choose', 'frame.step.choose'],
  ['review', 'frame.step.review'],
  ['pay', 'frame.step.pay'],
  ['collect', 'frame.step.collect'],
];

interface TopBarProps {
  readonly step: Step | null;
  readonly municipality?: string;
}

/** Where I am, whose certificates, letters and language. Nothing here is needed to go on. */
export function TopBar({ step, municipality }: TopBarProps) {
  const say = useSay();
  return (
    <header className="top">
      <p className="top-place">{municipality ?? say('frame.service')}</p>
      <div className="top-settings">
        <LanguageSlot />
        <TextSizeSwitch />
      </div>
      {step ? <Steps step={step} /> : null}
    </header>
  );
}

function Steps({ step }: { readonly step: Step }) {
  const say = useSay();
  const now = STEPS.findIndex(([id]) => id === step);
  return (
    <ol className="steps" aria-label={say('frame.steps')}>
      {STEPS.map(([id, label], index) => (
        <li
          key={id}
          className="step"
          data-state={index < now ? 'done' : index === now ? 'now' : 'later'}
          aria-current={index === now ? 'step' : undefined}
        >
          <span className="step-number" aria-hidden="true">
            {index < now ? <StepDone /> : index + 1}
          </span>
          <span className="step-label">{say(label)}</span>
          {index < now ? <span className="visually-hidden">{say('frame.step.done')}</span> : null}
          {index === now ? <span className="visually-hidden">{say('frame.step.now')}</span> : null}
        </li>
      ))}
    </ol>
  );
}

function StepDone() {
  return (
    <svg viewBox="0 0 24 24" className="step-done">
      <path d="M5 13l5 5 9-11" />
    </svg>
  );
}

const SIZES: readonly (readonly [TextSize, TextKey])[] = [
  ['normal', 'frame.textSize.normal'],
  ['large', 'frame.textSize.large'],
];

function TextSizeSwitch() {
  const say = useSay();
  const size = useMirror((state) => state.textSize);
  return (
    <div className="text-size" role="group" aria-label={say('frame.textSize')}>
      {SIZES.map(([id, label]) => (
        <Button
          key={id}
          className={`button button-size button-size-${id}`}
          aria-pressed={id === size}
          onPress={() => setTextSize(id)}
        >
          {say(label)}
        </Button>
      ))}
    </div>
  );
}

/** With one language there is nothing to choose: the slot says which it is. */
function LanguageSlot() {
  const say = useSay();
  return (
    <p className="language">
      <span className="visually-hidden">{say('frame.language')}</span>
      {languages.length === 1 ? say('frame.language.name') : null}
    </p>
  );
}
