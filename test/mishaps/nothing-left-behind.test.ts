import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { civilMoment } from '#templates/civilTime.ts';
import { comesToRest, nextResidentLooksIn, whatDoesNotHold } from './aftermath.ts';
import { cancelVisit } from './cancel.ts';
import { before } from './invariants.ts';
import { resident, walk } from './resident.ts';
import { leaveStaffMenu, openStaffMenu } from './staff.ts';
import { stages } from './stages.ts';
import { DEMO_NOW, startStand, type Stand } from './stand.ts';
import {
  REGISTERS,
  filesOf,
  found,
  foundDigits,
  journalText,
  openFiles,
  personalTexts,
  rowsOf,
  tableText,
} from './traces.ts';
import { DEMO_STAFF_CODE } from '../demo/stack.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SPOOL = '/var/spool';
const WRONG_PIN = '7305';
const WHO = resident('sakura', { extent: 'part', copies: 2 });
const REFUSED = resident('protected');
const TODAY = civilMoment(DEMO_NOW).date;
const PEOPLE = [WHO, REFUSED];
const PERSONAL = PEOPLE.flatMap(({ card }) => personalTexts(card, TODAY));
const PINS = [...PEOPLE.map(({ card }) => card.pin), WRONG_PIN, DEMO_STAFF_CODE];

let stand: Stand;
let spoolBefore: string[] = [];
const temporary = mkdtempSync(join(tmpdir(), 'mishaps-tmp-'));
const spool = (): string[] =>
  existsSync(SPOOL) ? readdirSync(SPOOL, { recursive: true }).map(String).sort() : [];

/** A day at the store: a wrong PIN, a whole visit, a refusal, a jam, a power cut with money in, staff at the screen. */
beforeAll(async () => {
  spoolBefore = spool();
  stand = await startStand({ TMPDIR: temporary, LOG_LEVEL: 'debug' });
  const was = await before(stand);
  await walk(stand, { ...WHO, pin: WRONG_PIN }, (view) => view.at === 'enteringPin' && view.wrong);
  await walk(stand, WHO, ({ at }) => at === 'collecting');
  await comesToRest(stand, WHO);
  const refused = await walk(stand, REFUSED, ({ at }) => at === 'choosingCertificate');
  expect(JSON.stringify(refused)).toContain('DESK-01');
  await cancelVisit(stand);
  await stand.stack.shelf.remove();
  stand.stack.printer.printer.faults.jamOnSheet = 1;
  await walk(stand, WHO, ({ at }) => at === 'notice' || at === 'askingAttendant');
  stand.stack.printer.printer.clear();
  await comesToRest(stand, WHO);
  await stages.find(({ name }) => name === 'paying, just paid')!.reach(stand, WHO);
  await stand.breaks('agent');
  await stand.mends('agent');
  await comesToRest(stand, WHO);
  await openStaffMenu(stand);
  await leaveStaffMenu(stand);
  await nextResidentLooksIn(stand);
  expect(await whatDoesNotHold(stand, was, WHO)).toEqual([]);
}, 180_000);
afterAll(async () => {
  await stand.stop();
  rmSync(temporary, { recursive: true, force: true });
}, 60_000);

/** Everything written, of which each kind is known to be there. */
async function everything() {
  const { dataDir, db } = stand.stack;
  const files = filesOf(dataDir);
  const names = files.map(({ where }) => where);
  for (const name of ['log/agent.log', 'log/center.log', 'kiosk/journal.sqlite', 'coins.json'])
    expect(names).toContain(name);
  const rows = await rowsOf(db);
  expect(rows.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['table audit_event', 'table session', 'table certificate', 'table alarm']),
  );
  return { files, rows, journal: journalText(dataDir) };
}

