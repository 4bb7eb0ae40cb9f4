/**
 * What is wrong with a template file, in words for the municipal staff who wrote it: which file, where in it, and why.
 */
import { z } from 'zod';

export interface TemplateFault {
  /** relative to the templates' directory, e.g. profiles/992011.json */
  readonly file: string;
  /** of the value in the file, e.g. kinds.0.fees; empty for the file as a whole */
  readonly path: string;
  /** Japanese */
  readonly reason: string;
}

/** Template files that cannot be used, with every fault found in all of them. */
export class TemplateError extends Error {
  readonly faults: readonly TemplateFault[];
  constructor(faults: readonly TemplateFault[]) {
    super(faults.map(faultLine).join('\n'));
    this.faults = faults;
    this.name = 'TemplateError';
  }
}

/** One fault as one line: `profiles/992011.json: kinds.0.fees: …`. */
export function faultLine({ file, path, reason }: TemplateFault): string {
  return [file, path, reason].filter((part) => part !== '').join(': ');
}

/** What a schema found, path by path. */
export function schemaFaults(file: string, { issues }: z.ZodError): readonly TemplateFault[] {
  return issues.map(({ path, message }) => ({ file, path: path.join('.'), reason: message }));
}

const TYPES: Readonly<Record<string, string>> = {
  string: '文字列',
  number: '数',
  int: '整数',
  boolean: 'true か false',
  array: '配列 [ ]',
  object: 'オブジェクト { }',
  record: 'オブジェクト { }',
};

const { localeError } = z.locales.ja();

/**
 * Zod's own messages in plain Japanese, for `safeParse(value, { error: inJapanese })`; messages written in a schema
 * stand as they are.
 */
export const inJapanese: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return typeReason(issue.expected, issue.input);
    case 'unrecognized_keys':
      return `知らない項目があります：${issue.keys.join('、')}`;
    case 'invalid_value':
      return `使える値は ${issue.values.map(String).join('、')} です`;
    case 'too_small':
      return `${Number(issue.minimum)}${unitOf(issue.origin)}以上にしてください`;
    case 'too_big':
      return `${Number(issue.maximum)}${unitOf(issue.origin)}以下にしてください`;
    case 'invalid_format':
      return '形が正しくありません';
    case 'invalid_union':
      return '使える形のどれにも合いません';
    default:
      return localeError(issue);
  }
};

function typeReason(expected: string, input: unknown): string {
  const wanted = TYPES[expected] ?? expected;
  return input === undefined ? `項目がありません（${wanted}が必要です）` : `${wanted}ではありません`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return '文字';
  return origin === 'array' || origin === 'set' ? '個' : '';
}
