/**
 * Where the applicant is on the page. What was typed belongs to the whole page, so that no refusal and no way back loses it.
 * Pure; whoever awaits an answer carries the state's `turn`, and an answer of an earlier turn changes nothing.
 */
import type {
  ApplicantStatement,
  ApplicationStatus,
  DomicileForm,
  DomicileMunicipality,
} from '../../contract/domicileApplication.ts';
import type { HomeAgentAccepted } from '../../contract/homeAgent.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import { NOTHING_TYPED, type TypedFields } from './typed.ts';

export type Form = Extract<DomicileForm, { kind: 'form' }>;
/** A refusal that leads back to where it can be mended. */
export interface Told {
  readonly notice: NoticeCode;
  readonly until: string | null;
}

export type Place =
  | { readonly at: 'start' }
  | { readonly at: 'asking'; readonly what: 'places' | 'form' | 'challenge' | 'sending' | 'status' }
  | { readonly at: 'places'; readonly places: readonly DomicileMunicipality[] }
  | { readonly at: 'form'; readonly form: Form }
  | { readonly at: 'review'; readonly form: Form; readonly statement: ApplicantStatement }
  | {
      readonly at: 'signing';
      readonly form: Form;
      readonly statement: ApplicantStatement;
      readonly request: HomeAgentAccepted;
      /** when the center does not take the signature any more, in the page's own time (performance.now) */
      readonly until: number;
    }
  | { readonly at: 'received'; readonly application: ApplicationStatus; readonly sheet: string | null }
  /** sent, and nobody knows whether it arrived */
  | { readonly at: 'unknown' }
  | { readonly at: 'told'; readonly told: Told; readonly back: Place }
  | {
      readonly at: 'unreachable';
      readonly what: 'center' | 'limited' | 'agent' | 'status';
      readonly back: Place;
    }
  /** as they were typed */
  | { readonly at: 'statusForm'; readonly number: string; readonly birth: string }
  | { readonly at: 'status'; readonly application: ApplicationStatus };

export interface Page {
  readonly place: Place;
  readonly typed: TypedFields;
  /** the card's own letters may be read too */
  readonly cardText: boolean;
  readonly turn: number;
}
export const FIRST_PAGE: Page = { place: { at: 'start' }, typed: NOTHING_TYPED, cardText: false, turn: 0 };

export type Happening =
  | { readonly kind: 'went'; readonly to: Place }
  | { readonly kind: 'typed'; readonly field: keyof TypedFields; readonly text: string }
  | { readonly kind: 'cardTextChosen'; readonly on: boolean }
  /** an answer to what was asked at `turn` */
  | { readonly kind: 'answered'; readonly turn: number; readonly to: Place };

export function step(page: Page, happening: Happening): Page {
  switch (happening.kind) {
    case 'typed':
      return { ...page, typed: { ...page.typed, [happening.field]: happening.text } };
    case 'cardTextChosen':
      return { ...page, cardText: happening.on };
    case 'went':
      return { ...page, place: happening.to, turn: page.turn + 1 };
    case 'answered':
      return happening.turn === page.turn ? { ...page, place: happening.to, turn: page.turn + 1 } : page;
  }
}

/** Leaving the page now would lose what was typed: nothing of it is stored. After the sending the center has it. */
export function holdsTyped({ place, typed }: Pick<Page, 'place' | 'typed'>): boolean {
  switch (place.at) {
    case 'form':
    case 'review':
    case 'signing':
      return Object.values(typed).some((text) => text !== '');
    case 'asking':
      return place.what === 'challenge' || place.what === 'sending';
    case 'told':
    case 'unreachable':
      return holdsTyped({ place: place.back, typed });
    case 'start':
    case 'places':
    case 'received':
    case 'unknown':
    case 'statusForm':
    case 'status':
      return false;
  }
}
