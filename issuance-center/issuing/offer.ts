/** The offer: every kind there is, either with its choices or withheld with a notice. */
import { appendAudit } from '../audit/chain.ts';
import type { OfferedKind, OfferedMember } from '../contract/kioskApi.ts';
import { noteOffer } from '../identity/session.ts';
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import type { CertificateKind } from '#templates/kindSchema.ts';
import type { Templates } from '#templates/load.ts';
import { shippedKindIds } from '#templates/vocabulary.ts';
import type { IssuingDeps } from './deps.ts';
import { isAskedOf, offerOfKind, type KindOffer } from './offerOfKind.ts';
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
  const { inForce, snapshot, session: holder } = context;
  const outlines = outlinesOnce(inForce.outlines);
  const kinds = kindsInOrder(inForce.templates)
    .filter(({ dataset }) => isAskedOf(snapshot, dataset))
    .map((kind) => offeredKindOf(kind, offerOfKind({ kind, inForce, holder, snapshot, now }), outlines));
  await noteOffer(deps.db, holder, snapshot.revisions);
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

type Outlines = (name: string) => GraphemeOutlines;

/** Kinds as a screen lists them: those shipped here first, in the order of the vocabulary, then a municipality's own. */
export function kindsInOrder({ kinds }: Pick<Templates, 'kinds'>): readonly CertificateKind[] {
  const shipped = shippedKindIds.flatMap((id) => kinds.get(id)?.value ?? []);
  const others = [...kinds.values()].map(({ value }) => value).filter((kind) => !shipped.includes(kind));
  return [...shipped, ...others.sort((left, right) => (left.id < right.id ? -1 : 1))];
}

function offeredKindOf(
  kind: CertificateKind,
  offered: KindOffer | IssuingRefusal,
  outlines: Outlines,
): OfferedKind {
  const { id, label, purpose } = kind;
  if (offered.kind === 'refused') {
    const { notice, until } = answerOf(offered);
    return { status: 'withheld', kind: id, label, purpose, notice, until };
  }
  const { fee, extents, options, maxCopies, persons } = offered;
  return {
    status: 'offered',
    kind: id,
    label,
    purpose,
    fee,
    extents: [...extents],
    members: persons.map(({ number, name, self }) => memberOf(number, name, self, outlines)),
    options: options.map(({ id: option, label: words, explanation, preselected, concerns }) => ({
      id: option,
      label: words,
      explanation,
      preselected,
      concerns: [...concerns],
    })),
    asking: kind.asking,
    maxCopies,
  };
}

/** The same people stand in the offers of several kinds. */
function outlinesOnce(outlines: Outlines): Outlines {
  const known = new Map<string, GraphemeOutlines>();
  return (name) => {
    const drawn = known.get(name) ?? outlines(name);
    known.set(name, drawn);
    return drawn;
  };
}

/** Letters of the name that a screen's font would show as another writing travel as their shapes. */
function memberOf(number: number, name: string, self: boolean, outlines: Outlines): OfferedMember {
  const drawn = outlines(name);
  return { number, name, self, ...(Object.keys(drawn).length > 0 && { outlines: drawn }) };
}
