/** Before an act that is hard to undo: names what will happen and asks for the reason where one is kept. */
import { useState, type FormEvent, type ReactNode } from 'react';
import { reasonOf } from '../base/api.ts';
import { DialogFrame } from './DialogFrame.tsx';
import { Notice } from './Notice.tsx';

/** How the reason is asked for: one of a closed list, or a sentence of one's own (no names of residents). */
export type ReasonAsked =
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly choices: readonly { readonly id: string; readonly label: string }[];
    }
  | { readonly kind: 'words'; readonly label: string; readonly help?: string; readonly optional?: boolean };

interface Props {
  /** what is asked, as a sentence: 住民票の写しの交付を止めますか */
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** what will happen, in sentences */
  readonly children: ReactNode;
  /** the act as a verb: 止める */
  readonly act: string;
  readonly isDestructive?: boolean;
  readonly reason?: ReasonAsked;
  /** the reason is empty when none was asked for; what it throws is shown in the dialog */
  readonly onConfirm: (reason: string) => Promise<unknown>;
}

export function ConfirmDialog(props: Props) {
  const { title, isOpen, onClose, isDestructive = false } = props;
  return (
    <DialogFrame title={title} isOpen={isOpen} onClose={onClose} isAlert={isDestructive}>
      <Question {...props} />
    </DialogFrame>
  );
}

function Question({ children, act, isDestructive, reason: asked, onClose, onConfirm }: Props) {
  const [failed, setFailed] = useState<string>();
  const [isRunning, setIsRunning] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isRunning) return;
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    setIsRunning(true);
    try {
      await onConfirm(reason);
      onClose();
    } catch (failure) {
      setFailed(reasonOf(failure));
      setIsRunning(false);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <div className="stack">{children}</div>
      {asked && <ReasonField asked={asked} />}
      {failed && <Notice tone="bad">{failed}</Notice>}
      <div className="actions">
        <button
          type="submit"
          className={isDestructive ? 'button button-danger' : 'button button-main'}
          aria-disabled={isRunning}
        >
          {isRunning ? '処理しています…' : act}
        </button>
        <button type="button" className="button" onClick={onClose}>
          やめる
        </button>
      </div>
    </form>
  );
}

function ReasonField({ asked }: { readonly asked: ReasonAsked }) {
  if (asked.kind === 'choice') {
    return (
      <fieldset className="choices">
        <legend>{asked.label}</legend>
        {asked.choices.map(({ id, label }) => (
          <label key={id} className="choice">
            <input type="radio" name="reason" value={id} required />
            {label}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <label className="field">
      <span className="field-label">{asked.label}</span>
      {asked.help && <span className="field-help">{asked.help}</span>}
      <textarea name="reason" rows={3} maxLength={400} required={!asked.optional} />
    </label>
  );
}
