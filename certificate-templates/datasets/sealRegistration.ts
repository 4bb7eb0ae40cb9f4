/**
 * 印鑑登録証明書: the seal register's row, and the document's value. Certificates of cancelled seals were handed out in
 * three cities because a cancellation had not arrived (operations.md 7.1, incidents 5 to 7): only a row that says itself
 * that it is active is ever found.
 */
import { z } from 'zod';
import { civilDate, municipalityCode } from '../vocabulary.ts';
import {
  certificateHolder,
  foundAboutHolder,
  holderOf,
  selectHolder,
  type HolderRows,
} from './certificateHolder.ts';
import { registeredText } from './residentRecord.ts';
import { residentId } from './residentRegister.ts';
import { sealImprint } from './sealImprint.ts';
import type { DatasetSource } from './source.ts';

/** One resident's registration. Who the person is stands in the resident register alone. */
export const sealRegistrationEntry = z
  .strictObject({
    municipality: municipalityCode,
    residentId,
    /** 登録年月日 */
    registeredOn: civilDate,
    /** 廃印 is `cancelled`: kept so that a late message cannot bring the seal back */
    status: z.enum(['active', 'cancelled']),
    /** 廃止年月日; with `cancelled` and only then */
    cancelledOn: civilDate.optional(),
    imprint: sealImprint,
    /** 氏名のカタカナ表記 of a foreign resident whose seal shows it; kept by this register (印鑑登録原票), not by the resident's */
    katakanaName: registeredText.optional(),
    /** 備考, printed as it stands */
    remarks: registeredText.optional(),
  })
  .superRefine((entry, context) => {
    const issue = (message: string) => context.addIssue({ code: 'custom', path: ['cancelledOn'], message });
    if ((entry.status === 'cancelled') !== (entry.cancelledOn !== undefined)) {
      issue('廃止年月日は、廃止された登録（cancelled）にだけ必要です');
    }
    if (entry.cancelledOn !== undefined && entry.cancelledOn < entry.registeredOn) {
      issue('廃止年月日が登録年月日より前です');
    }
  });
export type SealRegistrationEntry = z.infer<typeof sealRegistrationEntry>;

export const sealRegistration = z.strictObject({
  holder: certificateHolder,
  katakanaName: registeredText.optional(),
  imprint: sealImprint,
  remarks: registeredText.optional(),
});
export type SealRegistration = z.infer<typeof sealRegistration>;

/** The seal register's row of the holder, beside the holder's household. */
export interface SealRegistrationRows extends HolderRows {
  readonly seal?: SealRegistrationEntry;
}

export const sealRegistrationSource: DatasetSource<SealRegistrationRows, SealRegistration> = {
  find: (rows, question) => {
    const holder = holderOf(rows, question);
    if (!holder) return { kind: 'withheld', reason: 'ask-at-the-counter' };
    const { seal } = rows;
    const own = seal?.residentId === question.holder && seal.municipality === rows.household.municipality;
    // each of the three alone is enough to hold it back: a row that contradicts itself is no registration
    const active =
      seal?.status === 'active' && seal.cancelledOn === undefined && seal.registeredOn <= question.today;
    if (!seal || !own || !active) return { kind: 'withheld', reason: 'seal-not-registered' };
    const { imprint, katakanaName, remarks } = seal;
    const value = {
      holder,
      imprint,
      ...(katakanaName !== undefined && { katakanaName }),
      ...(remarks !== undefined && { remarks }),
    };
    return foundAboutHolder(value, question, [katakanaName, remarks]);
  },
  select: selectHolder,
};
