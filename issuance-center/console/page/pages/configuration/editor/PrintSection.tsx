/** 印刷の文字: words in cells without a value, the heading of the number, 外字. */
import { useId } from 'react';
import { USUAL_NUMBER_LABEL, usualMarks } from '#templates/profileSchema.ts';
import { useAct } from '../../../base/useAct.ts';
import { FieldGroup, TextField } from '../../../parts/fields.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { useEdit } from './edit.tsx';
import { FileButton } from './FileButton.tsx';
import { upload } from './uploads.ts';

const MARKS = [
  ['omitted', '省略した欄', '住民が「のせない」をえらんだ欄に印刷します。'],
  ['empty', '空の欄', '台帳に値がない欄に印刷します。'],
  ['notApplicable', '当てはまらない欄', 'その人に関係のない欄に印刷します。'],
] as const;

export function PrintSection() {
  const { draft } = useEdit();
  const { profile, set } = draft;
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">印刷の文字</h2>
      <FieldGroup
        path="marks"
        legend="値のない欄の印"
        help="欄を空白のままにすると、あとから書き足されるおそれがあるため、印を印刷します。"
      >
        {MARKS.map(([id, label, help]) => (
          <TextField
            key={id}
            path={`marks.${id}`}
            label={label}
            help={help}
            maxLength={120}
            value={profile.marks[id] ?? usualMarks[id]}
            onChange={(text) => set(`marks.${id}`, text)}
          />
        ))}
      </FieldGroup>
      <TextField
        path="issueNumberLabel"
        label="発行番号の見出し"
        maxLength={120}
        value={profile.issueNumberLabel ?? USUAL_NUMBER_LABEL}
        onChange={(text) => set('issueNumberLabel', text)}
      />
      <CharacterFont />
    </section>
  );
}

function CharacterFont() {
  const { draft } = useEdit();
  const { characterFont } = draft.profile;
  const note = useId();
  const act = useAct(async (file: File) => {
    const { name } = await upload('character-font', file);
    draft.set('characterFont', name);
  });
  return (
    <FieldGroup
      path="characterFont"
      legend="外字のフォント"
      help="この市区町村で作った文字（外字）を印刷するための、TrueTypeのフォントです。外字がなければ要りません。"
    >
      <p>{characterFont ? `使っているフォント：${characterFont}` : '外字のフォントは使っていません。'}</p>
      <div className="actions">
        <FileButton
          label={characterFont ? 'フォントを取りかえる' : 'フォントをえらぶ'}
          accept=".ttf,font/ttf"
          isBusy={act.isRunning}
          onChosen={(file) => void act.run(file)}
          describedBy={note}
        />
        {characterFont && (
          <button
            type="button"
            className="button button-danger-quiet"
            onClick={() => draft.set('characterFont', undefined)}
          >
            使わない
          </button>
        )}
      </div>
      <div id={note}>{act.reason && <Notice tone="bad">{act.reason}</Notice>}</div>
    </FieldGroup>
  );
}
