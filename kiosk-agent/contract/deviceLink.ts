/**
 * The device link between screen and agent: one WebSocket on 127.0.0.1, JSON both ways, parsed at both ends.
 * Agent -> screen: `ViewMessage`, always the whole view. Screen -> agent: `CommandMessage`, one command per touch.
 * A command names the view it was touched on; the agent drops it when that view is no longer shown.
 */
import { z } from 'zod';
import { graphemeOutlines } from '#templates/graphemeOutline.ts';
import { certificateKindId, municipalityCode, yen } from '#templates/vocabulary.ts';
import { noticeCode } from '#templates/notices/notices.ts';
import { domicileCommands, domicileViews } from './domicileViews.ts';

/** Where the agent serves the link; the page passes its own query (the one-time token) along. */
export const deviceLinkPath = '/link';
/** WebSocket close code (RFC 6455 7.4, private range): another screen took over, this one does not come back. */
export const linkReplacedCode = 4000;

/** The five steps at the top of every screen: 本人確認, 証明書をえらぶ, 確認, 支払い, 受け取り. */
export const visitStep = z.enum(['identify', 'choose', 'review', 'pay', 'collect']);

const choiceState = z.object({
  value: z.string(),
  label: z.string(),
  /** of a person's name: characters to draw */
  outlines: graphemeOutlines.optional(),
  explanation: z.string().optional(),
  selected: z.boolean(),
});
const basketItem = z.object({
  id: z.string(),
  label: z.string(),
  /** what will be printed, in words; a line with names may have characters to draw */
  details: z.array(z.object({ text: z.string(), outlines: graphemeOutlines.optional() })),
  copies: z.number().int().min(1),
  unitFee: yen,
});
const kindButton = z.object({
  kind: certificateKindId,
  label: z.string(),
  purpose: z.string(),
  fee: yen.nullable(),
  /** null when offered */
  withheld: z.object({ notice: noticeCode, until: z.string().nullable() }).nullable(),
});
const municipalityChoice = z.object({
  code: municipalityCode,
  name: z.string(),
  relation: z.enum(['residence', 'registered-domicile']),
  /** what ended the registration; null: it is in force */
  ended: noticeCode.nullable(),
});
const openTransaction = z.object({
  number: z.string(),
  /** ISO 8601 */
  startedAt: z.string(),
  amount: yen,
  money: z.enum(['not-taken', 'perhaps-taken', 'taken', 'being-returned', 'perhaps-returned', 'returned']),
  paper: z.enum(['not-printed', 'perhaps-printed', 'partly-printed', 'printed']),
  /** the acts a staff member may settle it with now */
  acts: z.array(z.enum(['ask-devices-again', 'returned-by-hand', 'handed-over', 'paper-destroyed'])),
});
const deviceFault = z.object({
  device: z.enum(['card-reader', 'printer', 'payment', 'center', 'journal']),
  notice: noticeCode,
  /** IPP printer-state-reasons keywords and the like: never personal */
  details: z.array(z.string()),
});

export const view = z.discriminatedUnion('at', [
  z.object({ at: z.literal('outOfService'), notice: noticeCode }),
  z.object({ at: z.literal('idle'), hoursToday: z.string(), closedNotice: noticeCode.nullable() }),
  z.object({ at: z.literal('consent') }),
  z.object({ at: z.literal('awaitingCard') }),
  z.object({ at: z.literal('readingCard') }),
  z.object({
    at: z.literal('enteringPin'),
    /** null when the card does not tell */
    triesLeft: z.number().int().min(0).nullable(),
    /** the entry before this one was wrong (CARD-03) */
    wrong: z.boolean(),
  }),
  z.object({ at: z.literal('authenticating') }),
  z.object({ at: z.literal('returningCard') }),
  z.object({
    at: z.literal('choosingMunicipality'),
    municipalities: z.array(municipalityChoice),
    /** 「他市区町村の証明書（本籍地）」 is offered */
    others: z.boolean(),
  }),
  z.object({
    at: z.literal('choosingCertificate'),
    municipality: z.string(),
    kinds: z.array(kindButton),
    basketCount: z.number().int(),
  }),
  z.object({
    at: z.literal('choosingOptions'),
    municipality: z.string(),
    label: z.string(),
    /** one screen per question; `question` is extent, members, items (options to tick), copies or an option id */
    question: z.string(),
    heading: z.string(),
    explanation: z.string(),
    number: z.number().int().min(1),
    of: z.number().int().min(1),
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('one'), choices: z.array(choiceState) }),
      z.object({
        kind: z.literal('many'),
        choices: z.array(choiceState),
        /** so many have to be chosen before the visit goes on */
        minimum: z.number().int().min(0),
        enough: z.boolean(),
      }),
      z.object({ kind: z.literal('copies'), copies: z.number().int(), max: z.number().int(), unitFee: yen }),
    ]),
  }),
  z.object({
    at: z.literal('basket'),
    municipality: z.string(),
    items: z.array(basketItem),
    total: yen,
    mayAdd: z.boolean(),
  }),
  z.object({ at: z.literal('preparing'), done: z.number().int(), of: z.number().int() }),
  z.object({ at: z.literal('confirming'), municipality: z.string(), items: z.array(basketItem), total: yen }),
  z.object({
    at: z.literal('paying'),
    due: yen,
    paid: yen,
    change: yen,
    /** the slot takes coins: before that, what is put in falls through */
    open: z.boolean(),
  }),
  z.object({
    at: z.literal('printing'),
    /** 領収書 comes last */
    what: z.enum(['certificate', 'receipt']),
    /** 証明書名 of the one on its way; empty for the receipt */
    label: z.string(),
    certificate: z.number().int(),
    of: z.number().int(),
    sheet: z.number().int(),
    sheets: z.number().int(),
  }),
  z.object({
    at: z.literal('collecting'),
    certificates: z.number().int(),
    sheets: z.number().int(),
    change: yen,
    /** `unknown`: it may lie in the tray */
    receipt: z.enum(['printed', 'not-printed', 'unknown']),
    /** 取扱番号: what the resident names when asking about this visit */
    inquiryNumber: z.string(),
  }),
  z.object({
    at: z.literal('notice'),
    notice: noticeCode,
    /** 証明書名 when it is about one of several; else null */
    about: z.string().nullable(),
    /** read, it leads back into the visit, not to its end */
    goesOn: z.boolean(),
    triesLeft: z.number().int().nullable(),
    until: z.string().nullable(),
  }),
  z.object({ at: z.literal('settling') }),
  z.object({
    at: z.literal('askingAttendant'),
    notice: noticeCode,
    transaction: z.string(),
    sheetsOut: z.number().int().nullable(),
  }),
  z.object({ at: z.literal('staffSignIn'), wrong: z.boolean(), lockedUntil: z.string().nullable() }),
  z.object({
    at: z.literal('staffMenu'),
    outOfService: z.boolean(),
    faults: z.array(deviceFault),
    transactions: z.array(openTransaction),
    /** 見本の印刷 that a municipality asked this kiosk for */
    specimens: z.array(
      z.object({ id: z.uuid(), municipality: z.string(), label: z.string(), requestedAt: z.string() }),
    ),
    /** result of the last act, as words for the clerk */
    message: z.string().nullable(),
    versions: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  ...domicileViews,
]);
export type View = z.infer<typeof view>;
export type ViewAt = View['at'];

