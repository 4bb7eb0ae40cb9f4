/** An application signed at the card, by mishap, over whatever reads the card (card.md 2.2, 2.6, 2.9). */
import { execFileSync } from 'node:child_process';
import { verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardConnection } from '#agent/card/cardReaderPort.ts';
import { openSignature, readCounters, signContent } from '#agent/card/signatureCard.ts';
import type { CardFault } from '#simulators/card/faults.ts';
import { until, type CardReaderBench } from './cardReader.contract.ts';
import { applied, ascii, CONTENT } from './fixtures/applied.ts';

/** a day after the card of demoCard was made, seconds */
const ISSUED_AT_S = Date.parse('2026-11-21T10:00:00Z') / 1000;
const [VERIFY, SIGN, READ] = ['20', '2A', 'B0'];
const WRONG = 'WRONG123';
const certificateOf = (der: string) => new X509Certificate(Buffer.from(der, 'base64'));

/** Checks it up to its CA; content and certificate as openssl takes them out. */
function opensslVerifies(cms: Buffer, ca: X509Certificate): { content: Buffer; signer: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'cms-'));
  const [signed, signer, caFile] = ['cms.der', 'signer.pem', 'ca.pem'].map((name) => join(folder, name));
  try {
    writeFileSync(signed!, cms);
    writeFileSync(caFile!, ca.toString());
    const path = ['-CAfile', caFile!, '-purpose', 'any', '-attime', String(ISSUED_AT_S)];
    const command = ['cms', '-verify', '-inform', 'DER', '-binary', ...path, '-in', signed!];
    const content = execFileSync('openssl', [...command, '-signer', signer!], { stdio: 'pipe' });
    return { content, signer: execFileSync('openssl', ['x509', '-in', signer!, '-outform', 'DER']) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Pull = Extract<CardFault, { kind: 'pull' }>;
/** At every command but those in the middle of a file that is read in pieces; a secret or a signature also after it. */
const pulls = (commands: readonly string[]): readonly Pull[] =>
  commands.flatMap((instruction, at) => {
    if (instruction === READ && commands[at - 1] === READ && commands[at + 1] === READ) return [];
    const when = { kind: 'nth', nth: at + 1 } as const;
    const before: Pull = { kind: 'pull', moment: 'before', when };
    return instruction === VERIFY || instruction === SIGN
      ? [before, { ...before, moment: 'answer lost' }]
      : [before];
  });

export function signatureCardContract(name: string, createBench: () => Promise<CardReaderBench>): void {
  describe(`an application at the card: ${name}`, () => {
    let bench: CardReaderBench;
    beforeEach(async () => {
      bench = await createBench();
      await until(bench.port, 'empty');
    });
    afterEach(() => bench.close());

    const connected = async (faults: readonly CardFault[] = []): Promise<CardConnection> => {
      await bench.insert(faults);
      await until(bench.port, 'present');
      return bench.port.connect();
    };
    /** Closed when the reader has seen that the card left: before that, pcscd takes the next card for the same one. */
    const taken = async (connection: CardConnection): Promise<void> => {
      await bench.remove();
      await until(bench.port, 'empty');
      await connection.close();
    };
    const triesLeft = async (): Promise<unknown> => {
      const connection = await connected();
      const counters = await readCounters(connection, false);
      await taken(connection);
      return counters.kind === 'counters' ? counters.password : counters.notice;
    };

    it('is signed by both keys; openssl verifies the CMS, and whose it is', async () => {
      const connection = await connected();
      const done = await applied(connection, bench.card);
      await taken(connection);
      if (done.kind !== 'applied') throw new Error(JSON.stringify(done));
      expect(done.items).toMatchObject({ name: '見本　太郎', birthDate: '1980-01-01', sex: 'male' });
      const { content, signer } = opensslVerifies(done.cms, certificateOf(bench.card.signatureCa));
      expect(content).toEqual(CONTENT);
      expect(signer).toEqual(certificateOf(bench.card.signature!.certificate).raw);
      const { publicKey } = certificateOf(bench.card.authentication.certificate);
      expect(verify('sha256', done.cms, publicKey, done.possession)).toBe(true);
    });

    it('password-wrong-to-locked: the tries are counted from one visit to the next, and the right one gives them back', async () => {
      const first = await connected();
      for (const left of [4, 3])
        expect(await openSignature(first, ascii(WRONG))).toEqual({ kind: 'wrong', triesLeft: left });
      await taken(first);
      const second = await connected();
      expect(await openSignature(second, ascii(WRONG))).toEqual({ kind: 'wrong', triesLeft: 2 });
      expect(await openSignature(second, ascii(bench.card.pins.signature))).toMatchObject({ kind: 'opened' });
      for (const left of [4, 3, 2, 1])
        expect(await openSignature(second, ascii(WRONG))).toEqual({ kind: 'wrong', triesLeft: left });
      expect(await openSignature(second, ascii(WRONG))).toEqual({ kind: 'blocked' });
      await taken(second);
      expect(await triesLeft()).toBe('SIGN-02');
    });

    it('password-answer-lost: it has cost the one try that the card counted, and is not sent again', async () => {
      const lost = { kind: 'instruction', instruction: 0x20 } as const;
      const connection = await connected([{ kind: 'pull', moment: 'answer lost', when: lost }]);
      const outcome = await openSignature(connection, ascii(WRONG));
      expect(outcome).toEqual({ kind: 'lost', notice: 'CARD-05' });
      expect(bench.commands().filter((instruction) => instruction === VERIFY)).toHaveLength(1);
      await taken(connection);
      expect(await triesLeft()).toBe(4);
    });

    it('closed between password and signature: the next connection signs nothing', async () => {
      const first = await connected();
      const opened = await openSignature(first, ascii(bench.card.pins.signature));
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      await first.close();
      const second = await bench.port.connect();
      expect(await signContent(second, CONTENT, opened.certificate)).toMatchObject({ kind: 'lost' });
      await second.close();
    });

    it('card-exchanged between password and signature: the connection does not reach the card that is there now', async () => {
      const first = await connected();
      const opened = await openSignature(first, ascii(bench.card.pins.signature));
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      await bench.remove();
      await until(bench.port, 'empty');
      await bench.insert();
      await until(bench.port, 'present');
      const commands = bench.commands().length;
      expect(await signContent(first, CONTENT, opened.certificate)).toMatchObject({ kind: 'lost' });
      expect(bench.commands()).toHaveLength(commands);
      await first.close();
    });

    it('card-pulled at every command: nothing is signed after it, and no try is lost', async () => {
      const whole = await connected();
      expect((await applied(whole, bench.card)).step).toBe('done');
      await taken(whole);
      const places = pulls(bench.commands());
      expect(places.length).toBeGreaterThan(30);
      for (const pull of places) {
        const connection = await connected([pull]);
        const before = bench.commands().length;
        const outcome = await applied(connection, bench.card);
        const told = `${JSON.stringify(pull)}: ${JSON.stringify(outcome)}`;
        expect(outcome, told).toMatchObject({ notice: 'CARD-05' });
        expect([{ kind: 'nth', nth: bench.commands().length - before }], told).toEqual([pull.when]);
        await taken(connection);
      }
      expect(await triesLeft()).toBe(5);
    }, 180_000);
  });
}
