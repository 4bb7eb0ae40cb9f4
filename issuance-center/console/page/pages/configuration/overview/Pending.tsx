/** What somebody must do something about: proposals, versions with their time ahead, drafts that are open. */
import type { VersionSummary } from '../../../../../contract/console/configuration.ts';
import { hrefOf } from '../../../base/addresses.ts';
import { useWho } from '../../../base/who.tsx';
import { Link } from '../../../parts/Link.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { Instant } from '../../../parts/Time.tsx';
import { EDITOR, VERSION } from '../places.ts';
import { versionState } from '../words.ts';

export function Pending({ versions }: { readonly versions: readonly VersionSummary[] }) {
  const now = useWho().clock();
  const open = versions.filter(
    ({ state, effectiveAt }) =>
      state === 'draft' ||
      state === 'proposed' ||
      (state === 'approved' && effectiveAt !== null && Date.parse(effectiveAt) > now),
  );
  if (open.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="pending-title">
      <h2 id="pending-title">進めているもの</h2>
      <ul className="plain-list cards">
        {open.map((version) => (
          <li key={version.number} className="card pending">
            <PendingVersion version={version} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PendingVersion({ version, now }: { readonly version: VersionSummary; readonly now: number }) {
  const who = useWho();
  const { number, state, note, createdBy, createdAt, proposedBy, proposedAt, effectiveAt } = version;
  const { tone, words } = versionState(version, now);
  const isDraft = state === 'draft' && who.may('edit-configuration');
  return (
    <>
      <p className="pending-head">
        <StateBadge tone={tone}>{words}</StateBadge> <strong>第{number}版</strong>
      </p>
      {note !== '' && <p>{note}</p>}
      {state === 'draft' && (
        <p className="soft">
          {createdBy} が <Instant at={createdAt} /> に作りました
        </p>
      )}
      {state === 'proposed' && proposedAt && (
        <p className="soft">
          {proposedBy} が <Instant at={proposedAt} /> に提出しました
        </p>
      )}
      {state === 'approved' && effectiveAt && (
        <p>
          <Instant at={effectiveAt} /> から適用されます
        </p>
      )}
      <p>
        <Link
          className={state === 'proposed' ? 'button button-main' : 'button'}
          to={hrefOf(isDraft ? EDITOR : VERSION, { number })}
        >
          {isDraft ? `第${number}版の下書きを続ける` : `第${number}版を見る`}
        </Link>
      </p>
    </>
  );
}
