/**
 * A certificate kind: which dataset it prints, what the resident may choose, and who may ask. One file per kind:
 * kinds/<id>.json. A new kind over an existing dataset needs no code.
 */
import { z } from 'zod';
import { certificateKindId, extent, type Extent } from './vocabulary.ts';
import { datasetIds, hasField } from './datasets/catalogue.ts';

export { extent, type Extent };

const optionId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '英小文字・数字をハイフンでつないだ名前ではありません');

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

/** One extent with the words of the screen, e.g. 世帯の全員. */
export const kindExtent = z.strictObject({
  id: extent,
  label: z.string().min(1).max(40),
  explanation: z.string().min(1).max(120),
});
export type KindExtent = z.infer<typeof kindExtent>;

/** How the options are asked: each on a screen of its own (yes or no), or all on one screen to tick. */
export const optionAsking = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('each') }),
  z.strictObject({
    as: z.literal('list'),
    heading: z.string().min(1).max(60),
    explanation: z.string().min(1).max(120),
    /** so many must be ticked before the resident can go on */
    minimum: z.number().int().min(0).max(20),
  }),
]);
export type OptionAsking = z.infer<typeof optionAsking>;

export const certificateKind = z
  .strictObject({
    id: certificateKindId,
    dataset: z.enum(datasetIds),
    /** 証明書名 on the screen and on the receipt */
    label: z.string().min(1).max(40),
    /** the title on the paper, spread with U+3000 where the form spreads it; a dataset may replace it (非課税証明書) */
    printedTitle: z.string().min(1).max(40),
    /** what it is for, one plain sentence for the screen */
    purpose: z.string().min(1).max(120),
    /** whose certificate the holder of the card may ask for */
    holder: z.enum(['self', 'same-household', 'same-family-register']),
    /** 15歳以上: under it a user authentication certificate is used by a representative (operations.md 3.5) */
    minimumAge: z.number().int().min(0).max(100),
    extents: z.array(kindExtent).min(1),
    asking: optionAsking.default({ as: 'each' }),
    options: z.array(kindOption),
  })
  .superRefine((kind, context) => {
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const revealed = new Set<string>();
    kind.options.forEach((option, index) => {
      if (kind.options.findIndex(({ id }) => id === option.id) !== index) {
        issue(['options', index, 'id'], `項目 ${option.id} が2回書かれています`);
      }
      for (const field of option.reveals) {
        const path = ['options', index, 'reveals'];
        if (!hasField(kind.dataset, field))
          issue(path, `データセット ${kind.dataset} に項目 ${field} はありません`);
        if (revealed.has(field)) issue(path, `項目 ${field} が2つの選択肢に書かれています`);
        revealed.add(field);
      }
    });
    if (new Set(kind.extents.map(({ id }) => id)).size !== kind.extents.length) {
      issue(['extents'], '同じ範囲が2回書かれています');
    }
    // the whole of a dataset may hold others: a household, a 戸籍
    if (kind.holder === 'self' && kind.extents.some(({ id }) => id !== 'self')) {
      issue(['extents'], '本人だけの証明書（holder が self）の範囲は、本人（self）だけです');
    }
    if (kind.asking.as === 'list' && kind.asking.minimum > kind.options.length) {
      issue(['asking', 'minimum'], '選べる項目の数より多くなっています');
    }
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
