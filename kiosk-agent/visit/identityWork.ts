/** Card and center: who is there. The PIN is used once and zeroed, whatever happens. */
import { challengeMessage } from '#center/contract/kioskApi.ts';
import { CardTransportError } from '../card/cardReaderPort.ts';
import { noticeOfCardFailure } from '../card/jpkiCard.ts';
import type { CardConnection } from '../card/cardReaderPort.ts';
import { refusedBy } from './context.ts';
import type { Context } from './context.ts';
import { takePin } from './resident.ts';
import type { Effect, MunicipalityOffer, Offers } from './state.ts';

export type Work<K extends Effect['kind']> = (
  context: Context,
  effect: Extract<Effect, { kind: K }>,
) => Promise<void>;

/** A transport error is the resident's card or the reader; anything else is ours. */
export async function withCard(
  context: Context,
  operation: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CardTransportError)) throw error;
    context.answer({ operation, kind: 'refused', notice: noticeOfCardFailure(error), until: null });
  }
}

export const readCard: Work<'readCard'> = (context, { operation }) =>
  withCard(context, operation, async () => {
    const { resident, deps } = context;
    const turn = {};
    resident.cardTurn = turn;
    await context.cardFree.until;
    const connection = await deps.reader.connect();
    if (resident.cardTurn !== turn) return connection.close(); // cancelled while the reader connected
    resident.connection = connection;
    const read = await deps.card.readHolder(connection);
    if (resident.connection !== connection) return; // the visit went on without this card
    switch (read.kind) {
      case 'holder':
        resident.certificate = read.certificate;
        return context.answer({ operation, kind: 'cardRead', triesLeft: read.triesLeft });
      case 'refused':
        return context.answer({ operation, kind: 'refused', notice: read.notice, until: null });
    }
  });

/** The center first: a try of the PIN is not spent while there is nobody to accept the signature. */
export const authenticate: Work<'authenticate'> = (context, { operation }) =>
  withCard(context, operation, async () => {
    const { resident, deps } = context;
    const pin = takePin(resident);
    const { connection } = resident;
    try {
      if (!pin || !connection) throw new Error('authentication needs a card and a PIN');
      const opened = await deps.center.openSession();
      if (opened.kind !== 'opened') {
        return context.answer({ operation, kind: 'refused', ...refusedBy(opened) });
      }
      if (resident.connection !== connection) return;
      const verified = await deps.card.verifyPin(connection, pin);
      switch (verified.kind) {
        case 'wrong':
          return context.answer({ operation, kind: 'wrongPin', triesLeft: verified.triesLeft });
        case 'blocked':
          return context.answer({ operation, kind: 'cardBlocked' });
        case 'lost':
          return context.answer({ operation, kind: 'refused', notice: verified.notice, until: null });
        case 'verified':
          await prove(context, operation, connection, opened);
      }
    } finally {
      pin?.fill(0);
    }
  });

async function prove(
  context: Context,
  operation: string,
  connection: CardConnection,
  opened: { readonly sessionId: string; readonly challenge: Buffer },
): Promise<void> {
  const { resident, deps } = context;
  const message = challengeMessage(deps.center.kioskId, opened.sessionId, opened.challenge);
  const signed = await deps.card.signChallenge(connection, message);
  if (signed.kind === 'lost') {
    return context.answer({ operation, kind: 'refused', notice: signed.notice, until: null });
  }
  const { certificate } = resident;
  if (resident.connection !== connection || !certificate) return;
  const proof = { certificate, signature: signed.signature };
  const answer = await deps.center.authenticate(opened.sessionId, proof);
  if (answer.kind !== 'authenticated') {
    return context.answer({ operation, kind: 'refused', ...refusedBy(answer) });
  }
  if (resident.connection !== connection) return;
  resident.sessionId = opened.sessionId;
  const { municipalities, others } = answer;
  context.answer({ operation, kind: 'authenticated', municipalities, others });
}

/** All offers at once while the resident takes the card: choosing is instant afterwards. */
export const loadOffers: Work<'loadOffers'> = async (context, { operation, municipalities }) => {
  const { resident, deps } = context;
  const { sessionId } = resident;
  if (!sessionId) throw new Error('offers need an authenticated session');
  const entries = await Promise.all(
    municipalities.map(async (code): Promise<[string, MunicipalityOffer]> => {
      const answer = await deps.center.offer(sessionId, code);
      if (answer.kind === 'offer') return [code, answer];
      return [code, { kind: 'refused', ...refusedBy(answer) }];
    }),
  );
  const offers: Offers = Object.fromEntries(entries);
  context.answer({ operation, kind: 'offersLoaded', offers });
};

/** Ends the exclusive use; the card is reset (PIN state gone). */
export function releaseCard(context: Context): void {
  const { connection } = context.resident;
  context.resident.connection = null;
  context.resident.cardTurn = null;
  if (connection) context.cardFree.until = connection.close();
}
