/** What the kinds and layouts there are call their parts. */
import { datasets } from '#templates/datasets/catalogue.ts';
import type { CertificateKind } from '#templates/kindSchema.ts';
import type { ProfileWords } from './profileWords.ts';
import type { CommonTemplates } from './municipalTemplates.ts';

export function templateWords({ kinds, layouts }: CommonTemplates): ProfileWords {
  const kindOf = (id: string) => [...kinds.values()].find(({ value }) => value.id === id)?.value;
  const labelled = (entries: readonly { id: string; label: string }[] | undefined, id: string) =>
    entries?.find((entry) => entry.id === id)?.label ?? id;
  return {
    kind: (id) => kindOf(id)?.label ?? id,
    extent: (kind, id) => labelled(kindOf(kind)?.extents, id),
    option: (kind, id) => labelled(kindOf(kind)?.options, id),
    field: (kind, field) => {
      const dataset = kindOf(kind)?.dataset;
      const own = [...layouts.values()].filter(({ value }) => value.dataset === dataset);
      return own.map(({ value }) => printedLabel(value, field)).find((label) => label !== undefined) ?? field;
    },
  };
}

/** Fields of a kind's dataset that a form has a label for, in the form's words. */
export function labelledFields(
  common: CommonTemplates,
  { id, dataset }: CertificateKind,
): readonly { readonly id: string; readonly label: string }[] {
  const { headerFields, personFields, labelIds, rows } = datasets[dataset];
  const fields = new Set([headerFields, personFields, labelIds, ...Object.values(rows)].flat());
  const words = templateWords(common);
  return [...fields]
    .map((field) => ({ id: field, label: words.field(id, field) }))
    .filter((field) => field.label !== field.id);
}

/** The words beside a field's cell, wherever on the form they stand. */
function printedLabel(part: unknown, field: string): string | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  const { kind, field: own, text } = part as Record<string, unknown>;
  if (kind === 'label' && own === field && typeof text === 'string') return text;
  for (const inner of Object.values(part)) {
    const found = printedLabel(inner, field);
    if (found !== undefined) return found;
  }
  return undefined;
}
