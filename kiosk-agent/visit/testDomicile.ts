/** The applications half of a center in memory, for tests of the visit. */
import type {
  ApplicationStatus,
  DomicileMunicipality,
  SignedApplication,
} from '#center/contract/domicileApplication.ts';
import type { Refusal } from '#center/contract/kioskApi.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { DomicileCenter, Unreachable } from '../center/centerPort.ts';
import { noticeOf } from '#templates/notices/notices.ts';

export type DomicileCall = keyof DomicileCenter;
export const FAR_CITY = '992020' as MunicipalityCode;
const CLOSED_CITY = '993018' as MunicipalityCode;

export interface DomicileState {
  places: DomicileMunicipality[];
  cardText: boolean;
  applications: ApplicationStatus[];
  readonly submitted: SignedApplication[];
  /** the application arrives and the answer is lost */
  answerLost: boolean;
  sheet: Buffer;
}
const place = (code: MunicipalityCode, name: string, reading: string): DomicileMunicipality => ({
  code,
  prefecture: '架空県',
  name,
  reading,
  closed: null,
});
/** @param sheet PDF of one page */
export function makeDomicileState(sheet: Buffer): DomicileState {
  return {
    places: [
      place(FAR_CITY, 'ひばり市', 'ひばりし'),
      {
        ...place(CLOSED_CITY, '見本町', 'みほんちょう'),
        closed: { notice: noticeOf('APPL-02'), until: null },
      },
    ],
    cardText: false,
    applications: [],
    submitted: [],
    answerLost: false,
    sheet,
  };
}
export const application = (some: Partial<ApplicationStatus> = {}): ApplicationStatus => ({
  applicationNumber: 'ABCD-1234-EFGH',
  municipality: FAR_CITY,
  municipalityName: '架空県ひばり市',
  channel: 'kiosk',
  state: 'received',
  receivedAt: '2026-11-20T03:00:00.000Z',
  decideBy: '2026-11-30' as CivilDate,
  decidedAt: null,
  reason: null,
  question: null,
  ended: null,
  ...some,
});

type Caller = <Result>(name: DomicileCall, act: () => Result) => Promise<Result | Refusal | Unreachable>;
export function testDomicile(state: DomicileState, call: Caller): DomicileCenter {
  return {
    municipalities: () =>
      call('municipalities', () => ({ kind: 'municipalities' as const, municipalities: state.places })),
    form: (_session, municipality) =>
      call('form', () => ({
        kind: 'form' as const,
        municipality,
        municipalityName: '架空県ひばり市',
        addressee: '架空県ひばり市長',
        towns: [{ name: '見本台', reading: 'みほんだい' }],
        cardText: state.cardText,
      })),
    challenge: () =>
      call('challenge', () => ({
        kind: 'challenge' as const,
        challengeId: '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01',
        challenge: Buffer.alloc(32, 9).toString('base64'),
        expiresAt: '2026-11-20T03:05:00.000Z',
        lifetimeMs: 600_000,
      })),
    submit: (_session, body) =>
      call('submit', () => {
        state.submitted.push(body);
        const made = application();
        state.applications = [made, ...state.applications];
        if (state.answerLost) return { kind: 'unreachable' as const, reason: 'timeout' as const };
        return { kind: 'received' as const, application: made, sheet: Buffer.from(state.sheet), pages: 1 };
      }),
    applications: () =>
      call('applications', () => ({ kind: 'applications' as const, applications: state.applications })),
    withdraw: (_session, number) =>
      call('withdraw', () => {
        const found = state.applications.find((one) => one.applicationNumber === number);
        if (!found) return { kind: 'refused' as const, notice: noticeOf('APPL-10') };
        const withdrawn = { ...found, state: 'withdrawn' as const };
        state.applications = state.applications.map((one) => (one === found ? withdrawn : one));
        return { kind: 'withdrawn' as const, application: withdrawn };
      }),
  };
}
