/**
 * The card of this visit once more, held exclusively until both signatures are made: that it is the same card, its counters,
 * the true letters where wanted, the 署名用電子証明書. Every secret is used once and zeroed, whatever happens.
 */
import type { CardConnection } from '../card/cardReaderPort.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import type { Context } from './context.ts';
import { withCard, type Work } from './identityWork.ts';
import { newApplication, takePassword, takeTextPin } from './resident.ts';

const OTHER_CARD = noticeOf('SIGN-06');

export const readCardAgain: Work<'readCardAgain'> = (context, { operation, text }) =>
  withCard(context, operation, async () => {
    const { resident, deps } = context;
    const turn = {};
    resident.cardTurn = turn;
    await context.cardFree.until;
    const connection = await deps.reader.connect();
    if (resident.cardTurn !== turn) return connection.close(); // the visit went on without this card
    resident.connection = connection;
    resident.application = newApplication();
    const holder = await deps.card.readHolder(connection);
    if (!stillThere(context, connection)) return;
    if (holder.kind === 'refused') return refuse(context, operation, holder.notice);
    // the certificate of this visit's session, byte for byte; before any password is asked
    if (!resident.certificate?.equals(holder.certificate)) return refuse(context, operation, OTHER_CARD);
    const counters = await deps.signing.readCounters(connection, text);
    if (!stillThere(context, connection)) return;
    if (counters.kind === 'refused') return refuse(context, operation, counters.notice);
    context.answer({
      operation,
      kind: 'cardReadAgain',
      pinTries: holder.triesLeft,
      passwordTries: counters.password,
      textTries: counters.text,
    });
  });

function refuse(context: Context, operation: string, notice: typeof OTHER_CARD): void {
  context.answer({ operation, kind: 'refused', notice, until: null });
}
function stillThere({ resident }: Context, connection: CardConnection): boolean {
  return resident.connection === connection && resident.application !== null;
}

export const readCardText: Work<'readCardText'> = (context, { operation }) =>
  withCard(context, operation, async () => {
    const { resident, deps } = context;
    const pin = takeTextPin(resident);
    const { connection, application } = resident;
    try {
      if (!pin || !connection || !application) throw new Error('the letters need a card and a PIN');
      const read = await deps.signing.readText(connection, pin);
      if (resident.application !== application) return;
      switch (read.kind) {
        case 'text':
          application.text = read.text;
          return context.answer({ operation, kind: 'textRead' });
        case 'wrong':
          return context.answer({ operation, kind: 'wrongTextPin', triesLeft: read.triesLeft });
        case 'blocked':
          return context.answer({ operation, kind: 'textMissing' });
        case 'lost':
          return refuse(context, operation, read.notice);
      }
    } finally {
      pin?.fill(0);
    }
  });

export const openSignature: Work<'openSignature'> = (context, { operation }) =>
  withCard(context, operation, async () => {
    const { resident, deps } = context;
    const password = takePassword(resident);
    const { connection, application } = resident;
    try {
      if (!password || !connection || !application) throw new Error('signing needs a card and a password');
      const opened = await deps.signing.openSignature(connection, password);
      if (resident.application !== application) return;
      switch (opened.kind) {
        case 'opened': {
          const { certificate, items } = opened;
          Object.assign(application, { certificate, items });
          return context.answer({ operation, kind: 'signatureOpened', items, text: application.text });
        }
        case 'wrong':
          return context.answer({ operation, kind: 'wrongPassword', triesLeft: opened.triesLeft });
        case 'blocked':
          return context.answer({ operation, kind: 'passwordBlocked' });
        case 'lost':
          return refuse(context, operation, opened.notice);
      }
    } finally {
      password?.fill(0);
    }
  });
