/** A center in memory for tests of the visit: real manifests over real (small) PDFs, and a ledger of what it believes. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { MANIFEST_TAG } from '#center/contract/kioskApi.ts';
import type { Manifest, OfferedKind, ReceiptRequest, SignedManifest } from '#center/contract/kioskApi.ts';
import type { KioskStatus } from '#center/contract/kioskStatus.ts';
import { SPECIMEN_TAG, type SpecimenManifest, type WaitingTestIssue } from '#center/contract/testIssue.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import type { IssueNumber, MunicipalityCode, Yen } from '#templates/vocabulary.ts';
import { makeDomicileState, testDomicile } from './testDomicile.ts';
import type { DomicileCall, DomicileState } from './testDomicile.ts';
import type { CenterPort, MunicipalityChoice, SettleAnswer, Unreachable } from '../center/centerPort.ts';

export const CITY = '992011' as MunicipalityCode;
export const OTHER_CITY = '992020' as MunicipalityCode;
export const FEE = 300 as Yen;
/** of the other kind */
export const ITEMS_FEE = 250 as Yen;
const KEYS = generateKeyPairSync('ed25519');
export const MANIFEST_KEY = KEYS.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const UNREACHABLE: Unreachable = { kind: 'unreachable', reason: 'network' };

type Call = Exclude<keyof CenterPort, 'kioskId' | 'domicile'> | DomicileCall;
export interface CenterState {
  /** calls that find nobody; the act is not done */
  readonly unreachable: Set<Call>;
  /** calls that are never answered */
  readonly silent: Set<Call>;
  readonly refusals: Map<Call, string>;
  /** kinds that are offered and then refused when they are made, with the notice */
  readonly refusedKinds: Map<string, string>;
  /** pages that a receipt is said to have */
  receiptPages: number;
  readonly ledger: Map<string, 'prepared' | 'printed' | 'void'>;
  readonly alarms: string[];
  /** 見本 that wait, and what became of those that were fetched */
  readonly specimens: Map<string, 'waiting' | 'fetched' | 'printed' | 'not-printed' | 'unknown'>;
  spoilSpecimen: ((manifest: SpecimenManifest) => SpecimenManifest) | null;
  /** what the kiosk said of itself */
  readonly statuses: KioskStatus[];
  /** every receipt that was asked for */
  readonly receipts: ReceiptRequest[];
  municipalities: MunicipalityChoice[];
  /** 「他市区町村の証明書（本籍地）」 is offered */
  others: boolean;
  readonly domicile: DomicileState;
  open: boolean;
  spoil: ((manifest: Manifest, document: Buffer) => { manifest: Manifest; document: Buffer }) | null;
  powered: boolean;
  holderCertificate: Buffer;
}
export function makeCenterState(): CenterState {
  return {
    unreachable: new Set(),
    silent: new Set(),
    refusals: new Map(),
    refusedKinds: new Map(),
    receiptPages: 1,
    ledger: new Map(),
    alarms: [],
    statuses: [],
    receipts: [],
    specimens: new Map(),
    spoilSpecimen: null,
    municipalities: [{ code: CITY, name: '架空市', relation: 'residence', ended: null }],
    others: false,
    domicile: makeDomicileState(smallPdf(1, 'application')),
    open: true,
    spoil: null,
    powered: true,
    holderCertificate: Buffer.alloc(0),
  };
}