describe('what is searched for', () => {
  it('stands where it belongs: in the registers, on the screen, on paper', async () => {
    const tables = await Promise.all(REGISTERS.map((name) => tableText(stand.stack.db, name)));
    const registers = [{ where: 'registers', bytes: tables.join('\n') }];
    expect(PERSONAL.length).toBeGreaterThan(30);
    expect(found(registers, PERSONAL)).toHaveLength(PERSONAL.length);
    expect(JSON.stringify(stand.shown)).toContain('櫻');
    // two copies and their receipt; one that jammed
    expect(stand.stack.printer.printer.jobs.map(({ sides }) => sides)).toEqual([
      'two-sided',
      'two-sided',
      'one-sided',
      'two-sided',
    ]);
  });

  it('would be found', () => {
    const name = PERSONAL[0]!;
    const written = [Buffer.from(JSON.stringify({ name })), Buffer.from(name, 'utf16le')];
    for (const bytes of written)
      expect(found([{ where: 'here', bytes: bytes.toString('latin1') }], [name])).toHaveLength(1);
    const lines = [`{"pin":"${WRONG_PIN}"}`, `VERIFY ${WRONG_PIN}`, `pin=${WRONG_PIN}`];
    for (const bytes of lines) expect(foundDigits([{ where: 'here', bytes }], [WRONG_PIN])).toHaveLength(1);
    const chance = `"ms":${WRONG_PIN} 0f${WRONG_PIN}aa-0000-4000-8000-00000000${WRONG_PIN}`;
    expect(foundDigits([{ where: 'here', bytes: chance }], [WRONG_PIN])).toEqual([]);
  });
});

describe('a day of visits leaves in files, logs, journal, audit and every table but the registers', () => {
  it('no name, reading, address, birth date or number of a person', async () => {
    const { files, rows, journal } = await everything();
    expect(found([...files, ...rows, journal], PERSONAL)).toEqual([]);
  });

  it('no PIN, no store code, no signature password', async () => {
    const { files, rows, journal } = await everything();
    const texts = files.filter(({ where }) => !/\.sqlite/.test(where));
    expect(foundDigits([...texts, ...rows, journal], PINS)).toEqual([]);
    expect(
      found(
        [...files, ...rows],
        PEOPLE.map(({ card }) => card.password),
      ),
    ).toEqual([]);
  });

  it('no byte of a document', async () => {
    const { files, rows, journal } = await everything();
    const pieces = stand.stack.printer.printer.jobs.flatMap(({ bytes }) =>
      [0, 300, bytes.length - 400].flatMap((start) => {
        const piece = bytes.subarray(start, start + 60);
        return [piece.toString('base64'), piece.toString('hex')];
      }),
    );
    expect(found([...files, ...rows, journal], ['%PDF', '%%EOF', 'JVBERi0', ...pieces])).toEqual([]);
  });

  it('no private key but in the files that are its place', async () => {
    const { files, rows, journal } = await everything();
    const keys = found([...files, ...rows, journal], ['PRIVATE KEY']).map((line) => line.split(':')[0]!);
    expect(
      keys.filter(
        (where) =>
          !/^(center\/[a-z-]+\.(pem|key)|municipality-keys\/\d{6}\.first\.json|kiosk\/enrolment\.json|feed\/\d{6}\.json)$/.test(
            where,
          ),
      ),
    ).toEqual([]);
  });
});

describe('outside DATA_DIR', () => {
  it('nothing is written: no temporary file, nothing in a spool, no file held open', () => {
    const left = readdirSync(temporary).filter((name) => !/^(tsx-\d+|node-compile-cache)$/.test(name));
    expect(left).toEqual([]);
    expect(spool()).toEqual(spoolBefore);
    const places = [stand.stack.dataDir, ROOT, '/proc/', '/usr/', '/sys/', temporary];
    for (const { pid } of [stand.stack.agent(), stand.stack.center()]) {
      const open = openFiles(pid);
      expect(open.filter((file) => !places.some((place) => file.startsWith(place)))).toEqual([]);
    }
  });
});
