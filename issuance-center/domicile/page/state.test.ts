import { describe, expect, it } from 'vitest';
import { noticeOf } from '#templates/notices/notices.ts';
import { FIRST_PAGE, holdsTyped, step, type Form, type Place } from './state.ts';
import { NOTHING_TYPED } from './typed.ts';

const PLACES: Place = { at: 'places', places: [] };
const ASKING: Place = { at: 'asking', what: 'places' };

describe('the page', () => {
  it('goes where an answer leads, once', () => {
    const asked = step(FIRST_PAGE, { kind: 'went', to: ASKING });
    const answered = step(asked, { kind: 'answered', turn: asked.turn, to: PLACES });
    expect(answered.place).toEqual(PLACES);
    const again = step(answered, { kind: 'answered', turn: asked.turn, to: { at: 'unknown' } });
    expect(again).toEqual(answered);
  });

  it('drops the answer of a question that was left', () => {
    const asked = step(FIRST_PAGE, { kind: 'went', to: ASKING });
    const left = step(asked, { kind: 'went', to: { at: 'start' } });
    expect(step(left, { kind: 'answered', turn: asked.turn, to: PLACES })).toEqual(left);
  });

  it('keeps what was typed wherever it goes', () => {
    const typed = step(FIRST_PAGE, { kind: 'typed', field: 'domicile', text: '例示八丁目8番地' });
    const chosen = step(typed, { kind: 'cardTextChosen', on: true });
    const gone = step(step(chosen, { kind: 'went', to: { at: 'unknown' } }), { kind: 'went', to: PLACES });
    expect(gone).toMatchObject({ typed: { domicile: '例示八丁目8番地' }, cardText: true });
  });
});

describe('what was typed', () => {
  const form = { at: 'form', form: {} as Form } as const;
  const typed = { ...NOTHING_TYPED, telephone: '0' };
  const told = (back: Place): Place => ({
    at: 'told',
    told: { notice: noticeOf('APPL-01'), until: null },
    back,
  });

  it.each<[boolean, Place]>([
    [true, form],
    [true, told(form)],
    [true, told({ at: 'unreachable', what: 'center', back: form })],
    [true, { at: 'asking', what: 'sending' }],
    [false, told({ at: 'start' })],
    [false, { at: 'start' }],
    [false, { at: 'unknown' }],
    [false, { at: 'statusForm', number: 'ABCD', birth: '' }],
  ])('would be lost (%s) by leaving at %j', (isLost, place) => {
    expect(holdsTyped({ place, typed })).toBe(isLost);
  });

  it('is nothing where nothing was typed', () => {
    expect(holdsTyped({ place: form, typed: NOTHING_TYPED })).toBe(false);
  });
});
