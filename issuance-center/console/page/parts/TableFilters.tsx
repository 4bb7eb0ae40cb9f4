/** Above a list: words to search for, and choices that keep one value of a column. */
import { useState } from 'react';
import type { Column, ListState } from './listState.ts';

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly state: ListState;
  /** a handful of rows is seen at once */
  readonly isSearched: boolean;
  readonly onChange: (patch: Partial<ListState>) => void;
}

export function TableFilters<Row>({ columns, state, isSearched, onChange }: Props<Row>) {
  const [words, setWords] = useState(state.words);
  return (
    <div className="filters" role="search">
      {isSearched && (
        <label className="field field-inline">
          <span className="field-label">さがす</span>
          <input
            type="search"
            value={words}
            onChange={({ target }) => {
              setWords(target.value);
              onChange({ words: target.value });
            }}
          />
        </label>
      )}
      {columns.map(
        ({ id, label, narrows }) =>
          narrows && (
            <label key={id} className="field field-inline">
              <span className="field-label">{label}</span>
              <select
                value={state.only[id] ?? ''}
                onChange={({ target }) => onChange({ only: { [id]: target.value } })}
              >
                <option value="">すべて</option>
                {narrows.map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.label}
                  </option>
                ))}
              </select>
            </label>
          ),
      )}
    </div>
  );
}
