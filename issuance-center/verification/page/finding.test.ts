import { describe, expect, it } from 'vitest';
import type { CertificateStatus } from '../../contract/verification.ts';
import type { FrontVerdict, SignedDocument } from '../front/openFront.ts';
import { civilDate, municipalityCode } from '#templates/vocabulary.ts';
import { findingOf, findingOfNumber } from './finding.ts';
import type { LookUp } from './lookUp.ts';

const document: SignedDocument = {
  issueNumber: '7K3M-Q0ZV-92HD-X5TA',
  municipality: '992011',
  kind: 'resident-record-copy',
  title: '住民票の写し',
  issueDate: '2026-11-21',
  documentDigest: '00',
  pages: [],
};
const genuine: FrontVerdict = { kind: 'genuine', document };
const certificate = {
  kind: 'resident-record-copy',
  label: '住民票の写し',
  municipality: municipalityCode.parse('992011'),
  municipalityName: '架空県みほん市',
  issueDate: civilDate.parse('2026-11-21'),
};
const answered = (status: CertificateStatus['status'], change: Partial<typeof certificate> = {}): LookUp => ({
  kind: 'answered',
  answer: { status, certificate: status === 'unknown' ? null : { ...certificate, ...change } },
});

describe('codes and center together', () => {
  it.each([
    ['issued', 'genuine-issued', 'good'],
    ['withdrawn', 'genuine-withdrawn', 'bad'],
    ['expired', 'genuine-expired', 'open'],
    ['unknown', 'genuine-unknown', 'bad'],
  ] as const)('genuine and %s', (status, id, tone) => {
    expect(findingOf(genuine, answered(status), false)).toEqual({ id, tone });
  });

  it('good is said only when the center has said so', () => {
    for (const kind of ['asking', 'limited', 'unreachable'] as const) {
      expect(findingOf(genuine, { kind }, false)).toEqual({ id: 'genuine-unasked', tone: 'open' });
    }
  });

  it('a record of another certificate contradicts', () => {
    const others = [
      { kind: 'family-register-full' },
      { issueDate: civilDate.parse('2026-11-20') },
      { municipality: municipalityCode.parse('992020') },
    ];
    for (const change of others) {
      expect(findingOf(genuine, answered('issued', change), false).id).toBe('contradicted');
    }
  });

  it('a front that says something else goes before every answer of the center', () => {
    expect(findingOf(genuine, answered('issued'), true)).toEqual({ id: 'swapped', tone: 'bad' });
  });

  it.each(['altered', 'forged'] as const)('%s is bad whatever the center says', (kind) => {
    expect(findingOf({ kind }, answered('issued'), false)).toEqual({ id: kind, tone: 'bad' });
  });
});

describe('a number alone', () => {
  it('is never good: it says nothing about the paper', () => {
    for (const status of ['issued', 'withdrawn', 'expired', 'unknown'] as const) {
      expect(findingOfNumber(answered(status))?.tone).not.toBe('good');
    }
    expect(findingOfNumber({ kind: 'asking' })).toBeUndefined();
    expect(findingOfNumber({ kind: 'limited' })?.id).toBe('limited');
  });
});
