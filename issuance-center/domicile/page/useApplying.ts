/** The page's acts: each asks one thing and goes where the answer leads. Nothing is asked twice by itself. */
import { useEffect, useMemo, useReducer, useRef } from 'react';
import type { ApplicantStatement, SignedApplication } from '../../contract/domicileApplication.ts';
import type { Refusal } from '../../contract/wire.ts';
import * as agent from './agent.ts';
import { askChallenge, askForm, askPlaces, askStatus, submit } from './ask.ts';
import { FIRST_PAGE, step, type Form, type Happening, type Page, type Place } from './state.ts';

export interface Acts {
  go(to: Place): void;
  type(field: keyof Page['typed'], text: string): void;
  chooseCardText(on: boolean): void;
  openPlaces(): void;
  openForm(municipality: string, back: Place): void;
  sign(form: Form, statement: ApplicantStatement): void;
  cancelSigning(place: Extract<Place, { at: 'signing' }>): void;
  send(application: SignedApplication, back: Place): void;
  openStatus(number: string, birthDate: string, back: Extract<Place, { at: 'statusForm' }>): void;
}

type Silence = { readonly kind: 'limited' } | { readonly kind: 'silent' };

/** What is no answer of the wished kind leads to words, and from there back. */
function otherwise(answer: Refusal | Silence, back: Place): Place {
  if (answer.kind === 'refused') {
    return { at: 'told', told: { notice: answer.notice, until: answer.until ?? null }, back };
  }
  return { at: 'unreachable', what: answer.kind === 'limited' ? 'limited' : 'center', back };
}

export function useApplying(): { readonly page: Page; readonly acts: Acts } {
  const [page, dispatch] = useReducer(step, FIRST_PAGE);
  const latest = useRef(page);
  useEffect(() => {
    latest.current = page;
  }, [page]);
  const acts = useMemo(() => makeActs(() => latest.current, dispatch), []);
  return { page, acts };
}

function makeActs(page: () => Page, dispatch: (happening: Happening) => void): Acts {
  const go = (to: Place): void => dispatch({ kind: 'went', to });
  /** Shows that something is asked, and takes its answer only while it is still wanted. */
  const asking = (what: Extract<Place, { at: 'asking' }>['what'], answer: () => Promise<Place>): void => {
    const turn = page().turn + 1;
    go({ at: 'asking', what });
    void answer().then((to) => dispatch({ kind: 'answered', turn, to }));
  };
  return {
    go,
    type: (field, text) => dispatch({ kind: 'typed', field, text }),
    chooseCardText: (on) => dispatch({ kind: 'cardTextChosen', on }),
    openPlaces: () =>
      asking('places', async () => {
        const answer = await askPlaces();
        return answer.kind === 'places'
          ? { at: 'places', places: answer.places }
          : otherwise(answer, { at: 'start' });
      }),
    openForm: (municipality, back) =>
      asking('form', async () => {
        const answer = await askForm(municipality);
        return answer.kind === 'form' ? { at: 'form', form: answer } : otherwise(answer, back);
      }),
    sign: (form, statement) =>
      asking('challenge', () => beginSigning(form, statement, page().cardText && form.cardText)),
    cancelSigning: ({ form, statement, request }) => {
      void agent.giveUp(request.id);
      go({ at: 'review', form, statement });
    },
    send: (application, back) => asking('sending', () => send(application, back)),
    openStatus: (number, birthDate, back) =>
      asking('status', async () => {
        const answer = await askStatus(number, birthDate);
        if (answer.kind === 'status') return { at: 'status', application: answer.application };
        return answer.kind === 'silent'
          ? { at: 'unreachable', what: 'status', back }
          : otherwise(answer, back);
      }),
  };
}

async function beginSigning(form: Form, statement: ApplicantStatement, cardText: boolean): Promise<Place> {
  const back: Place = { at: 'review', form, statement };
  const given = await askChallenge(form.municipality);
  if (given.kind !== 'challenge') return otherwise(given, back);
  const { challengeId, challenge, lifetimeMs } = given;
  const { municipality, municipalityName } = form;
  const wish = { municipality, municipalityName, cardText, challengeId, challenge, lifetimeMs, statement };
  const request = await agent.request(wish);
  if (!request) return { at: 'unreachable', what: 'agent', back };
  return { at: 'signing', form, statement, request, until: performance.now() + lifetimeMs };
}

/** Sent once. Without an answer nothing is claimed: the applicant looks, nobody sends again. */
async function send(application: SignedApplication, back: Place): Promise<Place> {
  const answer = await submit(application);
  if (answer.kind === 'received') {
    return { at: 'received', application: answer.application, sheet: answer.sheet };
  }
  return answer.kind === 'silent' ? { at: 'unknown' } : otherwise(answer, back);
}
