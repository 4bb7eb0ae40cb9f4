import { describe, expect, it } from 'vitest';
import type { OfferedKind } from '#center/contract/kioskApi.ts';
import { municipalityCode, yen } from '#templates/vocabulary.ts';
import { firstAnswers, questionsOf, requestOf } from './options.ts';
import type { Answers } from './state.ts';

/** A Japanese holder with a foreign lodger: one option about everybody, one about the lodger alone. */
const option = (id: string, concerns: number[]) => ({
  id,
  label: id,
  explanation: id,
  preselected: false,
  concerns,
});
const offered: Extract<OfferedKind, { status: 'offered' }> = {
  status: 'offered',
  kind: 'resident-record-copy',
  label: '住民票の写し',
  purpose: '住所を証明するとき',
  fee: yen.parse(300),
  extents: ['whole', 'part', 'self'],
  members: [
    { number: 1, name: '架空　太郎', self: true },
    { number: 2, name: 'SAMPLE MARIA', self: false },
  ],
  options: [option('relationship', [1, 2]), option('nationality', [2])],
  maxCopies: 1,
};
const asked = (answers: Partial<Answers>): readonly string[] =>
  questionsOf(offered, { ...firstAnswers(offered), ...answers }, 1);

describe('questions about a certificate', () => {
  it('are about those who will be printed: the holder alone is not asked about the lodger', () => {
    expect(asked({ extent: 'self' })).toEqual(['extent', 'relationship']);
    expect(asked({ extent: 'whole' })).toEqual(['extent', 'relationship', 'nationality']);
    expect(asked({ extent: 'part', members: [1] })).toEqual(['extent', 'members', 'relationship']);
    expect(asked({ extent: 'part', members: [2] })).toEqual([
      'extent',
      'members',
      'relationship',
      'nationality',
    ]);
  });

  it('that no longer stand are not sent with an answer given before', () => {
    const answers = {
      ...firstAnswers(offered),
      extent: 'self' as const,
      include: ['relationship', 'nationality'],
    };
    expect(requestOf(municipalityCode.parse('992011'), offered, answers).include).toEqual(['relationship']);
  });
});
