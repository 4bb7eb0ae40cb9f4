/** What the screens see of the way to a 利用登録. Pure. */
import type { DomicileMunicipality } from '#center/contract/domicileApplication.ts';
import type { View } from '../contract/deviceLink.ts';
import { ownName, questions } from './domicileForm.ts';
import { placesIn, prefecturesOf, shownPlaces } from './domicilePlace.ts';
import type { DomicileVisit } from './domicileState.ts';
import { mayWithdraw } from './domicileStatus.ts';
import { plainReading, rowsOf } from './kanaRows.ts';
import type { At, Kiosk, Visit } from './state.ts';

export function domicileView(visit: DomicileVisit, kiosk: Kiosk): View {
  switch (visit.at) {
    case 'domicileMenu':
    case 'sendingApplication':
    case 'printingSheet':
      return { at: visit.at };
    case 'loadingPlaces':
      return { at: 'domicileWaiting', what: 'places' };
    case 'loadingForm':
      return { at: 'domicileWaiting', what: 'form' };
    case 'loadingApplications':
      return { at: 'domicileWaiting', what: 'applications' };
    case 'withdrawing':
      return { at: 'domicileWaiting', what: 'withdrawal' };
    case 'readingCardAgain':
      return { at: 'cardAtWork', doing: 'reading' };
    case 'readingCardText':
      return { at: 'cardAtWork', doing: 'text' };
    case 'openingSignature':
      return { at: 'cardAtWork', doing: 'opening' };
    case 'signingApplication':
      return { at: 'cardAtWork', doing: 'signing' };
    case 'placingCardAgain':
      return { at: 'placingCardAgain', lift: kiosk.reader === 'present' && kiosk.cardLeft };
    case 'enteringTextPin':
    case 'enteringPassword':
    case 'enteringPinAgain':
      return { at: visit.at, triesLeft: visit.triesLeft, wrong: visit.wrong };
    case 'applied':
      return appliedView(visit, kiosk);
    case 'applicationList':
      return { at: visit.at, applications: [...visit.applications] };
    case 'applicationDetail': {
      const { application } = visit;
      return { at: visit.at, application, mayWithdraw: mayWithdraw(application) };
    }
    default:
      return formView(visit);
  }
}

type FormVisit = At<
  | 'choosingPrefecture'
  | 'choosingPlace'
  | 'searchingPlace'
  | 'explainingApplication'
  | 'answeringApplication'
  | 'choosingCardText'
  | 'reviewingApplication'
>;
function formView(visit: FormVisit): View {
  switch (visit.at) {
    case 'choosingPrefecture':
      return { at: visit.at, prefectures: prefecturesOf(visit.places) };
    case 'choosingPlace':
      return placesView(visit);
    case 'searchingPlace':
      return { at: visit.at, reading: visit.reading, nothingFound: visit.nothingFound };
    case 'explainingApplication':
      return { at: visit.at, municipality: visit.form.municipalityName, cardText: visit.form.cardText };
    case 'answeringApplication':
      return questionView(visit);
    case 'choosingCardText':
      return { at: visit.at, municipality: visit.form.municipalityName };
    case 'reviewingApplication': {
      const { form, statement, items, text } = visit;
      const { municipalityName: municipality, addressee } = form;
      return { at: visit.at, municipality, addressee, statement, items, cardText: text };
    }
  }
}

function placesView(visit: At<'choosingPlace'>): View {
  const { prefecture, searched, row } = visit;
  const { indexed, places } = shownPlaces(visit);
  const rows = indexed ? rowsOf(placesIn(visit).map(({ reading }) => plainReading(reading))) : [];
  const shown = places.map(({ code, prefecture: of, name, reading, closed }: DomicileMunicipality) => ({
    code,
    prefecture: of,
    name,
    reading,
    closed,
  }));
  return { at: 'choosingPlace', prefecture, searched, rows, row, places: shown };
}

function questionView(visit: At<'answeringApplication'>): View {
  const { form, question, value, wrong } = visit;
  return {
    at: 'answeringApplication',
    municipality: form.municipalityName,
    question,
    number: questions.indexOf(question) + 1,
    of: questions.length,
    value,
    wrong,
    suggestion: question === 'headOfRegister' ? ownName(visit) : null,
    towns: question === 'domicile' ? form.towns : [],
  };
}

function appliedView({ application, sheet, notice }: At<'applied'>, kiosk: Kiosk): View {
  const { municipalityName: municipality, applicationNumber: number, decideBy } = application;
  return { at: 'applied', municipality, number, decideBy, sheet, notice, card: kiosk.reader === 'present' };
}

/** What makes two views of the same place two screens: a touch on the one does not count on the other. */
export function domicileKey(visit: Visit): string {
  switch (visit.at) {
    case 'answeringApplication':
      return visit.question;
    case 'choosingPlace':
      return `${visit.prefecture ?? ''}${visit.searched ?? ''}${visit.row ?? ''}`;
    case 'applicationDetail':
      return visit.application.applicationNumber + visit.application.state;
    default:
      return '';
  }
}
