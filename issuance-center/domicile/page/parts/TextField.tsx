import type { InputHTMLAttributes } from 'react';

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** what has to be mended, in words; null: nothing */
  readonly fault: string | null;
  readonly onType: (text: string) => void;
  readonly more?: InputHTMLAttributes<HTMLInputElement>;
}

/** One field with its hint and its fault, which are read out with it. Nothing typed is kept by the browser. */
export function TextField({ id, label, hint, value, fault, onType, more }: TextFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {fault ? (
        <p className="field-fault" id={`${id}-fault`}>
          {fault}
        </p>
      ) : null}
      <input
        id={id}
        autoComplete="off"
        spellCheck={false}
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-hint${fault ? ` ${id}-fault` : ''}`}
        onChange={({ target }) => onType(target.value)}
        {...more}
      />
    </div>
  );
}