export const frame = z.object({
  step: visitStep.nullable(),
  mayGoBack: z.boolean(),
  mayCancel: z.boolean(),
  /** what lies over the screen */
  asking: z.enum(['cancel', 'still-there']).nullable(),
  /** seconds until the visit ends by itself, while `still-there` is asked */
  secondsLeft: z.number().int().nullable(),
});
export const viewMessage = z.object({
  type: z.literal('view'),
  /** grows by one with every view; a command repeats it */
  sequence: z.number().int(),
  frame,
  view,
});
export type ViewMessage = z.infer<typeof viewMessage>;

export const command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('agree') }),
  z.object({ type: z.literal('enterPin'), pin: z.string().regex(/^\d{4}$/) }),
  z.object({ type: z.literal('chooseMunicipality'), code: municipalityCode }),
  z.object({ type: z.literal('chooseKind'), kind: certificateKindId }),
  /** `one`: the value chosen; `many`: toggles; the answer to `copies` is the number as text */
  z.object({ type: z.literal('answer'), question: z.string(), values: z.array(z.string()).max(99) }),
  z.object({ type: z.literal('addAnother') }),
  z.object({ type: z.literal('removeItem'), id: z.string() }),
  z.object({ type: z.literal('goOn') }),
  z.object({ type: z.literal('confirm') }),
  z.object({ type: z.literal('collected') }),
  z.object({ type: z.literal('back') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('cancelConfirmed') }),
  z.object({ type: z.literal('cancelDismissed') }),
  z.object({ type: z.literal('stillHere') }),
  z.object({ type: z.literal('noticeRead') }),
  z.object({ type: z.literal('staffOpen') }),
  z.object({ type: z.literal('staffCode'), code: z.string().regex(/^\d{6,12}$/) }),
  z.object({ type: z.literal('staffLeave') }),
  z.object({ type: z.literal('staffCheckAgain') }),
  z.object({ type: z.literal('staffOutOfService'), on: z.boolean() }),
  z.object({ type: z.literal('staffRestart'), what: z.enum(['screen', 'agent', 'kiosk']) }),
  z.object({ type: z.literal('staffPrintSpecimen'), id: z.uuid() }),
  z.object({
    type: z.literal('staffSettle'),
    transaction: z.string(),
    act: z.enum(['ask-devices-again', 'returned-by-hand', 'handed-over', 'paper-destroyed']),
  }),
  ...domicileCommands,
]);
export type Command = z.infer<typeof command>;
/**
 * `seen` is the sequence of the view that was touched. Its buttons rest until a view with a higher sequence comes, so
 * the agent answers every command, also one that it drops, by sending a view.
 */
export const commandMessage = z.object({ type: z.literal('command'), seen: z.number().int(), command });
export type CommandMessage = z.infer<typeof commandMessage>;
/** Besides views the agent sends `reload` (staff restarted the screen). */
export const reloadMessage = z.object({ type: z.literal('reload') });
export const agentMessage = z.discriminatedUnion('type', [viewMessage, reloadMessage]);
