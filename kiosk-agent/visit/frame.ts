/** What surrounds every screen: where I am, what the buttons below may do, what lies over it. Pure. */
import { mayLeaveKinds } from './choose.ts';
import { mayCancel } from './session.ts';
import type { Frame, State, Visit } from './state.ts';

/** The frame at `now` (milliseconds since the epoch). */
export function frame(state: State, now: number): Frame {
  const { visit, asking, deadline } = state;
  const counting = asking === 'still-there' && deadline !== null;
  return {
    step: stepOf(visit),
    mayGoBack: mayGoBack(visit),
    mayCancel: mayCancel(visit),
    asking,
    secondsLeft: counting ? Math.max(0, Math.ceil((deadline - now) / 1000)) : null,
  };
}

function stepOf(visit: Visit): Frame['step'] {
  switch (visit.at) {
    case 'consent':
    case 'awaitingCard':
    case 'readingCard':
    case 'enteringPin':
    case 'authenticating':
    case 'returningCard':
      return 'identify';
    case 'choosingMunicipality':
    case 'choosingCertificate':
    case 'choosingOptions':
    case 'basket':
    case 'domicileMenu':
    case 'loadingPlaces':
    case 'choosingPrefecture':
    case 'choosingPlace':
    case 'searchingPlace':
    case 'loadingForm':
    case 'explainingApplication':
    case 'answeringApplication':
    case 'choosingCardText':
    case 'loadingApplications':
    case 'applicationList':
    case 'applicationDetail':
    case 'withdrawing':
      return 'choose';
    case 'placingCardAgain':
    case 'readingCardAgain':
    case 'enteringTextPin':
    case 'readingCardText':
    case 'enteringPassword':
    case 'openingSignature':
    case 'reviewingApplication':
    case 'enteringPinAgain':
    case 'signingApplication':
    case 'sendingApplication':
      return 'review';
    case 'preparing':
    case 'confirming':
      return 'review';
    case 'paying':
      return 'pay';
    case 'printing':
    case 'collecting':
    case 'settling':
    case 'printingSheet':
    case 'applied':
      return 'collect';
    default:
      return null;
  }
}

function mayGoBack(visit: Visit): boolean {
  switch (visit.at) {
    case 'consent':
    case 'awaitingCard':
    case 'choosingOptions':
    case 'confirming':
    case 'domicileMenu':
    case 'choosingPrefecture':
    case 'choosingPlace':
    case 'searchingPlace':
    case 'explainingApplication':
    case 'answeringApplication':
    case 'choosingCardText':
    case 'placingCardAgain':
    case 'enteringPinAgain':
    case 'applicationList':
    case 'applicationDetail':
      return true;
    case 'choosingCertificate':
      return mayLeaveKinds(visit);
    default:
      return false;
  }
}
