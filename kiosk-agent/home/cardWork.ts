/**
 * The card's part of a consent, in the order of the kiosk: who it is, counters, letters; signWork.ts has the rest. One
 * connection from the first to the last. A secret is sent once and zeroed, whatever happens.
 */
import { CardTransportError, type CardReaderPort } from '../card/cardReaderPort.ts';
import { noticeOfCardFailure } from '../card/jpkiCard.ts';
import type { CardSteps, SigningSteps } from '../visit/ports.ts';
import { takeSecret, type Held, type Presence } from './held.ts';
import type { Effect, SecretKind, Unstamped } from './state.ts';

export interface CardDeps {
  readonly reader: CardReaderPort;
  readonly card: CardSteps;
  readonly signing: SigningSteps;
}
export interface CardWork {
  readonly deps: CardDeps;
  readonly held: Held;
  readonly tell: (event: Unstamped) => void;
}
export type Work<Kind extends Effect['kind']> = (
  work: CardWork,
  effect: Extract<Effect, { kind: Kind }>,
) => Promise<void>;

/** A transport error is the card or the reader; anything else is ours. */
async function withCard({ tell }: CardWork, operation: number, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof CardTransportError)) throw error;
    tell({ kind: 'refused', operation, notice: noticeOfCardFailure(error) });
  }
}

/** Null: the card was let go while the reader connected. */
async function connect({ deps, held }: CardWork) {
  const { turn } = held;
  const connecting = held.cardFree.then(() => deps.reader.connect());
  held.cardFree = connecting.then(
    (connection) => (held.turn === turn ? undefined : connection.close()),
    () => undefined,
  );
  const connection = await connecting;
  return held.turn === turn ? connection : null;
}

export const readCard: Work<'readCard'> = (work, { operation, text }) =>
  withCard(work, operation, async () => {
    const { deps, held, tell } = work;
    const connection = await connect(work);
    if (!connection) return;
    const { turn } = held;
    const presence = { connection, signatureCertificate: null, signed: null };
    // let go from now on by whoever ends this turn
    held.presence = { ...presence, authenticationCertificate: Buffer.alloc(0) };
    const holder = await deps.card.readHolder(connection);
    if (held.turn !== turn) return;
    if (holder.kind === 'refused') return tell({ kind: 'refused', operation, notice: holder.notice });
    held.presence = { ...presence, authenticationCertificate: holder.certificate };
    const counters = await deps.signing.readCounters(connection, text);
    if (held.turn !== turn) return;
    if (counters.kind === 'refused') return tell({ kind: 'refused', operation, notice: counters.notice });
    tell({
      kind: 'cardRead',
      operation,
      pinTries: holder.triesLeft,
      passwordTries: counters.password,
      textTries: counters.text,
    });
  });

/** Runs with the card of now and the secret that was entered, which is zeroed afterwards. */
export function withSecret(
  work: CardWork,
  operation: number,
  kind: SecretKind,
  act: (presence: Presence, secret: Buffer, isWanted: () => boolean) => Promise<void>,
): Promise<void> {
  return withCard(work, operation, async () => {
    const { held } = work;
    const secret = takeSecret(held, kind);
    const { presence } = held;
    try {
      if (!secret || !presence) throw new Error('a card and what was entered are needed');
      await act(presence, secret, () => held.presence === presence);
    } finally {
      secret?.fill(0);
    }
  });
}

export const readText: Work<'readText'> = (work, { operation }) =>
  withSecret(work, operation, 'text-pin', async ({ connection }, pin, isWanted) => {
    const { deps, tell } = work;
    const read = await deps.signing.readText(connection, pin);
    if (!isWanted()) return;
    switch (read.kind) {
      case 'text':
        return tell({ kind: 'textRead', operation, text: read.text });
      case 'blocked':
        return tell({ kind: 'textRead', operation, text: null });
      case 'wrong':
        return tell({ kind: 'wrong', operation, triesLeft: read.triesLeft });
      case 'lost':
        return tell({ kind: 'refused', operation, notice: read.notice });
    }
  });
