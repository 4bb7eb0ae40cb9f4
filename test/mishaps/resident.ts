/** A resident who walks through a visit and stops where a test says, touch by touch, as the screen asks. */
import type { Command, View } from '#agent/contract/deviceLink.ts';
import { demoCards, type DemoCard } from '#simulators/municipality/cards.ts';
import type { CardFault } from '#simulators/card/faults.ts';
import type { ApduTrace } from '#simulators/card/vpcdClient.ts';
import { LIMIT_MS, until } from './conditions.ts';
import type { Stand } from './stand.ts';

export interface Resident {
  readonly card: DemoCard;
  readonly copies: number;
  readonly extent: 'whole' | 'self' | 'part';
  readonly pin: string;
  readonly faults: readonly CardFault[];
  readonly onApdu?: (trace: ApduTrace) => void;
  /** yen put in when the slot opens: everything, or nothing */
  readonly pays: boolean;
}

export function resident(cardId: string, wish: Partial<Resident> = {}): Resident {
  const card = demoCards.find(({ id }) => id === cardId);
  if (!card) throw new Error(`no demo card ${cardId}`);
  return { card, copies: 1, extent: 'self', pin: card.pin, faults: [], pays: true, ...wish };
}

/**
 * Touches whatever comes next until `stop` holds, and returns that view untouched. Throws when the visit does not get
 * there: it says where it stood.
 */
export async function walk(
  stand: Stand,
  who: Resident,
  stop: (view: View) => boolean,
  limitMs = LIMIT_MS,
): Promise<View> {
  const screen = stand.screen();
  const timer = new Promise<'late'>((resolve) => setTimeout(resolve, limitMs, 'late').unref());
  const views = screen.views();
  for (;;) {
    const next = await Promise.race([views.next(), timer]);
    if (next === 'late' || next.done) {
      const why = next === 'late' ? 'did not get there' : 'lost the link';
      throw new Error(`the resident ${why}; seen: ${JSON.stringify(screen.latest())}`);
    }
    const message = next.value;
    if (message.sequence !== screen.latest().sequence) continue;
    if (stop(message.view)) return message.view;
    const command = message.frame.asking ? ({ type: 'stillHere' } as const) : touchFor(message.view, who);
    if (command) screen.send(command, message.sequence);
    await handsFor(message.view, stand, who);
  }
}

function touchFor(view: View, who: Resident): Command | null {
  switch (view.at) {
    case 'idle':
      return { type: 'start' };
    case 'consent':
      return { type: 'agree' };
    case 'enteringPin':
      return { type: 'enterPin', pin: who.pin };
    case 'choosingMunicipality': {
      const home = view.municipalities.find(({ relation }) => relation === 'residence');
      return home ? { type: 'chooseMunicipality', code: home.code } : null;
    }
    case 'choosingCertificate':
      return { type: 'chooseKind', kind: 'resident-record-copy' };
    case 'choosingOptions':
      return answerTo(view, who);
    case 'basket':
      return { type: 'goOn' };
    case 'confirming':
      return { type: 'confirm' };
    case 'collecting':
      return { type: 'collected' };
    case 'notice':
      return { type: 'noticeRead' };
    default:
      return null;
  }
}

function answerTo(view: Extract<View, { at: 'choosingOptions' }>, who: Resident): Command {
  const { body, question } = view;
  if (body.kind === 'copies') {
    if (body.copies === who.copies) return { type: 'goOn' };
    return { type: 'answer', question, values: [String(who.copies)] };
  }
  if (body.kind === 'many') {
    const own = body.choices[0]!.value;
    return body.enough ? { type: 'goOn' } : { type: 'answer', question, values: [own] };
  }
  const wanted = question === 'extent' ? who.extent : 'no';
  if (body.choices.some(({ value, selected }) => value === wanted && selected)) return { type: 'goOn' };
  return { type: 'answer', question, values: [wanted] };
}

async function handsFor(view: View, stand: Stand, who: Resident): Promise<void> {
  const { shelf } = stand.stack;
  if (view.at === 'awaitingCard' && shelf.onReader() === null)
    await shelf.insert(who.card.id, who.faults, who.onApdu);
  if (view.at === 'returningCard' || view.at === 'notice') await shelf.remove();
  if (view.at === 'paying' && view.paid < view.due && who.pays) {
    await slotOpens(stand);
    stand.coins().mechanism.payRest();
  }
}

/** The slot opens a moment after the screen asks for money; or the kiosk finds that it may not take any. */
export function slotOpens(stand: Stand): Promise<void> {
  const open = (): boolean =>
    stand.coins().mechanism.books.charges.some(({ state }) => state === 'collecting');
  return until('the coin slot to open', () => open() || stand.view().at !== 'paying');
}
