/**
 * Does what an application or a registration rests on still stand: the card's certificate, whose card the register of residents
 * says it is, and who is on the 戸籍? Pure: whoever asks at an instant hears the same.
 */
import type { FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { ResidentEntry } from '#templates/datasets/residentRegister.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { BasicFourItems } from '../contract/domicileApplication.ts';
import type { RegistrationEnd } from '../database/schemaDomicile.ts';
import { readCertificate } from '../identity/certificate.ts';
import { findMember, isAnothersId, type PersonOnRegister } from '../registers/registeredPerson.ts';
import { namesSame } from './sameHolder.ts';

/** The card of one application, and whose it is now. */
export interface CardTie {
  /** DER of the 利用者証明用電子証明書 */
  readonly certificate: Uint8Array;
  /** as it was signed */
  readonly birthDate: CivilDate;
  readonly items: () => Pick<BasicFourItems, 'name' | 'nameReplacements' | 'birthDate'> | undefined;
  /** whose card it was when the application came; null: nobody's here */
  readonly applicantId: string | null;
  /** whose card it is by the register of certificates; null: nobody's */
  readonly linkedId: string | null;
  /** of the linked one, else of the applicant, as far as the register of residents has a row */
  readonly holder: Pick<ResidentEntry, 'name' | 'birthDate' | 'foreign' | 'status'> | null;
  /** another card is tied to the applicant */
  readonly hasOtherCard: boolean;
}

/** A registration in force: its person, and the 戸籍 as it is known now. */
export type RegisteredTie = PersonOnRegister & { readonly entry: FamilyRegisterEntry | undefined };

/** Why it is over at the instant `now`; undefined: it stands. Of a 戸籍 that is not known up to now nothing is said. */
export function endOf(
  tie: CardTie & { readonly registration: RegisteredTie | null },
  isRegisterKnown: boolean,
  now: number,
): RegistrationEnd | undefined {
  const ended = cardEnd(tie, now);
  if (ended || !tie.registration || !isRegisterKnown) return ended;
  return registerEnd(tie.registration, tie.linkedId ?? tie.applicantId);
}

type CardEnd = Extract<
  RegistrationEnd,
  'certificate-expired' | 'certificate-replaced' | 'holder-changed' | 'register-changed'
>;

/** Why the card can be nobody's any more for this purpose; undefined: it can. */
function cardEnd(tie: CardTie, now: number): CardEnd | undefined {
  if (now > readCertificate(tie.certificate).notAfter) return 'certificate-expired';
  if (tie.holder?.status === 'deceased') return 'register-changed';
  if (tie.linkedId === null) {
    // ended at one municipality and not begun at the next yet, or renewed
    return tie.applicantId !== null && tie.hasOtherCard ? 'certificate-replaced' : undefined;
  }
  return isWhoSigned(tie) ? undefined : 'holder-changed';
}

/** A resident who moves is entered anew under another id: then the name must be the one that was signed. */
function isWhoSigned({ holder, linkedId, applicantId, birthDate, items }: CardTie): boolean {
  if (!holder || holder.birthDate !== birthDate) return false;
  if (linkedId === applicantId) return true;
  const signed = items();
  return signed !== undefined && namesSame(holder, signed);
}

/** Undefined while the 戸籍 holds exactly the registered person; it may know the holder by id, nobody else may have that id. */
function registerEnd(
  { entry, ...person }: RegisteredTie,
  holderId: string | null,
): Extract<RegistrationEnd, 'register-changed'> | undefined {
  const member = entry && findMember(entry, person);
  if (!entry || !member) return 'register-changed';
  return holderId !== null && isAnothersId(entry, member, holderId) ? 'register-changed' : undefined;
}
