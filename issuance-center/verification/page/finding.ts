/** One finding from what the codes say, what the center says, and whether fronts and backs agree. Pure. */
import type { CertificateStatus } from '../../contract/verification.ts';
import type { FrontVerdict, SignedDocument } from '../front/openFront.ts';
import type { LookUp } from './lookUp.ts';

/** `good` only when nothing is left to ask; `open` while something is. */
export type Tone = 'good' | 'bad' | 'open';

export interface Finding {
  readonly id:
    | 'no-code'
    | 'not-ours'
    | 'incomplete'
    | 'altered'
    | 'forged'
    | 'spliced'
    | 'swapped'
    | 'contradicted'
    | 'genuine-issued'
    | 'genuine-withdrawn'
    | 'genuine-expired'
    | 'genuine-unknown'
    | 'genuine-unasked'
    | 'number-issued'
    | 'number-withdrawn'
    | 'number-expired'
    | 'number-unknown'
    | 'limited'
    | 'unreachable';
  readonly tone: Tone;
}

const BAD = new Set(['altered', 'forged', 'spliced']);

/** What the codes amount to. `swapped`: a front says something else than its back. */
export function findingOf(verdict: FrontVerdict, status: LookUp, swapped: boolean): Finding {
  if (verdict.kind !== 'genuine') return { id: verdict.kind, tone: BAD.has(verdict.kind) ? 'bad' : 'open' };
  if (swapped) return { id: 'swapped', tone: 'bad' };
  if (status.kind !== 'answered') return { id: 'genuine-unasked', tone: 'open' };
  const { answer } = status;
  if (contradicts(verdict.document, answer)) return { id: 'contradicted', tone: 'bad' };
  return { id: `genuine-${answer.status}`, tone: toneOf(answer) };
}

/** What a number alone amounts to; undefined while the center is being asked. */
export function findingOfNumber(status: LookUp): Finding | undefined {
  if (status.kind === 'asking') return undefined;
  if (status.kind !== 'answered') return { id: status.kind, tone: 'open' };
  const { answer } = status;
  // a number alone says nothing about the paper it was read from
  return { id: `number-${answer.status}`, tone: answer.status === 'issued' ? 'open' : toneOf(answer) };
}

function toneOf({ status }: CertificateStatus): Tone {
  if (status === 'issued') return 'good';
  return status === 'expired' ? 'open' : 'bad';
}

/** The record of that number is of another certificate. */
function contradicts(document: SignedDocument, { certificate }: CertificateStatus): boolean {
  if (!certificate) return false;
  return (
    certificate.kind !== document.kind ||
    certificate.issueDate !== document.issueDate ||
    certificate.municipality !== document.municipality
  );
}
