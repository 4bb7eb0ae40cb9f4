/** The editor of one draft. */
import { useCallback, useState } from 'react';
import { placeWords } from '../../../../../configuration/profileWords.ts';
import type { Choices, Version } from '../../../../../contract/console/configuration.ts';
import { useLeaveGuard, useQuery } from '../../../base/place.ts';
import { todayOf, useWho } from '../../../base/who.tsx';
import { FaultsOf, FaultSummary } from '../../../parts/Form.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx';
import { draftProfile } from '../draftProfile.ts';
import { PreviewPanel } from '../preview/PreviewPanel.tsx';
import { useDraft, type Draft } from '../useDraft.ts';
import { optionsByKind } from '../version/optionsByKind.ts';
import { wordsOf } from '../words.ts';
import { EditOf, type Edit } from './edit.tsx';
import { SaveLine } from './SaveLine.tsx';
import { Section } from './Section.tsx';
import { isSection, kindOf, sectionOf, sections, type SectionId } from './sections.ts';

interface Props {
  readonly version: Version;
  readonly known: Choices;
  /** profile of the version it follows */
  readonly base: Readonly<Record<string, unknown>> | undefined;
  readonly reload: () => Promise<void>;
}

export function Editor({ version, known, base, reload }: Props) {
  const today = todayOf(useWho());
  const draft = useDraft(version);
  const { query, change } = useQuery();
  const leaving = useLeaving(draft);
  const before = base === undefined ? undefined : draftProfile.parse(base);
  const words = wordsOf(known);
  const start = before?.serviceStartsOn;
  const edit: Edit = {
    draft,
    base: before,
    today,
    isRunning: start !== undefined && start <= today,
    known,
    words,
  };
  const section: SectionId = isSection(query['section']) ? query['section'] : 'basic';
  const goTo = (path: string) =>
    change({ section: sectionOf(path), kind: kindOf(path, draft.profile) ?? query['kind'] });
  const nameOf = (path: string) => placeWords(path, draft.text, words);
  return (
    <EditOf edit={edit}>
      <FaultsOf faults={draft.faults}>
        <div className="beside">
          <div className="stack wide-gap editor">
            <SaveLine draft={draft} reload={reload} />
            {version.baseIsOld && <BaseIsOld draft={draft} reload={reload} />}
            <FaultSummary faults={draft.faults} nameOf={nameOf} onGoTo={goTo} />
            <SectionTabs current={section} draft={draft} onChoose={(id) => change({ section: id })} />
            <Section section={section} />
          </div>
          <PreviewPanel
            number={version.number}
            revision={draft.revision}
            samples={draft.samples}
            known={known}
            kinds={optionsByKind(draft.text)}
            hasFaults={draft.faults.length > 0}
          />
        </div>
        <ConfirmDialog
          title="まだ保存できていません。このまま離れますか"
          isOpen={leaving.isAsking}
          isDestructive
          act="保存しないで離れる"
          onClose={() => leaving.answer(false)}
          onConfirm={async () => leaving.answer(true)}
        >
          <p>保存できていない変更は、なくなります。</p>
        </ConfirmDialog>
      </FaultsOf>
    </EditOf>
  );
}

interface TabsProps {
  readonly current: SectionId;
  readonly draft: Draft;
  readonly onChoose: (section: SectionId) => void;
}

function SectionTabs({ current, draft: { faults, changes }, onChoose }: TabsProps) {
  return (
    <nav className="sections" aria-label="下書きの項目">
      <ul>
        {sections.map(({ id, label }) => {
          const count = faults.filter(({ path }) => sectionOf(path) === id).length;
          return (
            <li key={id}>
              <button
                type="button"
                aria-current={id === current ? 'true' : undefined}
                onClick={() => onChoose(id)}
              >
                {label}
                {count > 0 && <span className="fault-count">直すところ{count}</span>}
                {id === 'review' && changes.length > 0 && (
                  <span className="change-count">{changes.length}件</span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Leaving saves first; only what cannot be saved is asked about. */
function useLeaving({ state, flush }: Draft) {
  const [resolve, setResolve] = useState<(may: boolean) => void>();
  const ask = useCallback(async (): Promise<boolean> => {
    if (await flush()) return true;
    return new Promise((done) => setResolve(() => done));
  }, [flush]);
  const isSaved = state.at === 'saved';
  useLeaveGuard(isSaved ? undefined : ask);
  const answer = (may: boolean) => {
    resolve?.(may);
    setResolve(undefined);
  };
  return { isAsking: resolve !== undefined, answer };
}

function BaseIsOld({ draft, reload }: { readonly draft: Draft; readonly reload: () => Promise<void> }) {
  const rebase = async () => {
    if (await draft.flush({ rebase: true })) await reload();
  };
  return (
    <Notice tone="warning" title="この下書きを作ったあとに、ほかの版が承認されました" isQuiet>
      <p>
        「変更点と提出」で、いまの版との差をたしかめてください。このまま出すと、ほかの人の変更を元にもどすことがあります。
      </p>
      <button type="button" className="button" onClick={() => void rebase()}>
        差をたしかめたので、いまの版からの変更として保存する
      </button>
    </Notice>
  );
}
