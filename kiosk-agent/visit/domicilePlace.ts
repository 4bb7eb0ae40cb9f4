/** Which municipality the 本籍 is in: menu, 都道府県, 市区町村, search by reading, explanation. Pure moves of session.ts. */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import type { DomicileMunicipality } from '#center/contract/domicileApplication.ts';
import { chooseFrom, choosingOf } from './choose.ts';
import { firstQuestion, questionAt } from './domicileForm.ts';
import type { Listed, Searching } from './domicileState.ts';
import { plainReading, rowOf } from './kanaRows.ts';
import { concernsApplication, to, toNotice } from './moves.ts';
import type { At, Choosing, Event, Move, Stepped } from './state.ts';

const FAULT = noticeOf('SYS-01');
const NO_CENTER = noticeOf('CENT-01');

export const domicileMenu: Move<'domicileMenu'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  const operation = event.id;
  const choosing = choosingOf(visit);
  switch (event.touch.type) {
    case 'back':
      return to(chooseFrom(choosing));
    case 'domicileApply':
      return to({ at: 'loadingPlaces', operation, ...choosing }, { kind: 'loadPlaces', operation });
    case 'domicileStatus':
      return to(
        { at: 'loadingApplications', operation, ...choosing },
        { kind: 'loadApplications', operation },
      );
    default:
      return null;
  }
};

export const loadingPlaces: Move<'loadingPlaces'> = (visit, event) => {
  if (event.kind !== 'placesLoaded') return refusedWhileLoading(visit, event);
  return to({ at: 'choosingPrefecture', ...choosingOf(visit), places: event.places });
};

/** What does not need to end the visit leads back to the menu. */
export function refusedWhileLoading(visit: Choosing, event: Event): Stepped | null {
  if (event.kind === 'fault') return toNotice(FAULT);
  return event.kind === 'refused' ? refuseApplication(visit, event.notice, event.until) : null;
}
export function refuseApplication(visit: Choosing, notice: NoticeCode, until: string | null = null): Stepped {
  if (!concernsApplication(notice)) return toNotice(notice, { until });
  return toNotice(notice, { until, next: { at: 'domicileMenu', ...choosingOf(visit) } });
}
export const loadedTooLate = (visit: Choosing): Stepped => refuseApplication(visit, NO_CENTER);

function searchingOf(visit: Searching): Searching {
  return { ...choosingOf(visit), places: visit.places };
}
function listedOf(visit: Listed): Listed {
  const { prefecture, searched, row } = visit;
  return { ...searchingOf(visit), prefecture, searched, row };
}

/** In the order of 全国地方公共団体コード, north to south, as everybody knows it. */
export function prefecturesOf(places: readonly DomicileMunicipality[]): string[] {
  const ordered = [...places].sort((left, right) => left.code.localeCompare(right.code));
  return [...new Set(ordered.map(({ prefecture }) => prefecture))];
}

export const choosingPrefecture: Move<'choosingPrefecture'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  const searching = searchingOf(visit);
  switch (touch.type) {
    case 'back':
      return to({ at: 'domicileMenu', ...choosingOf(visit) });
    case 'openSearch':
      return to({ at: 'searchingPlace', ...searching, reading: '', nothingFound: false });
    case 'choosePrefecture': {
      const { prefecture } = touch;
      if (!visit.places.some((place) => place.prefecture === prefecture)) return null;
      return to({ at: 'choosingPlace', ...searching, prefecture, searched: null, row: null });
    }
    default:
      return null;
  }
};

export const searchingPlace: Move<'searchingPlace'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  const searching = searchingOf(visit);
  if (touch.type === 'back') return to({ at: 'choosingPrefecture', ...searching });
  if (touch.type !== 'searchPlace') return null;
  const searched = plainReading(touch.reading);
  const listed: Listed = { ...searching, prefecture: null, searched, row: null };
  if (searched === '' || placesIn(listed).length === 0) {
    return to({ ...visit, reading: searched, nothingFound: searched !== '' });
  }
  return to({ at: 'choosingPlace', ...listed });
};

/** Those of the prefecture, or those whose reading begins with (else: holds) what was searched; by reading. */
export function placesIn({ places, prefecture, searched }: Listed): DomicileMunicipality[] {
  const found =
    searched === null
      ? places.filter((place) => place.prefecture === prefecture)
      : matching(places, searched);
  // one without a reading comes last
  const key = ({ reading, code }: DomicileMunicipality): string =>
    `${plainReading(reading) || '\uffff'} ${code}`;
  return found.sort((left, right) => (key(left) < key(right) ? -1 : 1));
}
function matching(places: readonly DomicileMunicipality[], searched: string): DomicileMunicipality[] {
  const begins = places.filter(({ reading }) => plainReading(reading).startsWith(searched));
  if (begins.length > 0) return begins;
  return places.filter(({ reading }) => plainReading(reading).includes(searched));
}

export const choosingPlace: Move<'choosingPlace'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  switch (touch.type) {
    case 'back':
      return leavePlaces(visit);
    case 'showRow':
      return to({ ...visit, row: touch.row });
    case 'choosePlace': {
      const place = placesIn(visit).find(({ code }) => code === touch.code);
      if (!place) return null;
      if (place.closed) {
        return toNotice(place.closed.notice, { until: place.closed.until, about: place.name, next: visit });
      }
      return to(
        { at: 'loadingForm', operation: event.id, ...listedOf(visit) },
        { kind: 'loadForm', operation: event.id, municipality: place.code },
      );
    }
    default:
      return null;
  }
};

function leavePlaces(visit: At<'choosingPlace'>): Stepped {
  const searching = searchingOf(visit);
  if (visit.row !== null) return to({ ...visit, row: null });
  if (visit.searched === null) return to({ at: 'choosingPrefecture', ...searching });
  return to({ at: 'searchingPlace', ...searching, reading: visit.searched, nothingFound: false });
}

/** More than these are shown by rows of the kana table. */
export const INDEX_FROM = 13;

/** What the screen shows of a list: the index, and the places of the row that is open. */
export function shownPlaces(visit: Listed): {
  readonly indexed: boolean;
  readonly places: DomicileMunicipality[];
} {
  const all = placesIn(visit);
  const indexed = all.length >= INDEX_FROM;
  if (!indexed) return { indexed, places: all };
  return {
    indexed,
    places: all.filter(({ reading }) => visit.row !== null && rowOf(plainReading(reading)) === visit.row),
  };
}

export const loadingForm: Move<'loadingForm'> = (visit, event) => {
  if (event.kind !== 'formLoaded') return refusedWhileLoading(visit, event);
  return to({
    at: 'explainingApplication',
    ...choosingOf(visit),
    listed: listedOf(visit),
    form: event.form,
    answers: {},
    cardText: false,
  });
};

export const explainingApplication: Move<'explainingApplication'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  if (event.touch.type === 'back') return to({ at: 'choosingPlace', ...visit.listed });
  return event.touch.type === 'goOn' ? to(questionAt(visit, firstQuestion)) : null;
};
