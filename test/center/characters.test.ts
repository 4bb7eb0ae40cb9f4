/** Characters of names on their way through the center: the register's door, the offer, the paper, the log. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offerResponse } from '#center/contract/kioskApi.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { enterParts } from './feeding.ts';
import { copyOf, NOW, startHarness, TODAY, visit, type Harness, type Kiosk } from './harness.ts';

let center: Harness;
let kiosk: Kiosk;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'characters-test-'));
  center = await startHarness();
  kiosk = await center.kiosk('store-characters');
});
afterAll(async () => {
  await center.close();
  rmSync(folder, { recursive: true, force: true });
});

const demo = demoRegisters(TODAY);
const taro = demo.residents.find(({ residentId }) => residentId === 'taro')!;
const characters = JSON.parse(
  readFileSync(new URL('../fixtures/characters.json', import.meta.url), 'utf8'),
) as { char: string }[];

/** What the door says of a resident of みほん市 with this name. */
async function refusedNames(names: readonly string[]): Promise<(string | undefined)[]> {
  const result = await enterParts(
    { db: center.db, canDraw: center.canDraw, now: NOW },
    {
      residents: names.map((name, index) => ({
        ...taro,
        residentId: `door-${index}`,
        order: 20 + index,
        name,
      })),
    },
  );
  return names.map((_, index) => {
    const row = result.undrawable.find(({ key }) => key === `door-${index}`);
    return row && `${row.path} ${row.codePoints.join(' ')}`;
  });
}

describe("at the registers' door", () => {
  it('every character of the list is entered as something that can be printed', async () => {
    const refused = await refusedNames(characters.map(({ char }) => `見本　${char}子`));
    expect(refused.filter((row) => row !== undefined)).toEqual([]);
  });

  it('what no font draws as registered is named by its code points, and by nothing of the name', async () => {
    const refused = await refusedNames([
      '渡邉\u{E0100}　太郎',
      '渡辻\u{E0101}　太郎',
      '見本　\u{2FFFD}',
      '見本　\u{E0103}太郎',
      '見本　\ue000',
      '見本　한',
      '見\u200D本　太郎',
    ]);
    expect(refused).toEqual([
      'name U+9089 U+E0100',
      'name U+8FBB U+E0101',
      'name U+2FFFD',
      'name U+3000 U+E0103',
      'name U+E000',
      'name U+D55C',
      'name U+898B U+200D',
    ]);
    expect(refused.join()).not.toMatch(/[渡見太郎]/);
  });
});

describe('a resident with a character of the municipality’s own', () => {
  const copy = copyOf('992020');

  async function ask() {
    const { session } = await visit(kiosk, await center.cardOf('municipal-character'));
    const url = `/v1/sessions/${session.sessionId}`;
    const { body: offer } = await kiosk.call('GET', `${url}/offer?municipality=992020`);
    const certificate = { requestId: randomUUID(), certificate: copy };
    const { body } = await kiosk.call('POST', `${url}/certificates`, certificate);
    return { offer: offerResponse.parse(offer), body };
  }

  it('is offered the copy with the outline of that letter, and gets it; the log names the letter alone', async () => {
    const { offer, body } = await ask();
    if (offer.kind !== 'offer') throw new Error(offer.notice);
    const kind = offer.kinds.find((entry) => entry.kind === copy.kind);
    if (kind?.status !== 'offered') throw new Error('not offered');
    const { name, outlines } = kind.members[0]!;
    expect(name).toBe('\ue000原　誠');
    expect(Object.keys(outlines ?? {})).toEqual(['\ue000']);
    expect(outlines!['\ue000']!.path).toMatch(/^M[\d -]+L/);

    expect(body).toMatchObject({ kind: 'prepared' });
    const file = join(folder, 'copy.pdf');
    writeFileSync(file, Buffer.from(body.document as string, 'base64'));
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
    expect(text.replaceAll(/\s/gu, '')).toContain('\ue000原誠');
    expect(execFileSync('pdffonts', [file], { encoding: 'utf8' })).toContain('+MunicipalCharacters ');

    const lines = center
      .log()
      .split('\n')
      .filter((line) => line.includes('fallback fonts'));
    expect(lines.map((line) => (JSON.parse(line) as { fallbacks: unknown }).fallbacks)).toEqual([
      [{ codePoint: 'U+E000', font: 'MunicipalCharacters' }],
    ]);
    expect(center.log()).not.toMatch(/\ue000|誠/);
  });

  it('in a municipality without the slot is answered like every other counter case', async () => {
    const { session } = await visit(kiosk, await center.cardOf('undrawable-character'));
    const { body } = await kiosk.call('POST', `/v1/sessions/${session.sessionId}/certificates`, {
      requestId: randomUUID(),
      certificate: copyOf('992011'),
    });
    expect(body).toMatchObject({ kind: 'refused', notice: 'DESK-01' });
  });
});
