/** 見本 beside what is written: a sample person's certificate by the version as it is saved. */
import { useEffect, useState } from 'react';
import type { Choices, Version } from '../../../../../contract/console/configuration.ts';
import { api, ApiFailure, reasonOf } from '../../../base/api.ts';
import { useQuery } from '../../../base/place.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { PdfPages } from '../../../parts/PdfPages.tsx';
import { sampleWords, wordsOf } from '../words.ts';

interface Props {
  readonly number: number;
  /** the preview is made again when it changes */
  readonly revision: number;
  readonly samples: Version['samples'];
  readonly known: Choices;
  /** options offered, by kind */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** nothing can be made while there are any */
  readonly hasFaults: boolean;
}

export function PreviewPanel(props: Props) {
  const { samples, known, kinds, hasFaults } = props;
  const { query, change } = useQuery();
  const words = wordsOf(known);
  const offered = samples.filter(({ kind }) => kind in kinds);
  const first = query['kind'] === undefined ? offered : offered.filter(({ kind }) => kind === query['kind']);
  const wanted =
    offered.find(({ sample }) => sample === query['sample']) ?? usualOf(first) ?? usualOf(offered);
  if (!wanted) {
    return (
      <aside className="preview" aria-labelledby="preview-title">
        <h2 id="preview-title">見本</h2>
        <p className="empty">直すところがなくなると、ここに見本が出ます。</p>
      </aside>
    );
  }
  const own = offered.filter(({ kind }) => kind === wanted.kind);
  const goTo = (sample: string) => change({ sample, include: undefined, back: undefined }, { replace: true });
  return (
    <aside className="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">見本</h2>
      <div className="preview-choices">
        <label className="field">
          <span className="field-label">証明書</span>
          <select
            value={wanted.kind}
            onChange={({ target }) =>
              goTo(usualOf(offered.filter(({ kind }) => kind === target.value))?.sample ?? '')
            }
          >
            {[...new Set(offered.map(({ kind }) => kind))].map((kind) => (
              <option key={kind} value={kind}>
                {words.kind(kind)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="field-label">見本の人</span>
          <select value={wanted.sample} onChange={({ target }) => goTo(target.value)}>
            {own.map(({ kind, sample, extent }) => (
              <option key={sample} value={sample}>
                {sampleWords(kind, sample)}（{words.extent(kind, extent)}）
              </option>
            ))}
          </select>
        </label>
      </div>
      <Options
        kind={wanted.kind}
        known={known}
        offered={kinds[wanted.kind] ?? []}
        chosen={query['include']?.split(',')}
        onChange={(include) => change({ include: include?.join(',') }, { replace: true })}
      />
      {hasFaults && (
        <Notice tone="warning" isQuiet>
          直すところがあるあいだ、見本は新しくなりません。
        </Notice>
      )}
      <Specimen
        {...props}
        kind={wanted.kind}
        sample={wanted.sample}
        include={query['include']}
        isWhole={query['back'] === '1'}
        name={`${words.kind(wanted.kind)}の見本`}
      />
      <label className="choice">
        <input
          type="checkbox"
          checked={query['back'] === '1'}
          onChange={({ target }) => change({ back: target.checked ? '1' : undefined }, { replace: true })}
        />
        裏面（確認用の記号）も見る
      </label>
    </aside>
  );
}

/** The sample that is named like its kind shows the usual person. */
const usualOf = (samples: Version['samples']) =>
  samples.find(({ kind, sample }) => sample === kind) ?? samples[0];

interface OptionsProps {
  readonly kind: string;
  readonly known: Choices;
  readonly offered: readonly string[];
  /** undefined: as the sample has it */
  readonly chosen: readonly string[] | undefined;
  readonly onChange: (chosen: readonly string[] | undefined) => void;
}

function Options({ kind, known, offered, chosen, onChange }: OptionsProps) {
  const words = wordsOf(known);
  if (offered.length === 0) return null;
  const toggle = (id: string, isOn: boolean) => {
    const before = (chosen ?? []).filter((each) => each !== id && each !== '');
    onChange(isOn ? [...before, id] : before.length > 0 ? before : ['']);
  };
  return (
    <details>
      <summary>のせる項目をえらぶ</summary>
      <div className="preview-options">
        <label className="choice">
          <input
            type="checkbox"
            checked={chosen === undefined}
            onChange={({ target }) => onChange(target.checked ? undefined : [''])}
          />
          見本のとおり
        </label>
        {offered.map((id) => (
          <label key={id} className="choice">
            <input
              type="checkbox"
              checked={chosen?.includes(id) ?? false}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            {words.option(kind, id)}
          </label>
        ))}
      </div>
    </details>
  );
}

interface SpecimenProps extends Props {
  readonly kind: string;
  readonly sample: string;
  readonly include: string | undefined;
  readonly isWhole: boolean;
  readonly name: string;
}
interface Drawn {
  readonly bytes?: Uint8Array;
  readonly reasons: readonly string[];
  readonly isOld: boolean;
}

function Specimen({ number, revision, kind, sample, include, isWhole, name, hasFaults }: SpecimenProps) {
  const [drawn, setDrawn] = useState<Drawn>({ reasons: [], isOld: true });
  useEffect(() => {
    if (hasFaults) return undefined;
    let gone = false;
    setDrawn((before) => ({ ...before, isOld: true }));
    const body = {
      kind,
      sample,
      ...(include === undefined ? {} : { include: include.split(',').filter((id) => id !== '') }),
    };
    api
      .file('POST', `/api/versions/${number}/preview`, body)
      .then((bytes): Drawn => ({ bytes, reasons: [], isOld: false }))
      .catch((failure: unknown): Drawn => ({ reasons: reasonsOf(failure), isOld: false }))
      .then((next) => void (gone || setDrawn(next)));
    return () => void (gone = true);
  }, [number, revision, kind, sample, include, hasFaults]);
  const { bytes, reasons, isOld } = drawn;
  return (
    <div className="specimen" aria-busy={isOld}>
      <p role="status" className="soft">
        {isOld && !hasFaults ? '見本を作っています…' : ''}
      </p>
      {reasons.length > 0 && (
        <Notice tone="bad" title="見本を作れません">
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Notice>
      )}
      {bytes && <PdfPages bytes={bytes} name={name} pages={isWhole ? 'all' : 'fronts'} />}
    </div>
  );
}

const reasonsOf = (failure: unknown): readonly string[] =>
  failure instanceof ApiFailure && failure.faults.length > 0
    ? failure.faults.map(({ reason }) => reason)
    : [reasonOf(failure)];
