/** Where the value of each reference lives on the card (card.md 2.8). */
import type { CardData, SecretReference } from './cardFile.ts';
import { birthDateInEra, matchingNumberB } from './matchingNumber.ts';

const CHANGEABLE = {
  'jpki-0018': 'authentication',
  'jpki-001b': 'signature',
  'text-0011': 'text',
  'resident-001c': 'resident',
  'common-001c': 'common',
} as const satisfies Partial<Record<SecretReference, keyof CardData['pins']>>;

/** The bytes a VERIFY is compared with, as text; the reference without a known value is blocked on every card. */
export function secretValue(card: CardData, reference: SecretReference): string {
  switch (reference) {
    case 'jpki-0018':
    case 'jpki-001b':
    case 'text-0011':
    case 'resident-001c':
    case 'common-001c':
      return card.pins[CHANGEABLE[reference]];
    case 'text-0014':
    case 'visual-0013':
      return card.individualNumber;
    case 'text-0015':
    case 'visual-0012':
      return matchingNumberB(card);
    case 'visual-0011':
      return birthDateInEra(card.holder.birthDate);
    case 'text-0012':
      return '';
  }
}

/** The card with another value; undefined for a reference whose value is printed on it. */
export function withSecret(card: CardData, reference: SecretReference, value: string): CardData | undefined {
  if (!(reference in CHANGEABLE)) return undefined;
  const name = CHANGEABLE[reference as keyof typeof CHANGEABLE];
  return { ...card, pins: { ...card.pins, [name]: value } };
}
