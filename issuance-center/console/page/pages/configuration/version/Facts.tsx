/** Who did what to a version, when. */
import type { ReactNode } from 'react';
import type { Version } from '../../../../../contract/console/configuration.ts';
import { hrefOf } from '../../../base/addresses.ts';
import { useWho } from '../../../base/who.tsx';
import { Link } from '../../../parts/Link.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { Instant } from '../../../parts/Time.tsx';
import { VERSION } from '../places.ts';
import { versionState } from '../words.ts';

export function Facts({ version }: { readonly version: Version }) {
  const { tone, words } = versionState(version, useWho().clock());
  const { state, note, base, effectiveAt } = version;
  const decided = { approved: '承認', rejected: '差し戻し', withdrawn: '取り消し' }[state as string];
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['状態', <StateBadge tone={tone}>{words}</StateBadge>],
    ...(effectiveAt ? [['適用', <Instant at={effectiveAt} />] as const] : []),
    ...(note === '' ? [] : [['変更の説明', note] as const]),
    ['作成', <By who={version.createdBy} at={version.createdAt} />],
    ...(version.proposedAt
      ? [['提出', <By who={version.proposedBy} at={version.proposedAt} />] as const]
      : []),
    ...(version.decidedAt && decided
      ? [[decided, <By who={version.decidedBy} at={version.decidedAt} />] as const]
      : []),
    ...(base === null
      ? []
      : [['もとの版', <Link to={hrefOf(VERSION, { number: base })}>第{base}版</Link>] as const]),
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const By = ({ who, at }: { readonly who: string | null; readonly at: string }) => (
  <>
    {who}　<Instant at={at} />
  </>
);
