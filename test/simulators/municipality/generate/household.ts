/**
 * One household with everything the registers of its municipality hold about it: residents, seals, taxes, 戸籍, 附票,
 * measures, certificates. Made from seed and number alone, so that any part of a municipality can be made anew.
 */
import { ageOn, addDays } from '#templates/civilTime.ts';
import { taxRecordEntry, type TaxRecordEntry } from '#templates/datasets/taxation.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { FeedParts } from '../feedParts.ts';
import { taxFiguresOf, type TaxFacts } from '../taxFigures.ts';
import { paymentRow } from '../taxPayments.ts';
import { taxYearOn } from '../taxRecords.ts';
import { registerRows, type Registered } from './familyRegisters.ts';
import { foreignName } from './names.ts';
import { familyOf, type Family, type Person } from './people.ts';
import { randomOf, type Random } from './random.ts';

export interface Town {
  readonly code: MunicipalityCode;
  /** 都道府県 and 市区町村 */
  readonly name: string;
  /** 町字 */
  readonly towns: readonly string[];
  /** SHA-256 of the SPKI of the CA the cards' certificates name, hex */
  readonly issuerKeyId: string;
  /** imprints to register, base64 of PNGs of `sealDpi` */
  readonly seals: readonly string[];
  readonly sealDpi: number;
}

export interface Made {
  readonly residents: number;
  readonly parts: FeedParts;
}

/** 出生 and moves lie behind this day: 賦課期日 is over for everybody. */
const SETTLED_DAYS = 700;

/** Shares of the awkward cases, of households or of people. */
export const SHARES = {
  protectedHousehold: 0.004,
  movingOut: 0.006,
  movedInToday: 0.0005,
  pending: 0.002,
  characterPending: 0.001,
  /** of the old mothers of three generations */
  deceased: 0.1,
  movedOut: 0.01,
  domicileHere: 0.62,
  withSeal: 0.5,
  cancelledSeal: 0.03,
  withCard: 0.75,
  formerName: 0.02,
  notFiled: 0.05,
  inArrears: 0.04,
  registerPending: 0.003,
  furigana: 0.9,
} as const;

/** `number` from 1. */
export function householdOf(town: Town, seed: number, number: number, today: CivilDate): Made {
  const random = randomOf(seed, number);
  const family = familyOf(random, today);
  const address = addressOf(town, random);
  const since = addDays(today, -random.between(SETTLED_DAYS, 9_000));
  const members = family.people.map((person, index) => ({
    person,
    residentId: `r${number}-${index + 1}`,
    residentRecordCode: String(10_000_000_000 + number * 10 + index).slice(-11),
  }));
  const householdId = `h${number}`;
  const isHere = family.kind !== 'foreign' && random.chance(SHARES.domicileHere);
  const domicile = isHere
    ? `${town.name}${random.pick(town.towns)}${random.between(1, 400)}番地`
    : `架空県よそ市本町${random.between(1, 400)}番地`;
  const place = { town, householdId, address, since, domicile, today, random, family };
  const residents = members.map((member, index) => residentRow(place, member, index));
  const here = { ...place, members, isHere };
  return {
    residents: residents.length,
    parts: {
      households: [{ householdId, municipality: town.code, address, householderName: residents[0]!.name }],
      residents: residents as FeedParts['residents'],
      restrictions: restrictionRows(here),
      links: linkRows(here, number),
      seals: sealRows(here),
      ...taxRows(here),
      ...registers(here, number),
    },
  };
}

interface Place {
  readonly town: Town;
  readonly householdId: string;
  readonly address: string;
  readonly since: CivilDate;
  readonly domicile: string;
  readonly today: CivilDate;
  readonly random: Random;
  readonly family: Family;
}
interface Home extends Place {
  readonly members: readonly Registered[];
  readonly isHere: boolean;
}

const fullName = ({ family, given }: Person): string => `${family[0]}　${given[0]}`;

function addressOf({ name, towns }: Town, random: Random): string {
  const lot = `${random.between(1, 40)}番${random.between(1, 30)}号`;
  const building = random.chance(0.3) ? `　例示ハイツ${random.between(101, 1_210)}号` : '';
  return `${name}${random.pick(towns)}${lot}${building}`;
}

