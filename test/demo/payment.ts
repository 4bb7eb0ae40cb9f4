/** A hand that pays at once. */
import { setTimeout as pause } from 'node:timers/promises';
import type { PaymentSimulator } from '#simulators/payment/paymentServer.ts';

const SLOT_OPENS_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 5;

/**
 * Puts in what is asked for. The screen asks a moment before the mechanism opens its slot: a hand is slower than that, a
 * program is not, so this waits. Throws when no charge begins.
 */
export async function payWhenAsked({ payment }: { readonly payment: PaymentSimulator }): Promise<void> {
  const { mechanism } = payment;
  for (let waited = 0; waited < SLOT_OPENS_WITHIN_MS; waited += LOOK_EVERY_MS) {
    if (mechanism.books.charges.some(({ state }) => state === 'collecting')) return mechanism.payRest();
    await pause(LOOK_EVERY_MS);
  }
  throw new Error('nothing is to be paid');
}
