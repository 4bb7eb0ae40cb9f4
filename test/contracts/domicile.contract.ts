/** What every center does with 本籍地 applications of a kiosk's session: the one in memory of the visit's tests, and the real one. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DomicileCenter } from '#agent/center/centerPort.ts';
import type { SignedApplication } from '#center/contract/domicileApplication.ts';
import { municipalityCode, type MunicipalityCode } from '#templates/vocabulary.ts';

export interface DomicileBench {
  readonly port: DomicileCenter;
  /** of an authenticated resident whose 本籍 is in `there` and who has applied nowhere yet */
  readonly sessionId: string;
  /** takes applications now */
  readonly there: MunicipalityCode;
  /** both signatures of this resident's card */
  sign(challengeId: string, challenge: Buffer): SignedApplication;
  away(): Promise<void>;
  close(): Promise<void>;
}

const BYTES = 32;
const NOBODY = municipalityCode.parse('131016');

export function domicileContract(name: string, createBench: () => Promise<DomicileBench>): void {
  describe(`applications of a kiosk: ${name}`, () => {
    let bench: DomicileBench;
    beforeEach(async () => {
      bench = await createBench();
    }, 60_000);
    afterEach(() => bench.close());

    const challenge = async () => {
      const given = await bench.port.challenge(bench.sessionId, bench.there);
      if (given.kind !== 'challenge') throw new Error(JSON.stringify(given));
      return { id: given.challengeId, bytes: Buffer.from(given.challenge, 'base64'), ...given };
    };
    const applied = async () => {
      const { id, bytes } = await challenge();
      const answer = await bench.port.submit(bench.sessionId, bench.sign(id, bytes));
      if (answer.kind !== 'received') throw new Error(JSON.stringify(answer));
      return answer;
    };
    const listed = async () => {
      const answer = await bench.port.applications(bench.sessionId);
      if (answer.kind !== 'applications') throw new Error(JSON.stringify(answer));
      return answer.applications;
    };

    it('lists who takes applications, with their readings, and has the form of each that is open', async () => {
      const answer = await bench.port.municipalities(bench.sessionId);
      if (answer.kind !== 'municipalities') throw new Error(answer.kind);
      const own = answer.municipalities.find(({ code }) => code === bench.there);
      expect(own).toMatchObject({ closed: null });
      expect(own?.reading).toMatch(/^[ぁ-んー]+$/);
      const form = await bench.port.form(bench.sessionId, bench.there);
      expect(form).toMatchObject({ kind: 'form', municipality: bench.there });
      if (form.kind === 'form') expect(form.municipalityName).toContain(own!.name);
    });

    it('gives every application a challenge of its own, and says how long it is good for', async () => {
      const [first, second] = [await challenge(), await challenge()];
      expect([first.bytes.length, second.bytes.length]).toEqual([BYTES, BYTES]);
      expect(first.lifetimeMs).toBeGreaterThan(0);
    });

    it('an application is received with number and sheet, and stands in the list', async () => {
      expect(await listed()).toEqual([]);
      const { application, sheet, pages } = await applied();
      expect(application).toMatchObject({ municipality: bench.there, channel: 'kiosk', state: 'received' });
      expect(application.applicationNumber).toMatch(/^\w{4}-\w{4}-\w{4}$/);
      expect(sheet?.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pages).toBe(1);
      expect(await listed()).toEqual([application]);
    });

    it('what is received can be taken back', async () => {
      const { application } = await applied();
      const number = application.applicationNumber;
      const answer = await bench.port.withdraw(bench.sessionId, number);
      expect(answer).toMatchObject({ kind: 'withdrawn', application: { state: 'withdrawn' } });
      expect(await listed()).toMatchObject([{ applicationNumber: number, state: 'withdrawn' }]);
    });

    it('nobody’s number is not taken back', async () => {
      const answer = await bench.port.withdraw(bench.sessionId, 'ZZZZ-ZZZZ-ZZZZ');
      expect(answer).toMatchObject({ kind: 'refused' });
    });

    it('center-away: every call says that nobody answers, and none rejects', async () => {
      const { id, bytes } = await challenge();
      const signed = bench.sign(id, bytes);
      await bench.away();
      const { port, sessionId, there } = bench;
      for (const answer of await Promise.all([
        port.municipalities(sessionId),
        port.form(sessionId, there),
        port.challenge(sessionId, there),
        port.submit(sessionId, signed),
        port.applications(sessionId),
        port.withdraw(sessionId, 'ZZZZ-ZZZZ-ZZZZ'),
      ]))
        expect(answer).toMatchObject({ kind: 'unreachable' });
    });
  });
}

/** What only a center that checks can refuse. */
export function checkingContract(name: string, createBench: () => Promise<DomicileBench>): void {
  describe(`a center that checks: ${name}`, () => {
    let bench: DomicileBench;
    beforeEach(async () => {
      bench = await createBench();
    }, 60_000);
    afterEach(() => bench.close());

    it.each([
      ['unknown-session', async ({ port, there }: DomicileBench) => port.challenge(randomUUID(), there)],
      [
        'a municipality that takes none',
        async ({ port, sessionId }: DomicileBench) => port.form(sessionId, NOBODY),
      ],
    ] as const)('%s is refused', async (_mishap, ask) => {
      expect(await ask(bench)).toMatchObject({ kind: 'refused' });
    });

    it('replayed and altered applications are refused, and stand nowhere', async () => {
      const { port, sessionId, there, sign } = bench;
      const given = await port.challenge(sessionId, there);
      if (given.kind !== 'challenge') throw new Error(given.kind);
      const signed = sign(given.challengeId, Buffer.from(given.challenge, 'base64'));
      const cms = Buffer.from(signed.cms, 'base64');
      cms[cms.length - 1]! ^= 1;
      const altered = { ...signed, cms: cms.toString('base64') };
      expect(await port.submit(sessionId, altered)).toMatchObject({ kind: 'refused' });
      // the challenge went with the first try
      expect(await port.submit(sessionId, signed)).toMatchObject({ kind: 'refused' });
      expect(await port.applications(sessionId)).toEqual({ kind: 'applications', applications: [] });
    });
  });
}