export type OfferedFixture = Extract<OfferedKind, { status: 'offered' }>;
const extent = (id: 'whole' | 'part' | 'self', label: string) => ({
  id,
  label,
  explanation: `${label}です。`,
});
const option = (id: string, label: string, concerns: number[]) => ({
  id,
  label,
  explanation: `${label}です。`,
  preselected: false,
  concerns,
});
const members = [
  { number: 1, name: '架空 太郎', self: true },
  { number: 2, name: '架空 花子', self: false },
];
export const RESIDENT_RECORD: OfferedFixture = {
  status: 'offered',
  kind: 'resident-record-copy',
  label: '住民票の写し',
  purpose: '住所を証明するとき',
  fee: FEE,
  extents: [extent('whole', '世帯の全員'), extent('part', '世帯の一部の人'), extent('self', '本人だけ')],
  members,
  options: [option('relationship', '続柄', [1, 2])],
  asking: { as: 'each' },
  maxCopies: 10,
};
/** Its options are ticked on one screen; one of them says something about the other member only. */
export const RECORD_ITEMS: OfferedFixture = {
  status: 'offered',
  kind: 'resident-record-items',
  label: '住民票記載事項証明書',
  purpose: '必要なことだけを証明するとき',
  fee: ITEMS_FEE,
  extents: [extent('part', '世帯の一部の人'), extent('self', '本人だけ')],
  members,
  options: [
    option('address', '住所', [1, 2]),
    option('name', '氏名', [1, 2]),
    option('nationality', '国籍', [2]),
  ],
  asking: {
    as: 'list',
    heading: '証明する項目をえらんでください',
    explanation: '必要な項目だけです。',
    minimum: 1,
  },
  maxCopies: 10,
};
export const WITHHELD: OfferedKind = {
  status: 'withheld',
  kind: 'seal-registration-certificate',
  label: '印鑑登録証明書',
  purpose: '契約のとき',
  notice: noticeOf('RULE-02'),
};

const KINDS = [RESIDENT_RECORD, RECORD_ITEMS, WITHHELD];

