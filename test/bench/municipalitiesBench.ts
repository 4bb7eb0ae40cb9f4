/**
 * What one certificate costs the center (authentication with a real OCSP answer, offer, prepare with its document) when 1, 100
 * and 1,741 municipalities have joined, in one run and one process: it must not grow with those who are not asked for.
 */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import { installProfiles } from '#center/configuration/installProfiles.ts';
import { startPrivateServer } from '#center/database/privateServer.ts';
import { TEST_DATABASE_VARIABLE } from '#center/database/testCluster.ts';
import { municipalityKeys } from '#center/verification/municipalityKeys.ts';
import type { IssuedCard } from '#simulators/authority/issueCard.ts';
import { loadTemplates, templatesDirectory } from '#templates/load.ts';
import { municipalityCode, type MunicipalityCode } from '#templates/vocabulary.ts';
import { copyOf, NOW, startHarness, visit, type Harness, type Kiosk } from '../center/harness.ts';
import { median } from './median.ts';

const SIZES = [1, 100, 1_741] as const;
/** municipalities whose residents come to the kiosk, spread over all there are */
const ASKED = 20;
const ROUNDS = 5;
/** until the compiler has seen everything */
const WARM_UP_ROUNDS = 4;
const HOME = '992011' as MunicipalityCode;

export interface MunicipalitiesFigures {
  /** CPU milliseconds of one certificate, by the number of municipalities; `ratio`: most to one */
  readonly issueCostByMunicipalities: Readonly<Record<string, number>>;
}

export async function benchMunicipalities(say: (text: string) => void): Promise<MunicipalitiesFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'municipalities-bench-'));
  const server = await startPrivateServer({ dataDir, settings: [] });
  process.env[TEST_DATABASE_VARIABLE] = server.url;
  const center = await startHarness(onlyHome(join(dataDir, 'templates')));
  try {
    const kiosk = await center.kiosk('bench-1');
    const joined = [HOME];
    const costs: Record<string, number> = {};
    for (const size of SIZES) {
      const more = otherCodes(size - joined.length, joined);
      await joinAll(center, more);
      joined.push(...more);
      const asked = spread(joined);
      const cards = [];
      for (const code of asked) cards.push({ code, card: await center.cardOf(residentIn(code)) });
      await sql`analyze`.execute(center.db);
      costs[String(size)] = await costOf(kiosk, cards);
      say(`${size} municipalities: ${costs[String(size)]} ms of CPU a certificate`);
    }
    const ratio = Math.round((costs[String(SIZES.at(-1))]! / costs['1']!) * 100) / 100;
    return { issueCostByMunicipalities: { ...costs, ratio } };
  } finally {
    await center.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The templates with one municipality. */
function onlyHome(directory: string): string {
  const others = /^(?!992011)\d{6}\.json$/;
  cpSync(templatesDirectory, directory, {
    recursive: true,
    filter: (file) => !others.test(basename(file)),
  });
  return `${directory}/`;
}

function otherCodes(count: number, taken: readonly string[]): MunicipalityCode[] {
  const codes: MunicipalityCode[] = [];
  for (let number = 10_010 + taken.length * 10; codes.length < count; number += 1) {
    const parsed = Array.from({ length: 10 }, (_, digit) => municipalityCode.safeParse(`${number}${digit}`));
    const code = parsed.find(({ success }) => success)?.data;
    if (code && !taken.includes(code)) codes.push(code);
  }
  return codes;
}

/** With the profile of the home, its registers' streams and one household each. */
async function joinAll(center: Harness, codes: readonly MunicipalityCode[]): Promise<void> {
  if (codes.length === 0) return;
  const home = loadTemplates().profiles.get(HOME)!;
  const profiles = new Map(
    codes.map((code) => [code, { ...home, value: { ...home.value, municipality: code } }]),
  );
  await installProfiles(center.db, { profiles }, NOW);
  municipalityKeys(center.folder, codes);
  const all = [...codes];
  await sql`
    insert into register_stream
    select (jsonb_populate_record(s, jsonb_build_object('municipality', code))).*
    from register_stream s, unnest(${all}::text[]) code where s.municipality = ${HOME}`.execute(center.db);
  await sql`
    insert into household (id, municipality, entry, revision)
    select 'home-' || code, code,
      entry || jsonb_build_object('householdId', 'home-' || code, 'municipality', code), 1
    from household, unnest(${all}::text[]) code where id = 'mihon-watanabe'`.execute(center.db);
  await sql`
    insert into resident (id, household_id, entry)
    select r.id || '-' || code, 'home-' || code,
      r.entry || jsonb_build_object('householdId', 'home-' || code, 'residentId', r.id || '-' || code)
    from resident r, unnest(${all}::text[]) code where r.household_id = 'mihon-watanabe'`.execute(center.db);
}

const spread = (codes: readonly MunicipalityCode[]): readonly MunicipalityCode[] =>
  Array.from({ length: ASKED }, (_, index) => codes[Math.floor((index * codes.length) / ASKED)]!);

const residentIn = (code: MunicipalityCode): string => (code === HOME ? 'taro' : `taro-${code}`);

interface Holder {
  readonly code: MunicipalityCode;
  readonly card: IssuedCard;
}

/** The median of the rounds' means. */
async function costOf(kiosk: Kiosk, holders: readonly Holder[]): Promise<number> {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    for (const holder of holders) await issue(kiosk, holder);
  }
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = process.cpuUsage();
    for (const holder of holders) await issue(kiosk, holder);
    const { user, system } = process.cpuUsage(begun);
    rounds.push((user + system) / 1_000 / holders.length);
  }
  return Math.round(median(rounds) * 100) / 100;
}

async function issue(kiosk: Kiosk, { code, card }: Holder): Promise<void> {
  const { session, answer } = await visit(kiosk, card);
  if (answer.body.kind !== 'authenticated') throw new Error(answer.text);
  const offer = await kiosk.call('GET', `/v1/sessions/${session.sessionId}/offer?municipality=${code}`);
  if (offer.body.kind !== 'offer') throw new Error(offer.text);
  const prepared = await kiosk.call('POST', `/v1/sessions/${session.sessionId}/certificates`, {
    requestId: randomUUID(),
    certificate: copyOf(code),
  });
  if (prepared.body.kind !== 'prepared') throw new Error(prepared.text.slice(0, 300));
}
