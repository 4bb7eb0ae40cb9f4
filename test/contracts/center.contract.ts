/** What every CenterPort must keep, whatever center answers. Run from `*.test.ts` with a factory per adapter. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CenterPort } from '#agent/center/centerPort.ts';
import { checkPrepared, type PreparedCheck } from '#agent/center/manifestCheck.ts';
import { countPdfPages } from '#agent/center/pdfPages.ts';
import { challengeMessage, type CertificateRequest, type ReceiptRequest } from '#center/contract/kioskApi.ts';
import { issueNumber, yen, type IssueNumber } from '#templates/vocabulary.ts';

export interface CenterBench {
  readonly port: CenterPort;
  /** Ed25519, PEM (SPKI) */
  readonly manifestKey: string;
  /** a resident whom the center knows: the certificate (DER) and what the card would sign */
  readonly certificate: Buffer;
  sign(message: Buffer): Promise<Buffer>;
  /** something this resident may have now */
  readonly request: CertificateRequest;
  /** epoch ms of the center's clock */
  now(): number;
  away(): Promise<void>;
  close(): Promise<void>;
}

export function centerContract(name: string, createBench: () => Promise<CenterBench>): void {
  describe(`center port: ${name}`, () => {
    let bench: CenterBench;
    beforeEach(async () => {
      bench = await createBench();
    });
    afterEach(() => bench.close());

    const open = async () => {
      const opened = await bench.port.openSession();
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      return opened;
    };
    const authenticated = async () => {
      const { sessionId, challenge } = await open();
      const signature = await bench.sign(challengeMessage(bench.port.kioskId, sessionId, challenge));
      const answer = await bench.port.authenticate(sessionId, { certificate: bench.certificate, signature });
      return { sessionId, challenge, signature, answer };
    };
    const prepared = async (): Promise<PreparedCheck> => {
      const { sessionId } = await authenticated();
      const offer = await bench.port.offer(sessionId, bench.request.municipality);
      if (offer.kind !== 'offer') throw new Error(offer.kind);
      const kind = offer.kinds.find((offered) => offered.kind === bench.request.kind);
      const requestId = randomUUID();
      const answer = await bench.port.prepare(sessionId, requestId, bench.request);
      if (answer.kind !== 'prepared') throw new Error(answer.kind);
      return {
        signedManifest: answer.manifest,
        document: answer.document,
        manifestKey: bench.manifestKey,
        sessionId,
        kioskId: bench.port.kioskId,
        requestId,
        holderCertificate: bench.certificate,
        request: bench.request,
        fee: kind?.status === 'offered' ? kind.fee : yen.parse(0),
        now: bench.now(),
        seenIssueNumbers: new Set(),
      };
    };
    const manifestOf = (check: PreparedCheck) => {
      const outcome = checkPrepared(check);
      if (outcome.kind !== 'sound') throw new Error(outcome.finding);
      return outcome.manifest;
    };
    const issued = async (): Promise<IssueNumber> => manifestOf(await prepared()).issueNumber;
    const receiptOf = (...numbers: readonly IssueNumber[]): ReceiptRequest => ({
      certificates: numbers.map((number) => ({ issueNumber: number })),
      store: { name: '見本ストア架空店', number: '0001', machineSerial: 'KSK-0001' },
      inquiryNumber: 'K7Q2-9MXD',
      paidAt: new Date(bench.now()).toISOString(),
    });
    const unknown = issueNumber.parse('0000-0000-0000-0000');
    const sold = { paid: yen.parse(300), sheets: 1 };
    const cancelled = { reason: 'cancelled', refunded: yen.parse(0) } as const;

    it('tells the day and the kiosk', async () => {
      const answer = await bench.port.service();
      expect(answer).toMatchObject({ kind: 'service', kioskId: bench.port.kioskId });
    });

    it('opens sessions with challenges of 32 bytes, each its own', async () => {
      const [first, second] = [await open(), await open()];
      expect(first.challenge).toHaveLength(32);
      expect(first.challenge).not.toEqual(second.challenge);
      expect(first.sessionId).not.toBe(second.sessionId);
    });

    it('a resident is recognised and offered something in the own municipality', async () => {
      const { answer } = await authenticated();
      if (answer.kind !== 'authenticated') throw new Error(answer.kind);
      expect(answer.municipalities.map(({ code }) => code)).toContain(bench.request.municipality);
    });

    it('bad-signature: refused with a notice', async () => {
      const { sessionId } = await open();
      const signature = await bench.sign(Buffer.from('something else'));
      const answer = await bench.port.authenticate(sessionId, { certificate: bench.certificate, signature });
      expect(answer).toMatchObject({ kind: 'refused' });
    });

    it('replayed-signature: a challenge is good once', async () => {
      const { sessionId, signature } = await authenticated();
      const again = await bench.port.authenticate(sessionId, { certificate: bench.certificate, signature });
      expect(again).toMatchObject({ kind: 'refused' });
    });

    it('unknown-session: nothing is offered', async () => {
      const answer = await bench.port.offer(randomUUID(), bench.request.municipality);
      expect(['refused', 'unreachable']).toContain(answer.kind);
    });

    it('what is prepared passes the check before printing', async () => {
      expect(checkPrepared(await prepared())).toMatchObject({ kind: 'sound' });
    });

    it('every front of it has a back: two pages a sheet', async () => {
      const { pages, sheets } = manifestOf(await prepared());
      expect(pages).toBe(sheets * 2);
    });

    it('makes a receipt of what was printed in the session', async () => {
      const check = await prepared();
      const { issueNumber: number } = manifestOf(check);
      await bench.port.confirm(number, sold);
      const receipt = await bench.port.receipt(check.sessionId, receiptOf(number));
      if (receipt.kind !== 'receipt') throw new Error(JSON.stringify(receipt));
      expect(countPdfPages(receipt.document)).toBe(receipt.pages);
    });

    it('makes no receipt of a void certificate, of nobody’s number or in another session', async () => {
      const check = await prepared();
      const { issueNumber: number } = manifestOf(check);
      const other = await open();
      const refused = { kind: 'refused' };
      expect(await bench.port.receipt(other.sessionId, receiptOf(number))).toMatchObject(refused);
      expect(await bench.port.receipt(check.sessionId, receiptOf(unknown))).toMatchObject(refused);
      await bench.port.void(number, cancelled);
      expect(await bench.port.receipt(check.sessionId, receiptOf(number))).toMatchObject(refused);
    });

    it('prepare-answer-lost: the same request again never makes a second certificate', async () => {
      const first = await prepared();
      const again = await bench.port.prepare(first.sessionId, first.requestId, first.request);
      // a center that keeps no document cannot give it again: it refuses instead
      const same =
        again.kind === 'prepared' &&
        again.manifest.payload === first.signedManifest.payload &&
        again.document.equals(first.document);
      expect(same || again.kind === 'refused').toBe(true);
    });

    it('confirm is idempotent, and a confirmed certificate cannot be voided', async () => {
      const number = await issued();
      expect(await bench.port.confirm(number, sold)).toEqual({ kind: 'settled', state: 'printed' });
      expect(await bench.port.confirm(number, sold)).toEqual({ kind: 'settled', state: 'printed' });
      expect(await bench.port.void(number, cancelled)).toEqual({ kind: 'conflict', state: 'printed' });
    });

    it('void is idempotent, and a void certificate cannot be confirmed', async () => {
      const number = await issued();
      expect(await bench.port.void(number, cancelled)).toEqual({ kind: 'settled', state: 'void' });
      expect(await bench.port.void(number, cancelled)).toEqual({ kind: 'settled', state: 'void' });
      expect(await bench.port.confirm(number, sold)).toEqual({ kind: 'conflict', state: 'void' });
    });

    it('a number nobody issued is unknown', async () => {
      expect(await bench.port.confirm(unknown, sold)).toEqual({ kind: 'unknown-issue-number' });
      expect(await bench.port.void(unknown, cancelled)).toEqual({ kind: 'unknown-issue-number' });
    });

    it('takes an alarm', async () => {
      const alarm = { finding: 'hash', issueNumber: await issued(), municipality: null } as const;
      expect(await bench.port.alarm(alarm)).toEqual({ kind: 'raised' });
    });

    it('center-away: every call says unreachable and none rejects', async () => {
      await bench.away();
      const session = randomUUID();
      const proof = { certificate: bench.certificate, signature: Buffer.alloc(256) };
      const answers = await Promise.all([
        bench.port.service(),
        bench.port.openSession(),
        bench.port.authenticate(session, proof),
        bench.port.offer(session, bench.request.municipality),
        bench.port.prepare(session, randomUUID(), bench.request),
        bench.port.receipt(session, receiptOf(unknown)),
        bench.port.confirm(unknown, sold),
        bench.port.void(unknown, cancelled),
        bench.port.alarm({ finding: 'hash', issueNumber: null, municipality: null }),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ kind: 'unreachable' });
    });
  });
}
