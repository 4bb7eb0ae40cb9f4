/** Every stage of a visit and how to get there and stay there. */
import type { ViewAt } from '#agent/contract/deviceLink.ts';
import { until } from './conditions.ts';
import { slotOpens, walk, type Resident } from './resident.ts';
import type { Hold, Stand } from './stand.ts';

export interface Stage {
  readonly name: string;
  readonly at: ViewAt;
  /** Gets there and stays; what holds the kiosk there ends with the promise returned by `release`. */
  readonly reach: (stand: Stand, who: Resident) => Promise<{ release(): Promise<void> }>;
}

const nothing = { release: (): Promise<void> => Promise.resolve() };
/** Long enough to be seen and broken off, shorter than the agent's patience with a card. */
const CARD_DELAY_MS = 1_500;

function plain(at: ViewAt): Stage {
  return {
    name: at,
    at,
    reach: async (stand, who) => {
      await walk(stand, who, (view) => view.at === at);
      return nothing;
    },
  };
}

const readingCard: Stage = {
  name: 'readingCard',
  at: 'readingCard',
  reach: async (stand, who) => {
    const slow = { kind: 'delay', when: { kind: 'nth', nth: 3 }, ms: CARD_DELAY_MS } as const;
    await walk(stand, { ...who, faults: [slow] }, (view) => view.at === 'readingCard');
    return nothing;
  },
};

/** The center waits for a table that the test holds. */
function held(at: 'authenticating' | 'preparing', table: 'session' | 'certificate'): Stage {
  return {
    name: at,
    at,
    reach: async (stand, who) => {
      let hold: Hold | null = null;
      const before = at === 'authenticating' ? 'enteringPin' : 'basket';
      await walk(stand, who, (view) => view.at === before);
      hold = await stand.holdTable(table);
      await walk(stand, who, (view) => view.at === at);
      await hold.waitedFor();
      return hold;
    },
  };
}

function paying(name: string, paid: 'nothing' | 'half' | 'all'): Stage {
  return {
    name,
    at: 'paying',
    reach: async (stand, who) => {
      await walk(stand, { ...who, pays: false }, (view) => view.at === 'paying');
      await slotOpens(stand);
      const { mechanism } = stand.coins();
      if (paid === 'half') {
        mechanism.insert(100);
        await stand.sees('the coin on the screen', (view) => view.at === 'paying' && view.paid === 100);
      }
      if (paid === 'all') mechanism.payRest();
      return nothing;
    },
  };
}

/**
 * @param sheets that lie in the tray already, over all certificates of the order
 * @param jobs that the printer has been sent by then, the receipt included; absent: as it comes
 */
function printing(name: string, sheets: number, jobs?: number): Stage {
  return {
    name,
    at: 'printing',
    reach: async (stand, who) => {
      const { printer } = stand.stack.printer;
      const first = printer.jobs.length;
      stand.paper.moves = false;
      await walk(stand, who, (view) => view.at === 'printing');
      const out = (): number => printer.jobs.slice(first).reduce((sum, job) => sum + job.sheets, 0);
      const open = (): boolean => printer.jobs.some(({ state }) => state.startsWith('p'));
      await until('the first document at the printer', open);
      while (out() < sheets) {
        await until('a document at the printer', open);
        printer.step();
      }
      if (jobs !== undefined) {
        await until(`document ${jobs} at the printer`, () => printer.jobs.length === first + jobs && open());
      }
      return {
        release: async () => {
          stand.paper.moves = true;
        },
      };
    },
  };
}

/** For a resident who asks for two copies of two sheets each: four sheets in two documents, then the receipt. */
export const stages: readonly Stage[] = [
  plain('awaitingCard'),
  readingCard,
  plain('enteringPin'),
  held('authenticating', 'session'),
  plain('returningCard'),
  plain('choosingMunicipality'),
  plain('choosingCertificate'),
  plain('choosingOptions'),
  plain('basket'),
  held('preparing', 'certificate'),
  plain('confirming'),
  paying('paying, nothing in', 'nothing'),
  paying('paying, half in', 'half'),
  paying('paying, just paid', 'all'),
  printing('printing, no sheet out', 0),
  printing('printing, between the sheets of the first', 1),
  printing('printing, between the certificates', 2, 2),
  printing('printing, after the last sheet', 4),
  printing('printing, the receipt at the printer', 4, 3),
  plain('collecting'),
];
