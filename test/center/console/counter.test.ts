/** A card tied to a seal registration at the counter: with consent, checked, and never a second person's. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditOf, visit } from '../harness.ts';
import { ELSEWHERE, HOME, startConsole, type ConsoleHarness, type SignedIn } from './consoleHarness.ts';

let stand: ConsoleHarness;
let editor: SignedIn;

beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.close());
beforeEach(async () => {
  editor = await stand.staff(['editor']);
});

const post = (url: string, body: object, who = editor) =>
  stand.call(who, 'POST', `/api/counter/${url}`, body);
const certificateOf = async (resident: string, wish = {}) => {
  const { card } = await stand.center.cardOf(resident, wish);
  return { certificate: card.authentication.certificate, card };
};
/** Somebody of HOME with a seal in force, and somebody else. */
async function holders(): Promise<readonly string[]> {
  const rows = await stand.center.db
    .selectFrom('seal_registration')
    .select(['resident_id', 'entry'])
    .where('municipality', '=', HOME)
    .orderBy('resident_id')
    .execute();
  return rows.filter(({ entry }) => entry.status === 'active').map(({ resident_id }) => resident_id);
}
const eventsSince = async (type: string) =>
  (await auditOf(stand.center.db)).filter((event) => event.type === type);

describe('the counter', () => {
  it('finds the resident, shows name and seal, ties the card once, and ends the tie', async () => {
    const [residentId] = await holders();
    const { certificate } = await certificateOf(residentId!);
    const seen = await post('seal', { residentId });
    expect(seen.body).toMatchObject({ residentId, cards: [] });
    expect(
      Buffer.from(seen.body['imprint'] as string, 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const tie = { residentId, certificate, consented: true };
    for (const _ of [1, 2]) {
      const tied = await post('cards', tie);
      expect([tied.status, tied.text]).toEqual([200, '{"kind":"done"}']);
    }
    const { cards } = (await post('seal', { residentId })).body as { cards: { id: number }[] };
    expect(cards).toHaveLength(1);
    expect((await eventsSince('seal-card-linked')).at(-1)!.fields).toMatchObject({
      residentId,
      staffId: editor.staffId,
      consented: true,
    });
    const stranger = await stand.staff(['editor'], ELSEWHERE);
    const url = `/api/counter/cards/${cards[0]!.id}`;
    expect((await stand.call(stranger, 'DELETE', url)).status).toBe(404);
    expect((await stand.call(editor, 'DELETE', url)).status).toBe(200);
    expect((await post('seal', { residentId })).body).toMatchObject({ cards: [] });
  });

  it('searches by name and birth date, in this municipality only, and every look is in the audit', async () => {
    const [residentId] = await holders();
    const row = await stand.center.db
      .selectFrom('resident')
      .select('entry')
      .where('id', '=', residentId!)
      .executeTakeFirstOrThrow();
    const { name, birthDate } = row.entry;
    const found = await post('people', { name: name.slice(0, 2), birthDate });
    expect((found.body['people'] as object[]).length).toBeGreaterThan(0);
    expect((await eventsSince('seal-searched')).at(-1)!.fields).toMatchObject({ staffId: editor.staffId });
    const stranger = await stand.staff(['editor'], ELSEWHERE);
    expect((await post('people', { name, birthDate }, stranger)).body).toEqual({ people: [] });
    expect((await post('seal', { residentId }, stranger)).status).toBe(404);
    const viewer = await stand.staff(['viewer', 'approver', 'administrator']);
    expect((await post('seal', { residentId }, viewer)).status).toBe(403);
  });

  it('ties nothing without consent', async () => {
    const [residentId] = await holders();
    const { certificate } = await certificateOf(residentId!);
    for (const consented of [false, undefined]) {
      expect((await post('cards', { residentId, certificate, consented })).status).toBeGreaterThanOrEqual(
        400,
      );
    }
    expect((await post('seal', { residentId })).body).toMatchObject({ cards: [] });
  });

  it.each([
    ['revoked', /使えません/],
    ['expired', /使えません/],
  ] as const)('refuses a card whose certificate is %s', async (variant, words) => {
    const [residentId] = await holders();
    const { certificate } = await certificateOf(residentId!, { variant });
    const refused = await post('cards', { residentId, certificate, consented: true });
    expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(words)]);
  });

  it('refuses what is no certificate, and the card that the register says is somebody else’s', async () => {
    const [residentId, other] = await holders();
    const rubbish = Buffer.from('no certificate').toString('base64');
    const unread = await post('cards', { residentId, certificate: rubbish, consented: true });
    expect([unread.status, unread.body['reason']]).toEqual([409, expect.stringMatching(/読めません/)]);
    const { certificate } = await certificateOf(other!);
    const refused = await post('cards', { residentId, certificate, consented: true });
    expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(/別の人/)]);
    expect((await eventsSince('seal-card-refused')).at(-1)!.fields).toMatchObject({
      reason: 'another-person',
    });
  });

  it('opens neither record when register and counter name two people', async () => {
    const [residentId, other] = await holders();
    const card = await stand.center.cardOf(residentId!);
    const { certificate } = card.card.authentication;
    expect((await post('cards', { residentId, certificate, consented: true })).status).toBe(200);
    const kiosk = await stand.center.kiosk('store-counter');
    expect((await visit(kiosk, card)).answer.body).toMatchObject({ kind: 'authenticated' });
    await stand.center.db
      .updateTable('seal_card')
      .set({ resident_id: other! })
      .where('resident_id', '=', residentId!)
      .where('ended_at', 'is', null)
      .execute();
    expect((await visit(kiosk, card)).answer.body).toMatchObject({ kind: 'refused' });
    // what another municipality once tied says nothing here: whoever moves may have another number there
    await stand.center.db
      .updateTable('seal_card')
      .set({ municipality: ELSEWHERE })
      .where('resident_id', '=', other!)
      .where('ended_at', 'is', null)
      .execute();
    expect((await visit(kiosk, card)).answer.body).toMatchObject({ kind: 'authenticated' });
  });
});
