/** Every kind, in every municipality that offers it, through the kiosk API: offered with its choices, and made. */
import { createHash, randomUUID, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  MANIFEST_TAG,
  manifest,
  offerResponse,
  type CertificateRequest,
  type Manifest,
  type OfferedKind,
} from '#center/contract/kioskApi.ts';
import { addDays } from '#templates/civilTime.ts';
import { loadTemplates } from '#templates/load.ts';
import { shippedKindIds } from '#templates/vocabulary.ts';
import { demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { TODAY, startHarness, visit, type Harness, type Kiosk } from './harness.ts';

type Offered = Extract<OfferedKind, { status: 'offered' }>;

let center: Harness;
let kiosk: Kiosk;
const sessions = new Map<string, { id: string; offered: readonly OfferedKind[] }>();
/** Residents who may have everything their municipality issues. */
const HOLDERS = { '992011': 'taro', '992020': 'azusa', '993018': 'manabu' } as const;
const CODES = Object.keys(HOLDERS) as (keyof typeof HOLDERS)[];

beforeAll(async () => {
  center = await startHarness();
  kiosk = await center.kiosk('store-every-kind');
  for (const code of CODES) {
    const { session } = await visit(kiosk, await center.cardOf(HOLDERS[code]));
    const { body } = await kiosk.call('GET', `/v1/sessions/${session.sessionId}/offer?municipality=${code}`);
    const offer = offerResponse.parse(body);
    if (offer.kind !== 'offer') throw new Error(offer.notice);
    sessions.set(code, { id: session.sessionId, offered: offer.kinds });
  }
});
afterAll(() => center.close());

function offeredIn(code: string, kind: string): Offered {
  const offered = sessions.get(code)!.offered.find((entry) => entry.kind === kind)!;
  if (offered.status !== 'offered') throw new Error(`${kind}: ${offered.notice}`);
  return offered;
}

/** Checks signature, hash and sheets as a kiosk does. */
async function prepared(code: string, certificate: object): Promise<Manifest> {
  const url = `/v1/sessions/${sessions.get(code)!.id}/certificates`;
  const { body } = await kiosk.call('POST', url, { requestId: randomUUID(), certificate });
  expect(body).toMatchObject({ kind: 'prepared' });
  const { payload, signature } = body.manifest as { payload: string; signature: string };
  const signed = Buffer.from(`${MANIFEST_TAG}${payload}`);
  expect(verify(null, signed, center.keys.manifestPublicKey, Buffer.from(signature, 'base64'))).toBe(true);
  const document = Buffer.from(body.document as string, 'base64');
  const content = manifest.parse(JSON.parse(payload));
  expect(createHash('sha256').update(document).digest('hex')).toBe(content.documentSha256);
  return content;
}

/** Each extent with nothing ticked (but what must be) and with everything. */
function requestsFor(code: string, offered: Offered): Omit<CertificateRequest, 'municipality' | 'kind'>[] {
  const ids = offered.options.map(({ id }) => id);
  const fewest = offered.asking.as === 'list' ? ids.slice(0, offered.asking.minimum) : [];
  return offered.extents.flatMap(({ id: extent }) =>
    [fewest, ids].map((include) => ({
      extent,
      members: extent === 'part' ? offered.members.slice(0, 2).map(({ number }) => number) : [],
      include,
    })),
  );
}

const offers = [...loadTemplates().profiles].flatMap(([code, { value }]) =>
  value.kinds.map(({ kind }) => [code as string, kind] as const),
);

describe('every kind of certificate', () => {
  it('is listed in one order, offered or withheld, wherever the resident lives', () => {
    for (const { offered } of sessions.values()) {
      expect(offered.map(({ kind }) => kind)).toEqual(shippedKindIds);
    }
    const withheld = CODES.flatMap((code) =>
      sessions.get(code)!.offered.flatMap((entry) => (entry.status === 'withheld' ? [entry.notice] : [])),
    );
    // what a municipality does not issue, and nothing else
    expect(new Set(withheld)).toEqual(new Set(['SERV-04']));
  });

  it.each(offers)(
    '%s %s: made for every extent, with the fewest options and with all',
    async (code, kind) => {
      const offered = offeredIn(code, kind);
      const own = offered.members.filter(({ self }) => self);
      expect(own).toHaveLength(1);
      const entry = (await center.inForce(code)).profile.kinds.find((it) => it.kind === kind)!;
      for (const wish of requestsFor(code, offered)) {
        const content = await prepared(code, { municipality: code, kind, ...wish });
        expect(content).toMatchObject({ kind, municipality: code, fee: offered.fee, issueDate: TODAY });
        expect(content.sheets * 2).toBe(content.pages);
        const row = await center.db
          .selectFrom('certificate')
          .select(['fee', 'pages', 'verifiable_until', 'municipality', 'kind', 'state'])
          .where('issue_number', '=', content.issueNumber)
          .executeTakeFirstOrThrow();
        expect(row).toEqual({
          fee: offered.fee,
          pages: content.pages,
          verifiable_until: addDays(TODAY, entry.verifiableDays),
          municipality: code,
          kind,
          state: 'prepared',
        });
      }
    },
  );

  it('has its own words for extents, and its own way of asking', () => {
    const copy = offeredIn('992011', 'resident-record-copy');
    const full = offeredIn('992011', 'family-register-full');
    expect(copy.extents.map(({ id }) => id)).toEqual(['whole', 'part', 'self']);
    expect(full.extents.map(({ id }) => id)).toEqual(['whole']);
    expect(full.extents[0]!.label).not.toBe(copy.extents[0]!.label);
    expect(offeredIn('992011', 'tax-payment-certificate').asking).toMatchObject({ as: 'list', minimum: 1 });
    expect(copy.asking).toEqual({ as: 'each' });
    // 見本町 offers the whole household or oneself only
    expect(offeredIn('993018', 'resident-record-copy').extents.map(({ id }) => id)).toEqual([
      'whole',
      'self',
    ]);
  });

  it('about the holder alone shows nobody else, about a 戸籍 nobody who has left it', () => {
    for (const kind of ['seal-registration-certificate', 'taxation-certificate']) {
      expect(offeredIn('992011', kind).members.map(({ self }) => self)).toEqual([true]);
    }
    const family = offeredIn('992011', 'family-register-individual');
    expect(family.members.length).toBeGreaterThan(1);
    const { familyName, members } = demoFamilyRegisters(TODAY).find((entry) =>
      entry.members.some(({ residentId }) => residentId === 'taro'),
    )!;
    const nameOf = ({ givenName }: (typeof members)[number]) => `${familyName}　${givenName}`;
    expect(members.filter(({ removed }) => removed)).not.toEqual([]);
    expect(family.members.map(({ name }) => name)).toEqual(
      members.filter(({ removed }) => !removed).map(nameOf),
    );
  });

  it.each([
    ['a person who has left the 戸籍', 'family-register-individual', { extent: 'part', members: [99] }],
    ['nothing ticked where something must be', 'tax-payment-certificate', { extent: 'self' }],
    ['an extent of another kind', 'family-register-full', { extent: 'self' }],
    [
      'an option of another kind',
      'seal-registration-certificate',
      { extent: 'self', include: ['relationship'] },
    ],
    [
      'somebody else with a certificate about oneself',
      'taxation-certificate',
      { extent: 'part', members: [2] },
    ],
  ])('refuses %s', async (_, kind, change) => {
    const certificate = { municipality: '992011', kind, members: [], include: [], ...change };
    const url = `/v1/sessions/${sessions.get('992011')!.id}/certificates`;
    const { body } = await kiosk.call('POST', url, { requestId: randomUUID(), certificate });
    expect(body).toEqual({ kind: 'refused', notice: 'RULE-03' });
  });
});
