/** Lines of a feed to rows: every fault with its line, place and reason in Japanese, never with the text. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { inJapanese, schemaFaults } from '#templates/templateFault.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { canonicalJson } from '../contract/canonicalJson.ts';
import { eventLine, loadLine, type FeedEntity, type FeedRegister } from '../contract/registerFeed.ts';
import { undrawableTexts, type CanDraw } from './drawable.ts';
import { isEntityOf, keyFields, keyOf, schemaOf, textsOf } from './entities.ts';

export interface RowFault {
  /** of the file, the header being 1 */
  readonly line: number;
  /** within the row, e.g. `persons.0.name`; empty for the line as a whole */
  readonly path: string;
  /** Japanese */
  readonly reason: string;
}

export interface FeedRow {
  readonly line: number;
  readonly entity: FeedEntity;
  readonly key: string;
  readonly version: number;
  readonly op: 'put' | 'end';
  /** of the row as it was sent, as canonical JSON; of an end: of its key */
  readonly sha256: string;
  /** of an end: its key fields */
  readonly row: Readonly<Record<string, unknown>>;
  readonly effectiveAt?: number;
  readonly seq?: number;
}

/** A row that was entered though a character of it can never be printed; what stands on it is DESK-01. */
export interface UndrawableRow {
  readonly line: number;
  readonly entity: FeedEntity;
  readonly key: string;
  readonly path: string;
  readonly codePoints: readonly string[];
}

export interface ParsedLine {
  readonly row?: FeedRow;
  readonly faults: readonly RowFault[];
  readonly undrawable: readonly UndrawableRow[];
}

export interface ParseContext {
  readonly municipality: MunicipalityCode;
  readonly register: FeedRegister;
  readonly canDraw: CanDraw;
}

export const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');

const fault = (line: number, path: string, reason: string): ParsedLine => ({
  faults: [{ line, path, reason }],
  undrawable: [],
});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line of a full load. */
export function parseLoadLine(context: ParseContext, text: string, line: number): ParsedLine {
  const parsed = shaped(loadLine, text, line);
  if ('faults' in parsed) return parsed;
  const { entity, version, row } = parsed.value;
  return rowOf(context, line, { op: 'put', entity, version, row });
}

/** One event. */
export function parseEventLine(context: ParseContext, text: string, line: number): ParsedLine {
  const parsed = shaped(eventLine, text, line);
  if ('faults' in parsed) return parsed;
  const event = parsed.value;
  const { op, entity, version, seq } = event;
  const row = event.op === 'put' ? event.row : event.key;
  return rowOf(context, line, { op, entity, version, row, seq, effectiveAt: Date.parse(event.effectiveAt) });
}

function shaped<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  line: number,
): { readonly value: z.output<Schema> } | ParsedLine {
  const json = readJson(text);
  if (json === undefined) return fault(line, '', 'JSONとして読めません');
  const result = schema.safeParse(json, { error: inJapanese });
  if (result.success) return { value: result.data };
  return {
    faults: schemaFaults('', result.error).map(({ path, reason }) => ({ line, path, reason })),
    undrawable: [],
  };
}

interface Given {
  readonly op: 'put' | 'end';
  readonly entity: string;
  readonly version: number;
  readonly row: Record<string, unknown>;
  readonly seq?: number;
  readonly effectiveAt?: number;
}

function rowOf(context: ParseContext, line: number, given: Given): ParsedLine {
  const { municipality, register } = context;
  const { entity, op, version, seq, effectiveAt } = given;
  if (!isEntityOf(register, entity))
    return fault(line, 'entity', `この台帳に ${entity.slice(0, 40)} の行はありません`);
  const key = keyOf(entity, given.row);
  if (op === 'end') {
    const extra = Object.keys(given.row).find((name) => !keyFields[entity].includes(name));
    if (key === undefined || extra !== undefined) {
      return fault(line, 'key', `行を指す項目（${keyFields[entity].join('、')}）だけを書いてください`);
    }
    const sha256 = digestOf(given.row);
    return {
      row: { line, entity, key, version, op, sha256, row: given.row, seq, effectiveAt },
      faults: [],
      undrawable: [],
    };
  }
  const result = schemaOf(entity).safeParse(given.row, { error: inJapanese });
  if (!result.success) {
    const faults = schemaFaults('', result.error).map(({ path, reason }) => ({
      line,
      path: `row.${path}`,
      reason,
    }));
    return { faults, undrawable: [] };
  }
  const row = result.data as unknown as Record<string, unknown>;
  if ('municipality' in row && row['municipality'] !== municipality) {
    return fault(line, 'row.municipality', 'ほかの市区町村の行です');
  }
  const undrawable = undrawableTexts(textsOf(entity, row), context.canDraw).map((text) => ({
    line,
    entity,
    key: key!,
    ...text,
  }));
  return {
    row: { line, entity, key: key!, version, op, sha256: digestOf(given.row), row, seq, effectiveAt },
    faults: [],
    undrawable,
  };
}
