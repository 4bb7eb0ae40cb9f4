/** One version to read and to decide about: what it changes, what it holds, how it prints, who did what. */
import {
  choices,
  version as versionContract,
  type Choices,
  type Version,
} from '../../../../contract/console/configuration.ts';
import { hrefOf, type Parts } from '../../base/addresses.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { BeforeAfter } from '../../parts/BeforeAfter.tsx';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useStartDraft } from './OverviewPage.tsx';
import { EDITOR, OVERVIEW, type VERSION } from './places.ts';
import { PreviewPanel } from './preview/PreviewPanel.tsx';
import { Contents } from './version/Contents.tsx';
import { Decision } from './version/Decision.tsx';
import { optionsByKind } from './version/optionsByKind.ts';
import { Facts } from './version/Facts.tsx';
import { TestIssues } from './version/TestIssues.tsx';

export function VersionPage({ parts: { number } }: { readonly parts: Parts<typeof VERSION> }) {
  const { asked, reload } = useAnswer(versionContract, `/api/versions/${number}`);
  const known = useAnswer(choices, '/api/configuration/choices');
  return (
    <>
      <PageHeading title={`証明書の種類　第${number}版`} up={{ label: '証明書の種類', href: OVERVIEW }} />
      <Waiting asked={asked} reload={reload}>
        {(version) => (
          <Waiting asked={known.asked} reload={known.reload}>
            {(found) => <Shown version={version} known={found} reload={reload} />}
          </Waiting>
        )}
      </Waiting>
    </>
  );
}

interface Props {
  readonly version: Version;
  readonly known: Choices;
  readonly reload: () => Promise<void>;
}

function Shown({ version, known, reload }: Props) {
  const { number, state, changes, base } = version;
  return (
    <div className="beside">
      <div className="stack wide-gap">
        <Facts version={version} />
        <Warnings version={version} />
        <Acts version={version} />
        {(state === 'proposed' || state === 'approved') && <Decision version={version} reload={reload} />}
        <section className="stack" aria-labelledby="changes-title">
          <h2 id="changes-title">変わるところ</h2>
          <BeforeAfter
            caption={base === null ? 'はじめての内容' : `第${base}版からの変更`}
            changes={changes}
            none="前の版と同じ内容です。"
          />
        </section>
        <Contents version={version} known={known} />
        <TestIssues version={version} known={known} />
      </div>
      <PreviewPanel
        number={number}
        revision={version.revision}
        samples={version.samples}
        known={known}
        kinds={optionsByKind(version.profile)}
        hasFaults={version.faults.length > 0}
      />
    </div>
  );
}

function Warnings({ version: { baseIsOld, state, decisionReason, faults } }: { readonly version: Version }) {
  return (
    <>
      {baseIsOld && (
        <Notice tone="warning" title="ほかの版が先に承認されました" isQuiet>
          <p>このままでは承認できません。下書きにもどして、いまの版との差をたしかめてください。</p>
        </Notice>
      )}
      {state === 'rejected' && decisionReason && (
        <Notice tone="warning" title="差し戻されました" isQuiet>
          <p>理由：{decisionReason}</p>
        </Notice>
      )}
      {state === 'proposed' && faults.length > 0 && (
        <Notice tone="bad" title="このままでは承認できません" isQuiet>
          <ul>
            {faults.map(({ path, reason }) => (
              <li key={`${path} ${reason}`}>{reason}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function Acts({ version: { number, state, inForce } }: { readonly version: Version }) {
  const who = useWho();
  const start = useStartDraft();
  if (!who.may('edit-configuration')) return null;
  const words = {
    approved: 'この版の内容にもどす下書きを作る',
    proposed: 'この内容から、別の下書きを作る',
    rejected: 'この内容から、直した下書きを作る',
    withdrawn: 'この内容から、新しい下書きを作る',
    draft: '',
  }[state];
  return (
    <div className="stack">
      <div className="actions">
        {state === 'draft' && (
          <Link className="button button-main" to={hrefOf(EDITOR, { number })}>
            下書きを直す
          </Link>
        )}
        {words !== '' && !inForce && (
          <button
            type="button"
            className="button"
            aria-disabled={start.isRunning}
            onClick={() => void start.run(number)}
          >
            {words}
          </button>
        )}
      </div>
      {start.reason && <Notice tone="bad">{start.reason}</Notice>}
    </div>
  );
}
