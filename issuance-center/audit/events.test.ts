import type { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { auditEvents } from './events.ts';

const schemas = Object.entries(auditEvents) as [string, z.ZodObject][];

/** Things that must never find a field to go into. */
const INTRUDERS = [
  '渡邉　太郎',
  'SAMPLE MARIA',
  '架空県みほん市見本台三丁目',
  '<PDF-1.7>',
  'protective measure',
];

describe('the catalogue of audit events', () => {
  it.each(schemas)('%s refuses a field it does not declare', (_, schema) => {
    for (const field of ['name', 'pin', 'cause', 'document', 'individualNumber']) {
      const { error } = schema.safeParse({ [field]: '1' });
      const strangers = error!.issues.filter(({ code }) => code === 'unrecognized_keys');
      expect(strangers).toMatchObject([{ keys: [field] }]);
    }
  });

  it.each(schemas)('%s has no field that takes free text', (_, schema) => {
    for (const [field, type] of Object.entries(schema.shape)) {
      for (const intruder of INTRUDERS) {
        for (const value of [intruder, [intruder], { name: intruder }, [{ name: intruder }]]) {
          expect(
            (type as z.ZodType).safeParse(value).success,
            `${field} takes ${JSON.stringify(value)}`,
          ).toBe(false);
        }
      }
    }
  });
});
