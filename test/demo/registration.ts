/**
 * The demo begins with one card that is registered at its 本籍地: applied for on the internet with both keys of the card,
 * compared and accepted by an officer at the console. Everything goes the way of a real one.
 */
import { readCardFile } from '#simulators/card/cardFile.ts';
import {
  applicationChallenge,
  submitApplicationResponse,
  type ApplicantStatement,
} from '#center/contract/domicileApplication.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { contentFor, signApplication } from '../center/domicile/applying.ts';
import { acceptApplication, officerOf } from './officer.ts';
import type { Stack } from './stack.ts';

const CARD = 'registered-at-domicile';
const MUNICIPALITY = municipalityCode.parse('992011');
const STATEMENT: ApplicantStatement = {
  domicile: '例示町八丁目8番地',
  headOfRegister: '渡邊󠄎　幸',
  furigana: 'ワタナベ　ユキ',
  telephone: '09000000000',
};

type Place = Pick<Stack, 'db' | 'clock' | 'shelf' | 'verifyUrl' | 'consoleUrl'>;

/** Nothing happens where the card was registered before, by an earlier start on the same data. */
export async function registerDemoCard(stack: Place): Promise<void> {
  const card = stack.shelf.cards.find(({ id }) => id === CARD);
  if (!card) throw new Error(`there is no demo card "${CARD}"`);
  const { issuerKeyId, serial } = stack.shelf.linkOf(card);
  const known = await stack.db
    .selectFrom('domicile_registration')
    .select('id')
    .where('issuer_key_id', '=', issuerKeyId)
    .where('serial', '=', serial)
    .limit(1)
    .execute();
  if (known.length > 0) return;
  const number = await applyOnTheWeb(stack);
  await acceptApplication(await officerOf(stack, MUNICIPALITY), number);
}

async function applyOnTheWeb({ shelf, verifyUrl }: Place): Promise<string> {
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(new URL(`/api/apply/${path}`, verifyUrl()), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  const given = applicationChallenge.parse(await post('challenges', { municipality: MUNICIPALITY }));
  if (given.kind === 'refused') throw new Error(`the demo's application: ${given.notice}`);
  const issued = { card: readCardFile(await shelf.fileOf(CARD)) };
  const content = contentFor(
    issued,
    {
      channel: 'internet',
      municipality: MUNICIPALITY,
      challengeId: given.challengeId,
      challenge: Buffer.from(given.challenge, 'base64'),
    },
    STATEMENT,
  );
  const answer = submitApplicationResponse.parse(
    await post('applications', signApplication(issued, content)),
  );
  if (answer.kind === 'refused') throw new Error(`the demo's application: ${answer.notice}`);
  return answer.application.applicationNumber;
}