/** A check digit that is none: nobody's 個人番号 (番号法の検査用数字). */
function individualNumber(recordCode: string): string {
  const digits = `99${recordCode.slice(-9)}`;
  const sum = [...digits].reduce((total, digit, index) => {
    const place = 11 - index;
    return total + Number(digit) * (place <= 6 ? place + 1 : place - 5);
  }, 0);
  const right = sum % 11 <= 1 ? 0 : 11 - (sum % 11);
  return `${digits}${(right + 1) % 10}`;
}

function residentRow(place: Place, member: Registered, index: number) {
  const { random, family, since, householdId, today, domicile } = place;
  const { person, residentId, residentRecordCode } = member;
  const from = person.born > since ? person.born : since;
  const common = {
    residentId,
    householdId,
    order: index + 1,
    birthDate: person.born,
    sex: person.sex,
    relationship: person.relationship,
    individualNumber: individualNumber(residentRecordCode),
    residentRecordCode,
    becameResidentOn: from,
    addressSetOn: from,
    notifiedOn: from,
    ...stateOf(place, index),
  };
  if (family.kind === 'foreign') return { ...common, ...foreignItems(random, today) };
  const head = family.people[0]!;
  return {
    ...common,
    name: fullName(person),
    ...(random.chance(SHARES.furigana) && { furigana: `${person.family[1]}　${person.given[1]}` }),
    ...(person.relationship === '妻' &&
      random.chance(SHARES.formerName) && { formerName: { name: '見本', furigana: 'ミホン' } }),
    registeredDomicile: { address: domicile, headOfRegister: fullName(head) },
    ...(from !== person.born && { previousAddress: '架空県よそ市本町一丁目1番1号' }),
  };
}

/**
 * 死亡, 転出, 転出予定, 転入当日, 届出の反映待ち, 外字登録中: one of them at most. Who has died is the old mother: her 戸籍 is
 * elsewhere, so that no register here still shows her alive.
 */
function stateOf({ random, today, family }: Place, index: number) {
  if (family.people[index]!.relationship === '母' && random.chance(SHARES.deceased)) {
    return { status: 'deceased', statusSince: addDays(today, -random.between(1, 300)) };
  }
  if (index > 0 && random.chance(SHARES.movedOut)) {
    return { status: 'moved-out', statusSince: addDays(today, -random.between(1, 300)) };
  }
  const active = { status: 'active' };
  if (random.chance(SHARES.movingOut))
    return { ...active, plannedMoveOutOn: addDays(today, random.between(1, 30)) };
  if (family.people.length === 1 && random.chance(SHARES.movedInToday))
    return { ...active, movedInOn: today };
  if (random.chance(SHARES.pending)) return { ...active, pendingProcedure: true };
  if (random.chance(SHARES.characterPending)) return { ...active, characterRegistrationPending: true };
  return active;
}

function foreignItems(random: Random, today: CivilDate) {
  const [romanName, alias, nationality] = foreignName(random);
  const isPermanent = random.chance(0.2);
  const card = `AB${String(random.between(10_000_000, 99_999_999))}CD`;
  return {
    name: romanName,
    foreign: {
      romanName,
      ...(random.chance(0.5) && { alias }),
      nationality,
      ...(isPermanent
        ? { article30_45Category: 'special-permanent-resident' }
        : {
            article30_45Category: 'mid-to-long-term-resident',
            residenceStatus: random.pick([
              '技術・人文知識・国際業務',
              '特定技能1号',
              '永住者の配偶者等',
              '留学',
            ]),
            periodOfStay: '3年',
            periodExpiresOn: addDays(today, random.between(30, 1_000)),
          }),
      residenceCardNumber: card,
    },
  };
}

/** 支援措置 of a whole household: a parent with children, mostly. */
function restrictionRows({ random, members, today }: Home): FeedParts['restrictions'] {
  if (!random.chance(SHARES.protectedHousehold)) return [];
  const fromDay = addDays(today, -random.between(10, 360));
  return members.map(({ residentId }) => ({ residentId, fromDay, toDay: null })) as FeedParts['restrictions'];
}

