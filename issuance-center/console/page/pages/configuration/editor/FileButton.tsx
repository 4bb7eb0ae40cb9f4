/** Choosing a file, as a button that says what for. */
import { useRef } from 'react';

interface Props {
  readonly label: string;
  /** .png */
  readonly accept: string;
  readonly isBusy: boolean;
  readonly onChosen: (file: File) => void;
  readonly describedBy?: string;
}

export function FileButton({ label, accept, isBusy, onChosen, describedBy }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button"
        aria-disabled={isBusy}
        aria-describedby={describedBy}
        onClick={() => void (isBusy || input.current?.click())}
      >
        {isBusy ? '送っています…' : label}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // the same file again is a choice, too
          target.value = '';
          if (file) onChosen(file);
        }}
      />
    </>
  );
}
