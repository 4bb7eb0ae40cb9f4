/** 印鑑登録とカード at the counter. Every search and every look is in the audit, by opaque id. */
import { imprintImage, millimetres } from '#templates/datasets/sealImprint.ts';
import type { SealRegistrationEntry } from '#templates/datasets/sealRegistration.ts';
import { appendAudit } from '../../audit/chain.ts';
import * as contract from '../../contract/console/counter.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute, type StaffMember } from '../consoleRoute.ts';
import { peopleNamed, residentHere } from '../disclosure/certificatesOf.ts';
import { staffNames } from '../staffAccounts.ts';
import { endSealCard, linkSealCard, type LinkRefusal } from './sealCards.ts';

const REASONS: Readonly<Record<LinkRefusal, string>> = {
  unreadable: 'カードの電子証明書を読めません。カードを置きなおして、もう一度読み取ってください',
  'not-valid': 'このカードの電子証明書は、使えません（期限切れ、失効など）。カードをたしかめてください',
  'not-checked': '電子証明書が有効か、いま確認できません。しばらくしてから、もう一度読み取ってください',
  'another-person': 'このカードは、別の人のものとして登録されています。カードの表の氏名をたしかめてください',
  'no-seal': 'この人の印鑑登録はありません',
};

export function counterRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/counter/reader',
      act: 'link-seal-card',
      summary: 'Where the card reader on the counter answers',
      answer: contract.counterReader,
      handle: () => Promise.resolve({ origin: deps.counterReaderOrigin }),
    }),
    consoleRoute({
      // a search by name is no address: it would stand in histories and logs
      method: 'POST',
      path: '/api/counter/people',
      act: 'link-seal-card',
      summary: 'Residents by name and birth date',
      body: contract.sealSearch,
      answer: contract.sealHolders,
      handle: async ({ staff, body, now }) => {
        const people = await peopleNamed(db, staff.municipality, body);
        const { municipality, staffId } = staff;
        await appendAudit(db, now, 'seal-searched', { municipality, staffId, found: people.length });
        return { people };
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/counter/seal',
      act: 'link-seal-card',
      summary: 'The registered seal of a resident, with name and cards',
      body: contract.sealQuery,
      answer: contract.sealShown,
      handle: ({ staff, body, now }) => shown(deps, staff, body.residentId, now),
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/counter/cards',
      act: 'link-seal-card',
      summary: 'Tie the card that was read to the registration',
      body: contract.sealCardRequest,
      answer: contract.sealCardDone,
      handle: async ({ staff, body }) => {
        const { residentId } = body;
        await sealOf(deps, staff, residentId);
        const certificate = Buffer.from(body.certificate, 'base64');
        const linked = await linkSealCard(deps, staff, { residentId, certificate });
        if (linked.kind === 'refused') throw new ConsoleRefusal('not-now', REASONS[linked.reason]);
        return { kind: 'done' as const };
      },
    }),
    consoleRoute({
      method: 'DELETE',
      path: '/api/counter/cards/:id',
      act: 'link-seal-card',
      summary: 'End a tie',
      params: contract.sealCardId,
      answer: contract.sealCardDone,
      handle: async ({ staff, params, now }) => {
        if (!(await endSealCard(db, staff, params.id, now))) throw new ConsoleRefusal('missing', '');
        return { kind: 'done' as const };
      },
    }),
  ];
}

/** Throws `missing` for nobody of this municipality, and says it where there is no seal in force. */
async function sealOf(
  { db }: ConsoleDeps,
  { municipality }: StaffMember,
  residentId: string,
): Promise<{ readonly name: string; readonly seal: SealRegistrationEntry }> {
  const person = await residentHere(db, municipality, residentId);
  if (!person) throw new ConsoleRefusal('missing', '');
  const row = await db
    .selectFrom('seal_registration')
    .select('entry')
    .where('municipality', '=', municipality)
    .where('resident_id', '=', residentId)
    .executeTakeFirst();
  if (row?.entry.status !== 'active') throw new ConsoleRefusal('not-now', REASONS['no-seal']);
  return { name: person.name, seal: row.entry };
}

async function shown(deps: ConsoleDeps, staff: StaffMember, residentId: string, now: number) {
  const { db } = deps;
  const { municipality, staffId } = staff;
  const { name, seal } = await sealOf(deps, staff, residentId);
  const cards = await db
    .selectFrom('seal_card')
    .select(['id', 'serial', 'linked_at', 'linked_by'])
    .where('municipality', '=', municipality)
    .where('resident_id', '=', residentId)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  const nameOf = await staffNames(db, municipality);
  await appendAudit(db, now, 'seal-shown', { municipality, staffId, residentId });
  const { width } = imprintImage(seal.imprint);
  return {
    residentId,
    name,
    registeredOn: seal.registeredOn,
    imprint: seal.imprint.png,
    widthMm: millimetres(width, seal.imprint.dpi),
    cards: cards.map((row) => ({
      id: row.id,
      serialEnd: row.serial.slice(-6),
      linkedAt: row.linked_at.toISOString(),
      linkedBy: nameOf(row.linked_by),
    })),
  };
}