function linkRows({ random, members, town, today }: Home, number: number): FeedParts['links'] {
  const rows = members.flatMap(({ residentId }, index) => {
    if (!random.chance(SHARES.withCard)) return [];
    const serial = (0x10000000 + number * 16 + index).toString(16);
    const registeredOn = addDays(today, -random.between(2, 1_800));
    return [{ issuerKeyId: town.issuerKeyId, serial, residentId, registeredOn }];
  });
  return rows as FeedParts['links'];
}

function sealRows({ random, members, town, today }: Home): FeedParts['seals'] {
  const rows = members.flatMap(({ person, residentId }) => {
    if (ageOn(person.born, today) < 15 || !random.chance(SHARES.withSeal)) return [];
    const registeredOn = addDays(today, -random.between(1, SETTLED_DAYS));
    const isCancelled = random.chance(SHARES.cancelledSeal);
    return [
      {
        municipality: town.code,
        residentId,
        registeredOn,
        status: isCancelled ? 'cancelled' : 'active',
        ...(isCancelled && { cancelledOn: today }),
        imprint: { png: random.pick(town.seals), dpi: town.sealDpi },
      },
    ];
  });
  return rows as FeedParts['seals'];
}

function taxRows(home: Home): Pick<FeedParts, 'taxRecords' | 'taxPayments'> {
  const { members, today, since } = home;
  const year = taxYearOn(today);
  const records = [year - 1, year].flatMap((taxYear) =>
    members
      .filter(({ person }) => ageOn(person.born, `${taxYear}-01-01` as CivilDate) >= 16)
      .filter(({ person }) => (person.born > since ? person.born : since) <= `${taxYear}-01-01`)
      .map((member) => taxRecord(home, member, taxYear)),
  );
  const payments = records.map((record) => {
    const { random } = home;
    const others = random.chance(0.3)
      ? { 'fixed-asset-tax': random.between(30, 300) * 1_000, 'light-vehicle-tax': 10_800 }
      : {};
    const isInArrears = random.chance(SHARES.inArrears);
    return paymentRow(record, today, { isWithheld: random.chance(0.4), isInArrears, others });
  });
  return { taxRecords: records, taxPayments: payments };
}

function taxRecord(
  { town, address, random }: Home,
  { person, residentId }: Registered,
  taxYear: number,
): TaxRecordEntry {
  const key = { municipality: town.code, residentId, taxYear };
  const age = ageOn(person.born, `${taxYear}-01-01` as CivilDate);
  if (age >= 20 && random.chance(SHARES.notFiled))
    return taxRecordEntry.parse({ ...key, filing: 'not-filed' });
  const isDependant = age < 20 || (person.relationship === '妻' && random.chance(0.3));
  const figures = taxFiguresOf(isDependant ? { assessment: 'not-taxed' } : factsOf(random, age), taxYear);
  const filing = isDependant ? 'dependant' : 'filed';
  return taxRecordEntry.parse({ ...key, filing, addressOnAssessmentDay: address, figures });
}

function factsOf(random: Random, age: number): TaxFacts {
  if (age >= 65) return { pension: random.between(80, 150) * 10_000, assessment: 'not-taxed' };
  const salary = random.between(240, 900) * 10_000;
  return { salary, deductions: { 'social-insurance-deduction': Math.round(salary * 0.147) } };
}

/** The mother of the householder stands on a 戸籍 of her own; who has left the household may stand on this one still. */
function registers(home: Home, number: number): Pick<FeedParts, 'familyRegisters' | 'addressHistories'> {
  if (!home.isHere) return {};
  const { town, domicile, family, members, address, since, random } = home;
  const own = members.filter(({ person }) => person.relationship !== '母');
  const { register, history } = registerRows({
    municipality: town.code,
    familyRegisterId: `k${number}`,
    domicile,
    family,
    members: own,
    address,
    addressSetOn: since,
    random,
  });
  const isPending = random.chance(SHARES.registerPending);
  return {
    familyRegisters: [{ ...register, ...(isPending && { pendingNotification: true }) }],
    addressHistories: [history],
  };
}
