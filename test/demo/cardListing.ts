/** What each demo card's holder can be issued now: the center's own answer, asked without a visit. */
import type { Configuration, InForce } from '#center/configuration/configuration.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { kindsInOrder } from '#center/issuing/offer.ts';
import { offerOfKind } from '#center/issuing/offerOfKind.ts';
import { readSnapshot, type RegisterSnapshot } from '#center/registers/snapshot.ts';
import { addDays } from '#templates/civilTime.ts';
import { isIssuable } from '#templates/datasets/sources.ts';
import type { ResidentEntry } from '#templates/datasets/residentRegister.ts';
import type { CivilDate, Clock } from '#templates/vocabulary.ts';
import type { DemoCard } from '#simulators/municipality/cards.ts';
import type { CardShelf } from './cardShelf.ts';

export interface CardListing {
  readonly id: string;
  readonly resident: string;
  readonly pin: string;
  readonly password: string;
  /** what the holder can be issued now */
  readonly kinds: readonly string[];
  readonly note: string;
}

export interface ListingDeps {
  readonly db: CenterDatabase;
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly shelf: CardShelf;
  readonly residents: readonly ResidentEntry[];
  readonly today: CivilDate;
}

export interface Listing {
  /** Looks at the registers again; what is listed is of the last look. */
  readonly look: () => Promise<void>;
  readonly at: (now: number) => readonly CardListing[];
}

/** What the center knew of a card's holder at the last look. */
interface Look {
  readonly snapshot: RegisterSnapshot;
  readonly inForce: InForce | undefined;
}

/** States in which the card itself stands in the way, whoever holds it. */
const USABLE: readonly DemoCard['state'][] = ['valid', 'no-signature-certificate'];
const MINUTE_MS = 60_000;

export function cardListing(deps: ListingDeps): Listing {
  const looks = new Map<string, Look>();
  // the panel asks every second; hours, fees and ages of registers change with the minute
  let minute = -1;
  const kinds = new Map<string, readonly string[]>();
  const kindsOf = (card: DemoCard, now: number): readonly string[] => {
    const known = kinds.get(card.id) ?? kindsFor(deps, card, looks.get(card.residentId), now);
    kinds.set(card.id, known);
    return known;
  };
  return {
    look: async () => {
      for (const { residentId } of deps.shelf.cards) {
        const own = deps.residents.find((entry) => entry.residentId === residentId);
        const snapshot = own && (await readSnapshot(deps.db, own.residentId, deps.clock()));
        if (!snapshot) continue;
        const { municipality } = snapshot.rows.household;
        const inForce = await deps.configuration.inForce(deps.db, municipality, deps.clock());
        looks.set(residentId, { snapshot, inForce });
      }
      kinds.clear();
    },
    at: (now) => {
      if (Math.floor(now / MINUTE_MS) !== minute) kinds.clear();
      minute = Math.floor(now / MINUTE_MS);
      return deps.shelf.cards.map((card) => {
        const own = deps.residents.find(({ residentId }) => residentId === card.residentId);
        if (!own) throw new Error(`the demo card "${card.id}" has no resident`);
        const { id, pin, password, note } = card;
        const usable = USABLE.includes(card.state) && !deps.shelf.isBlocked(id);
        return { id, resident: own.name, pin, password, note, kinds: usable ? kindsOf(card, now) : [] };
      });
    },
  };
}

function kindsFor(
  { today }: ListingDeps,
  { registeredDaysAgo }: DemoCard,
  look: Look | undefined,
  now: number,
): readonly string[] {
  if (!look?.inForce || registeredDaysAgo === null) return [];
  const { snapshot, inForce } = look;
  const own = snapshot.rows.residents.find(({ residentId }) => residentId === snapshot.holder)!;
  const holder = { residentId: own.residentId, cardRegisteredOn: addDays(today, -registeredDaysAgo) };
  return kindsInOrder(inForce.templates)
    .filter(({ dataset }) => isIssuable(dataset))
    .filter((kind) => offerOfKind({ kind, inForce, holder, snapshot, now }).kind === 'offered')
    .map(({ id }) => id);
}
