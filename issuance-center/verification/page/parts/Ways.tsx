/** The three ways: camera, files, number. */
import type { ChangeEvent } from 'react';
import { readFile } from '../reading/readFiles.ts';
import type { ReadingEvent } from '../state.ts';
import { useSay } from '../words.ts';
import { NumberForm } from './NumberForm.tsx';

interface WaysProps {
  readonly typed: string;
  readonly dispatch: (event: ReadingEvent) => void;
}

export function Ways({ typed, dispatch }: WaysProps) {
  const say = useSay();
  const chosen = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])];
    // the same file chosen again is read again
    target.value = '';
    if (files.length > 0) void readAll(files, dispatch);
  };
  return (
    <section aria-labelledby="ways-heading" className="ways">
      <h2 id="ways-heading">{say('ways')}</h2>
      <button type="button" className="button button-way" onClick={() => dispatch({ kind: 'camera-opened' })}>
        <strong>{say('way.camera')}</strong>
        <span>{say('way.camera.about')}</span>
      </button>
      <label className="button button-way">
        <strong>{say('way.file')}</strong>
        <span>{say('way.file.about')}</span>
        <input
          type="file"
          className="visually-hidden"
          accept="image/*,application/pdf,.pdf"
          multiple
          onChange={chosen}
        />
      </label>
      <NumberForm
        key={typed}
        typed={typed}
        onAsk={(issueNumber) => dispatch({ kind: 'number-asked', issueNumber })}
      />
    </section>
  );
}

/** One after the other: a phone has memory for one large photo. */
async function readAll(files: readonly File[], dispatch: (event: ReadingEvent) => void): Promise<void> {
  dispatch({ kind: 'files-chosen', count: files.length });
  for (const file of files) {
    try {
      dispatch({ kind: 'file-read', pages: await readFile(file) });
    } catch {
      dispatch({ kind: 'file-unreadable', name: file.name });
    }
  }
}
