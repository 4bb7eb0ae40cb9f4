import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Command } from '#agent/contract/deviceLink.ts';
import { useMirror } from '../mirror.ts';
import { ActionButton } from '../parts/ActionButton.tsx';
import { useSay } from '../words.ts';
import { CancelDialog, StillThereDialog } from './Dialogs.tsx';
import { TopBar } from './TopBar.tsx';

export interface MainAction {
  readonly label: string;
  readonly command: Command;
  /** why it is not possible now */
  readonly why?: string | null;
}

interface FrameProps {
  /** one question or one instruction, ending in a verb */
  readonly heading: string;
  readonly explanation?: ReactNode;
  /** beside or under the heading, before the answers */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
  readonly municipality?: string;
  /** the one main action, bottom right on every screen; `act` replaces the command where digits go along */
  readonly main?: MainAction;
  readonly mainSlot?: ReactNode;
  /** stands where back stands */
  readonly backSlot?: ReactNode;
  /** one of the arrangements in styles/frame.css */
  readonly arrangement?: 'question' | 'list' | 'picture' | 'welcome' | 'dense' | 'keyboard';
}

/** The common frame of every screen (screens.md 2): where I am, one question, back - cancel - main in the same place. */
export function Frame(props: FrameProps) {
  const say = useSay();
  const frame = useMirror((state) => state.latest?.frame);
  const heading = useHeadingFocus(props.heading);
  const { arrangement = 'question', main } = props;
  return (
    <div className="frame" data-arrangement={arrangement}>
      <TopBar step={frame?.step ?? null} municipality={props.municipality} />
      <main className="middle">
        <div className="question">
          <h1 ref={heading} tabIndex={-1}>
            {props.heading}
          </h1>
          {props.explanation ? <div className="explanation">{props.explanation}</div> : null}
          {props.aside}
        </div>
        <div className="answers">{props.children}</div>
      </main>
      <nav className="bottom" aria-label={say('frame.actions')}>
        <div className="bottom-back">
          {props.backSlot ??
            (frame?.mayGoBack ? (
              <ActionButton command={{ type: 'back' }}>{say('frame.back')}</ActionButton>
            ) : null)}
        </div>
        <div className="bottom-cancel">
          {frame?.mayCancel ? (
            <ActionButton command={{ type: 'cancel' }}>{say('frame.cancel')}</ActionButton>
          ) : null}
        </div>
        <div className="bottom-main">
          {props.mainSlot ??
            (main ? (
              <ActionButton look="main" command={main.command} why={main.why}>
                {main.label}
              </ActionButton>
            ) : null)}
        </div>
      </nav>
      {frame?.asking === 'cancel' ? <CancelDialog /> : null}
      {frame?.asking === 'still-there' ? <StillThereDialog secondsLeft={frame.secondsLeft} /> : null}
    </div>
  );
}

/** A new question is read out from its heading. */
function useHeadingFocus(heading: string) {
  const element = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!document.querySelector('[role="alertdialog"]')) element.current?.focus({ preventScroll: true });
  }, [heading]);
  return element;
}
