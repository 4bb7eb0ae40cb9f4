/** The signing half of a card in memory, for tests of the visit. */
import type { BasicFourItems, CardText } from '#center/contract/domicileApplication.ts';
import type { SigningSteps } from './ports.ts';

export const RIGHT_PASSWORD = 'ABC123';
export const RIGHT_TEXT_PIN = '4321';
export const ITEMS: BasicFourItems = {
  name: '架空　太郎',
  nameReplacements: '00000',
  birthDate: '1950-04-01' as BasicFourItems['birthDate'],
  sex: 'male',
  address: '架空県架空市見本町1番地',
  addressReplacements: '000000000000',
};
export const TEXT: CardText = { name: '架空　太郎󠄀', address: '架空県架空市見本町１番地' };

export type SigningStep = 'readCounters' | 'readText' | 'openSignature' | 'signContent';
export interface SigningDesk {
  /** false: no 署名用電子証明書 on this card */
  signature: boolean;
  passwordTries: number;
  textTries: number;
  /** the card leaves during this step */
  pulledDuring: SigningStep | null;
  /** every secret the card was given, to see that it was zeroed */
  readonly secrets: Buffer[];
  /** what was signed, as text */
  readonly signed: string[];
}
export function makeSigningDesk(): SigningDesk {
  return { signature: true, passwordTries: 5, textTries: 3, pulledDuring: null, secrets: [], signed: [] };
}

interface Desk {
  readonly signing: SigningDesk;
  present: boolean;
  take(): void;
}
/** Notices as adapters give them; the brand is theirs. */
const lost = { kind: 'lost', notice: 'CARD-05' as never } as const;

export function testSigning(desk: Desk): SigningSteps {
  const { signing } = desk;
  const pulled = (step: SigningStep): boolean => {
    if (signing.pulledDuring === step) desk.take();
    return !desk.present;
  };
  return {
    readCounters: async (_connection, text) => {
      if (pulled('readCounters')) return { kind: 'refused', notice: 'CARD-05' as never };
      if (!signing.signature) return { kind: 'refused', notice: 'SIGN-03' as never };
      if (signing.passwordTries === 0) return { kind: 'refused', notice: 'SIGN-02' as never };
      return { kind: 'counters', password: signing.passwordTries, text: text ? signing.textTries : 0 };
    },
    readText: async (_connection, pin) => {
      signing.secrets.push(pin);
      if (pulled('readText')) return lost;
      if (pin.toString('ascii') === RIGHT_TEXT_PIN) return { kind: 'text', text: TEXT };
      signing.textTries -= 1;
      return signing.textTries === 0 ? { kind: 'blocked' } : { kind: 'wrong', triesLeft: signing.textTries };
    },
    openSignature: async (_connection, password) => {
      signing.secrets.push(password);
      if (pulled('openSignature')) return lost;
      if (password.toString('ascii') === RIGHT_PASSWORD) {
        signing.passwordTries = 5;
        return { kind: 'opened', certificate: Buffer.from('signature certificate'), items: ITEMS };
      }
      signing.passwordTries -= 1;
      const triesLeft = signing.passwordTries;
      return triesLeft === 0 ? { kind: 'blocked' } : { kind: 'wrong', triesLeft };
    },
    signContent: async (_connection, content) => {
      if (pulled('signContent')) return lost;
      signing.signed.push(Buffer.from(content).toString('utf8'));
      return { kind: 'signed', cms: Buffer.from('cms') };
    },
  };
}
