/** 利用登録申請書（控え）: what the applicant has signed, on one side. Made for the answer, kept nowhere. */
import { randomUUID } from 'node:crypto';
import { civilMoment } from '#templates/civilTime.ts';
import { registrationApplication } from '#templates/datasets/registrationApplication.ts';
import { inForceOn } from '#templates/profileSchema.ts';
import type { InForce } from '../configuration/configuration.ts';
import type { ApplicationContent } from '../contract/domicileApplication.ts';
import { composeSheet } from '../documents/request.ts';
import type { IssuingDeps } from '../issuing/deps.ts';
import { rendered } from '../issuing/rendered.ts';
import { hyphenated } from './telephone.ts';

const LAYOUT = 'registration-application.standard';
const TITLE = '戸籍証明書交付の利用登録申請書（控え）';
const NUMBER_LABEL = '申請番号';

export interface Sheet {
  readonly document: Uint8Array;
  readonly pages: number;
}

/** 宛先: the head of the municipality on that day, or who acts for the head. */
export function addresseeOf({ profile }: Pick<InForce, 'profile'>, now: number): string {
  const head = inForceOn(profile.head, civilMoment(now).date);
  return head?.deputy?.title ?? head?.title ?? `${profile.prefecture}${profile.name}長`;
}

/** Undefined when it cannot be made now: the application stands without it. */
export async function makeSheet(
  deps: Pick<IssuingDeps, 'render' | 'log' | 'configuration'>,
  {
    content,
    number,
    inForce,
  }: {
    readonly content: ApplicationContent;
    readonly number: string;
    readonly inForce: InForce;
  },
  now: number,
): Promise<Sheet | undefined> {
  const { date, minuteOfDay } = civilMoment(now);
  const { statement, items, cardText } = content;
  const value = registrationApplication.safeParse({
    applicationNumber: number,
    appliedOn: date,
    appliedAt: new Date(minuteOfDay * 60_000).toISOString().slice(11, 16),
    addressee: addresseeOf(inForce, now),
    name: cardText?.name ?? items.name,
    furigana: statement.furigana,
    birthDate: items.birthDate,
    address: cardText?.address ?? items.address,
    telephone: hyphenated(statement.telephone),
    domicile: statement.domicile,
    headOfRegister: statement.headOfRegister,
  });
  if (!value.success) return undefined;
  const request = composeSheet(deps.configuration.common, {
    requestId: randomUUID(),
    layout: LAYOUT,
    title: TITLE,
    value: value.data,
    issueNumberLabel: NUMBER_LABEL,
    issueNumber: number,
    issueDate: date,
  });
  const outcome = await rendered(deps, request);
  return outcome.kind === 'refused' ? undefined : { document: outcome.bytes, pages: outcome.pages };
}