export function smallPdf(pages: number, words: string): Buffer {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`);
  const leaves = kids.map((kid) => `${kid.replace(' R', '')} obj\n<< /Type /Page /Parent 2 0 R >>\nendobj`);
  return Buffer.from(
    [
      '%PDF-1.4',
      `% ${words}`,
      '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj',
      `2 0 obj\n<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages} >>\nendobj`,
      ...leaves,
      '%%EOF\n',
    ].join('\n'),
  );
}

export function signedManifest(manifest: Manifest): SignedManifest {
  const payload = JSON.stringify(manifest);
  const signature = sign(null, Buffer.from(MANIFEST_TAG + payload), KEYS.privateKey).toString('base64');
  return { payload, signature };
}

const SESSION = '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01';
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
function issueNumberOf(seed: string): IssueNumber {
  const bytes = createHash('sha256').update(seed).digest();
  const letters = [...bytes.subarray(0, 16)].map((byte) => ALPHABET[byte % 32]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-') as IssueNumber;
}

export function testCenter(state: CenterState, now: () => number): CenterPort {
  const call = async <Result>(name: Call, act: () => Result) => {
    if (!state.powered || state.silent.has(name)) return new Promise<never>(() => undefined);
    const refused = state.refusals.get(name);
    if (refused) return { kind: 'refused', notice: noticeOf(refused) } as const;
    return state.unreachable.has(name) ? UNREACHABLE : act();
  };
  const settle = (issueNumber: string, wanted: 'printed' | 'void'): SettleAnswer => {
    const known = state.ledger.get(issueNumber);
    if (!known) return { kind: 'unknown-issue-number' };
    if (known !== 'prepared' && known !== wanted) return { kind: 'conflict', state: known };
    state.ledger.set(issueNumber, wanted);
    return { kind: 'settled', state: wanted };
  };
  const expiresAt = (): string => new Date(now() + 600_000).toISOString();
  return {
    kioskId: 'kiosk-test',
    service: () =>
      call('service', () => ({
        kind: 'service' as const,
        kioskId: 'kiosk-test',
        now: new Date(now()).toISOString(),
        open: state.open,
        hoursToday: '6:30-23:00',
        notice: null,
      })) as ReturnType<CenterPort['service']>,
    openSession: () =>
      call('openSession', () => ({
        kind: 'opened' as const,
        sessionId: SESSION,
        challenge: Buffer.alloc(32, 7),
        expiresAt: expiresAt(),
      })),
    authenticate: (_session, { certificate }) =>
      call('authenticate', () => {
        state.holderCertificate = Buffer.from(certificate);
        const { municipalities, others } = state;
        return { kind: 'authenticated' as const, municipalities, others };
      }),
    offer: () => call('offer', () => ({ kind: 'offer' as const, kinds: KINDS })),
    prepare: (_session, requestId, certificate) =>
      call('prepare', () => {
        const refused = state.refusedKinds.get(certificate.kind);
        if (refused) return { kind: 'refused' as const, notice: noticeOf(refused) };
        return prepared(state, requestId, certificate, expiresAt());
      }),
    receipt: (_session, body) =>
      call('receipt', () => {
        state.receipts.push(body);
        const document = smallPdf(1, `receipt ${body.inquiryNumber}`);
        return { kind: 'receipt' as const, document, pages: state.receiptPages };
      }),
    confirm: (issueNumber) =>
      call('confirm', () => settle(issueNumber, 'printed')) as ReturnType<CenterPort['confirm']>,
    void: (issueNumber) => call('void', () => settle(issueNumber, 'void')) as ReturnType<CenterPort['void']>,
    testIssues: () =>
      call('testIssues', () => ({
        kind: 'test-issues' as const,
        items: [...state.specimens].flatMap(([id, at]) => (at === 'waiting' ? [waitingSpecimen(id)] : [])),
      })) as ReturnType<CenterPort['testIssues']>,
    fetchTestIssue: (id) =>
      call('fetchTestIssue', () => {
        if (state.specimens.get(id) !== 'waiting') return { kind: 'not-there' as const };
        state.specimens.set(id, 'fetched');
        return specimen(state, id, expiresAt());
      }) as ReturnType<CenterPort['fetchTestIssue']>,
    endTestIssue: (id, outcome) =>
      call('endTestIssue', () => {
        state.specimens.set(id, outcome);
        return { kind: 'noted' as const };
      }) as ReturnType<CenterPort['endTestIssue']>,
    status: (body) =>
      call('status', () => {
        state.statuses.push(body);
        return { kind: 'noted' as const };
      }) as ReturnType<CenterPort['status']>,
    alarm: ({ finding }) =>
      call('alarm', () => {
        state.alarms.push(finding);
        return { kind: 'raised' as const };
      }) as ReturnType<CenterPort['alarm']>,
    domicile: testDomicile(state.domicile, (name, act) => call(name, act)),
  };
}

const waitingSpecimen = (id: string): WaitingTestIssue => ({
  id,
  municipality: CITY,
  municipalityName: '架空県架空市',
  kind: RESIDENT_RECORD.kind,
  label: RESIDENT_RECORD.label,
  requestedAt: '2026-11-20T02:00:00.000Z',
  expiresAt: '2026-11-21T02:00:00.000Z',
});

function specimen(state: CenterState, id: string, expiresAt: string) {
  const document = smallPdf(2, `specimen ${id}`);
  const documentSha256 = createHash('sha256').update(document).digest('hex');
  const whole: SpecimenManifest = {
    version: 1,
    specimen: true,
    testIssueId: id,
    kioskId: 'kiosk-test',
    pages: 2,
    sheets: 1,
    documentSha256,
    expiresAt,
  };
  const payload = JSON.stringify(state.spoilSpecimen?.(whole) ?? whole);
  const signature = sign(null, Buffer.from(SPECIMEN_TAG + payload), KEYS.privateKey).toString('base64');
  return { kind: 'specimen' as const, payload, signature, document };
}

type Certificate = Parameters<CenterPort['prepare']>[2];
function prepared(state: CenterState, requestId: string, certificate: Certificate, expiresAt: string) {
  const pages = 4;
  const fee = certificate.kind === RECORD_ITEMS.kind ? ITEMS_FEE : FEE;
  const bytes = smallPdf(pages, requestId);
  const issueNumber = issueNumberOf(requestId);
  const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
  const manifest: Manifest = {
    version: 1,
    issueNumber,
    sessionId: SESSION,
    kioskId: 'kiosk-test',
    requestId,
    municipality: certificate.municipality,
    kind: certificate.kind,
    holderFingerprint: sha256(state.holderCertificate),
    pages,
    sheets: pages / 2,
    documentSha256: sha256(bytes),
    fee,
    issueDate: '2026-11-20' as Manifest['issueDate'],
    templateDigest: 'a'.repeat(64),
    expiresAt,
  };
  if (!state.ledger.has(issueNumber)) state.ledger.set(issueNumber, 'prepared');
  const made = state.spoil ? state.spoil(manifest, bytes) : { manifest, document: bytes };
  return { kind: 'prepared' as const, manifest: signedManifest(made.manifest), document: made.document };
}
