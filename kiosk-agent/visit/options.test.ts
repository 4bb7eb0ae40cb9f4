import { describe, expect, it } from 'vitest';
import type { OfferedKind } from '#center/contract/kioskApi.ts';
import { municipalityCode, yen } from '#templates/vocabulary.ts';
import { answered, firstAnswers, isEnough, minimumOf, questionsOf, requestOf } from './options.ts';
import { optionsView } from './optionsView.ts';
import { makeVisitSettings } from './settings.ts';
import type { Answers, At } from './state.ts';

type Offered = Extract<OfferedKind, { status: 'offered' }>;
const CITY = municipalityCode.parse('992011');

/** A Japanese holder with a foreign lodger: one option about everybody, one about the lodger alone. */
const option = (id: string, concerns: number[]) => ({
  id,
  label: id,
  explanation: id,
  preselected: false,
  concerns,
});
const extent = (id: 'whole' | 'part' | 'self', label: string = id) => ({ id, label, explanation: label });
const offered: Offered = {
  status: 'offered',
  kind: 'resident-record-copy',
  label: '住民票の写し',
  purpose: '住所を証明するとき',
  fee: yen.parse(300),
  extents: [extent('whole'), extent('part'), extent('self')],
  members: [
    { number: 1, name: '架空　太郎', self: true },
    { number: 2, name: 'SAMPLE MARIA', self: false },
  ],
  options: [option('relationship', [1, 2]), option('nationality', [2])],
  asking: { as: 'each' },
  maxCopies: 1,
};
const listed: Offered = {
  ...offered,
  asking: {
    as: 'list',
    heading: '証明する項目をえらんでください',
    explanation: '必要なものだけです。',
    minimum: 2,
  },
};
const asked = (answers: Partial<Answers>, kind = offered): readonly string[] =>
  questionsOf(kind, { ...firstAnswers(kind), ...answers }, 1);
/** The answers after these touches; throws when one is not taken. */
function after(kind: Offered, ...touches: readonly (readonly [string, readonly string[]])[]): Answers {
  return touches.reduce((answers, [question, values]) => {
    const next = answered(kind, answers, question, values, 1);
    if (!next) throw new Error(`${question} does not take ${values.join()}`);
    return next;
  }, firstAnswers(kind));
}

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
    expect(requestOf(CITY, offered, answers).include).toEqual(['relationship']);
  });

  it('a kind with one extent and nothing to choose asks nothing', () => {
    const seal: Offered = { ...offered, extents: [extent('self')], options: [] };
    expect(asked({}, seal)).toEqual([]);
    expect(requestOf(CITY, seal, firstAnswers(seal))).toMatchObject({
      extent: 'self',
      members: [],
      include: [],
    });
  });

  it('a kind that only comes whole asks for the whole', () => {
    const register: Offered = { ...offered, extents: [extent('whole')], options: [] };
    expect(requestOf(CITY, register, firstAnswers(register)).extent).toBe('whole');
  });
});

describe('options to tick on one screen', () => {
  it('are one question, in the place of the options', () => {
    expect(asked({}, listed)).toEqual(['extent', 'items']);
    expect(asked({}, { ...listed, options: [option('nationality', [2])] })).toEqual(['extent']);
  });

  it('only those of the persons who will be printed can be ticked', () => {
    const self = firstAnswers(listed);
    expect(answered(listed, self, 'items', ['nationality'], 1)).toBeNull();
    expect(answered(listed, self, 'items', ['relationship'], 1)?.include).toEqual(['relationship']);
    expect(answered(offered, self, 'items', ['relationship'], 1)).toBeNull();
  });

  it('a second touch takes the tick away; the request keeps the order of the offer', () => {
    const whole = ['extent', ['whole']] as const;
    const both = after(listed, whole, ['items', ['nationality']], ['items', ['relationship']]);
    expect(requestOf(CITY, listed, both).include).toEqual(['relationship', 'nationality']);
    const one = after(listed, whole, ['items', ['nationality', 'relationship']], ['items', ['nationality']]);
    expect(requestOf(CITY, listed, one).include).toEqual(['relationship']);
  });

  it('as many as the kind says, never more than there are', () => {
    const whole = after(listed, ['extent', ['whole']]);
    expect(minimumOf(listed, whole, 'items')).toBe(2);
    expect(isEnough(listed, { ...whole, include: ['relationship'] }, 'items')).toBe(false);
    expect(isEnough(listed, { ...whole, include: ['relationship', 'nationality'] }, 'items')).toBe(true);
    // ticked before for the lodger, who is not printed any more
    const self = { ...firstAnswers(listed), include: ['nationality'] };
    expect(minimumOf(listed, self, 'items')).toBe(1);
    expect(isEnough(listed, self, 'items')).toBe(false);
  });
});

describe('the words of a question', () => {
  const viewOf = (kind: Offered, question: string, answers: Partial<Answers> = {}) => {
    const shopping = {
      municipalities: [],
      offers: {},
      others: false,
      municipality: { code: CITY, name: '架空市', relation: 'residence' as const, ended: null },
      basket: [],
    };
    const visit: At<'choosingOptions'> = {
      ...shopping,
      at: 'choosingOptions',
      offered: kind,
      answers: { ...firstAnswers(kind), ...answers },
      question,
    };
    return optionsView(visit, makeVisitSettings());
  };

  it('of an extent are the kind’s own', () => {
    const kind = { ...offered, extents: [extent('whole', '戸籍の全員'), extent('self', '本人だけ')] };
    const { body } = viewOf(kind, 'extent');
    expect(body).toMatchObject({ choices: [{ label: '戸籍の全員' }, { label: '本人だけ', selected: true }] });
  });

  it('of a list are the kind’s own, and say how many are needed', () => {
    expect(viewOf(listed, 'items')).toMatchObject({
      heading: '証明する項目をえらんでください',
      number: 2,
      of: 2,
      body: {
        kind: 'many',
        minimum: 1,
        enough: false,
        choices: [{ value: 'relationship', selected: false }],
      },
    });
  });

  it('carry the outlines of a name to the screen, of that member only', () => {
    const outlines = { 辻: { advance: 1000, path: 'M0 0L10 10Z' } };
    const [self, lodger] = offered.members;
    const kind = { ...offered, members: [{ ...self!, outlines }, lodger!] };
    const { body } = viewOf(kind, 'members', { extent: 'part' });
    if (body.kind !== 'many') throw new Error(body.kind);
    expect(body.choices.map((choice) => choice.outlines)).toEqual([outlines, undefined]);
  });
});
