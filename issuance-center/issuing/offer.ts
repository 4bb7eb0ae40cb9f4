/** The offer: every kind there is, either with its choices or withheld with a notice. */
import { appendAudit } from '../audit/chain.ts';
import type { OfferedKind } from '../contract/kioskApi.ts';
import type { CertificateKind } from '#templates/kindSchema.ts';
import type { IssuingDeps } from './deps.ts';
import { offerOfKind, type KindOffer } from './offerOfKind.ts';
import { answerOf, type IssuingRefusal } from './refusal.ts';
import { visitContext, type Visit } from './visitContext.ts';

export type Offer = { readonly kind: 'offer'; readonly kinds: readonly OfferedKind[] } | IssuingRefusal;

/** What the resident of this session can be issued at this instant. */
export async function offer(deps: IssuingDeps, visit: Visit): Promise<Offer> {
  const now = deps.clock();
  const context = await visitContext(deps, visit, now);
  if (context.kind === 'refused') {
    const { kioskId, sessionId } = visit;
    const { notice, reason } = context;
    await appendAudit(deps.db, now, 'offer-refused', { kioskId, sessionId, notice, reason });
    return context;
  }
  const kinds = [...deps.templates.kinds.values()].map(({ value: kind }) =>
    offeredKindOf(kind, offerOfKind({ ...context, kind, canDraw: deps.canDraw, now })),
  );
  await appendAudit(deps.db, now, 'offer-made', { ...visit, ...summaryOf(kinds) });
  return { kind: 'offer', kinds };
}

/** What was offered and withheld, by the notices the resident saw: no cause behind them. */
function summaryOf(kinds: readonly OfferedKind[]) {
  return {
    offered: kinds.flatMap((entry) => (entry.status === 'offered' ? [entry.kind] : [])),
    withheld: kinds.flatMap((entry) =>
      entry.status === 'withheld' ? [{ kind: entry.kind, notice: entry.notice }] : [],
    ),
  };
}

function offeredKindOf(kind: CertificateKind, offered: KindOffer | IssuingRefusal): OfferedKind {
  const { id, label, purpose } = kind;
  if (offered.kind === 'refused') {
    const { notice, until } = answerOf(offered);
    return { status: 'withheld', kind: id, label, purpose, notice, until };
  }
  const { fee, extents, options, maxCopies, extract, holderNumber } = offered;
  return {
    status: 'offered',
    kind: id,
    label,
    purpose,
    fee,
    extents: kind.extents.filter(({ id: candidate }) => extents.includes(candidate)),
    asking: kind.asking,
    members: extract.record.persons
      .filter(({ number }) => kind.holder === 'same-household' || number === holderNumber)
      .map(({ number, name }) => ({ number, name, self: number === holderNumber })),
    options: options.map(({ id: option, label: words, explanation, preselected, concerns }) => ({
      id: option,
      label: words,
      explanation,
      preselected,
      concerns: [...concerns],
    })),
    maxCopies,
  };
}
