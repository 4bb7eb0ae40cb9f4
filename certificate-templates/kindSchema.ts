/**
 * A certificate kind: which dataset it prints, what the resident may choose, and who may ask. One file per kind:
 * kinds/<id>.json. A new kind over an existing dataset needs no code.
 */
import { z } from 'zod';
import { certificateKindId } from './vocabulary.ts';
import { datasetIds, hasField } from './datasets/catalogue.ts';

const optionId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not kebab-case');

/** One question to the resident: "shall this be printed?" Fields it does not reveal carry the omit mark. */
export const kindOption = z.strictObject({
  id: optionId,
  /** Japanese, as on the screen */
  label: z.string().min(1).max(40),
  /** one plain sentence (やさしい日本語) */
  explanation: z.string().min(1).max(120),
  preselected: z.boolean(),
  /** asked only when such a person would be printed */
  audience: z.enum(['anyone', 'japanese', 'foreign']),
  /** fields of the dataset printed only when chosen */
  reveals: z.array(z.string()).min(1),
});
export type KindOption = z.infer<typeof kindOption>;

export const extent = z.enum(['household', 'part', 'self']);
export type Extent = z.infer<typeof extent>;

export const certificateKind = z
  .strictObject({
    id: certificateKindId,
    dataset: z.enum(datasetIds),
    label: z.string().min(1).max(40),
    /** what it is for, one plain sentence for the screen */
    purpose: z.string().min(1).max(120),
    /** whose certificate the holder of the card may ask for */
    holder: z.enum(['self', 'same-household', 'same-family-register']),
    /** 15歳以上: under it a user authentication certificate is used by a representative (operations.md 3.5) */
    minimumAge: z.number().int().min(0).max(100),
    extents: z.array(extent).min(1),
    options: z.array(kindOption),
  })
  .superRefine((kind, context) => {
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const revealed = new Set<string>();
    kind.options.forEach((option, index) => {
      if (kind.options.findIndex(({ id }) => id === option.id) !== index) {
        issue(['options', index, 'id'], `option ${option.id} is declared twice`);
      }
      for (const field of option.reveals) {
        const path = ['options', index, 'reveals'];
        if (!hasField(kind.dataset, field)) issue(path, `no field ${field} in dataset ${kind.dataset}`);
        if (revealed.has(field)) issue(path, `field ${field} is revealed by two options`);
        revealed.add(field);
      }
    });
    if (new Set(kind.extents).size !== kind.extents.length) issue(['extents'], 'an extent is named twice');
  });
export type CertificateKind = z.infer<typeof certificateKind>;

/**
 * The fields that carry the omit mark when only the options `include` are chosen. Throws RangeError for an option the
 * kind does not declare: requests are checked against the offer before.
 */
export function omittedFields(kind: CertificateKind, include: readonly string[]): readonly string[] {
  const unknown = include.find((id) => !kind.options.some((option) => option.id === id));
  if (unknown !== undefined) throw new RangeError(`kind ${kind.id} has no option ${unknown}`);
  return kind.options.filter(({ id }) => !include.includes(id)).flatMap(({ reveals }) => reveals);
}
