import type { View, ViewAt } from '#agent/contract/deviceLink.ts';
import { Basket, Confirming } from './basket.tsx';
import { AwaitingCard, Authenticating, ReadingCard, ReturningCard } from './card.tsx';
import { ChoosingCertificate } from './certificate.tsx';
import { Collecting, Paying } from './money.tsx';
import { AnsweringApplication, ChoosingCardText, ExplainingApplication } from './applicationForm.tsx';
import { ReviewingApplication } from './applicationReview.tsx';
import { ApplicationDetail, ApplicationList } from './applicationStatus.tsx';
import { Applied, PrintingSheet, SendingApplication } from './applied.tsx';
import {
  CardAtWork,
  EnteringPassword,
  EnteringPinAgain,
  EnteringTextPin,
  PlacingCardAgain,
} from './cardAgain.tsx';
import {
  ChoosingPlace,
  ChoosingPrefecture,
  DomicileMenu,
  DomicileWaiting,
  SearchingPlace,
} from './domicilePlace.tsx';
import { Consent, Idle, OutOfService } from './entrance.tsx';
import { ChoosingMunicipality } from './municipality.tsx';
import { AskingAttendant, NoticeScreen } from './notice.tsx';
import { ChoosingOptions } from './options.tsx';
import { EnteringPin } from './pin.tsx';
import { StaffMenu } from './staffMenu.tsx';
import { StaffSignIn } from './staffSignIn.tsx';
import { Preparing, Printing, Settling } from './waits.tsx';

/** The view of one screen. */
export type ViewOf<A extends ViewAt> = Extract<View, { at: A }>;

/** One screen for each view: the whole table. */
export function Screen({ view }: { readonly view: View }) {
  switch (view.at) {
    case 'outOfService':
      return <OutOfService view={view} />;
    case 'idle':
      return <Idle view={view} />;
    case 'consent':
      return <Consent />;
    case 'awaitingCard':
      return <AwaitingCard />;
    case 'readingCard':
      return <ReadingCard />;
    case 'enteringPin':
      return <EnteringPin view={view} />;
    case 'authenticating':
      return <Authenticating />;
    case 'returningCard':
      return <ReturningCard />;
    case 'choosingMunicipality':
      return <ChoosingMunicipality view={view} />;
    case 'choosingCertificate':
      return <ChoosingCertificate view={view} />;
    case 'choosingOptions':
      return <ChoosingOptions view={view} />;
    case 'basket':
      return <Basket view={view} />;
    case 'preparing':
      return <Preparing view={view} />;
    case 'confirming':
      return <Confirming view={view} />;
    case 'paying':
      return <Paying view={view} />;
    case 'printing':
      return <Printing view={view} />;
    case 'collecting':
      return <Collecting view={view} />;
    case 'notice':
      return <NoticeScreen view={view} />;
    case 'settling':
      return <Settling />;
    case 'askingAttendant':
      return <AskingAttendant view={view} />;
    case 'staffSignIn':
      return <StaffSignIn view={view} />;
    case 'staffMenu':
      return <StaffMenu view={view} />;
    case 'domicileMenu':
      return <DomicileMenu />;
    case 'domicileWaiting':
      return <DomicileWaiting view={view} />;
    case 'choosingPrefecture':
      return <ChoosingPrefecture view={view} />;
    case 'choosingPlace':
      return <ChoosingPlace view={view} />;
    case 'searchingPlace':
      return <SearchingPlace view={view} />;
    case 'explainingApplication':
      return <ExplainingApplication view={view} />;
    case 'answeringApplication':
      return <AnsweringApplication key={view.question} view={view} />;
    case 'choosingCardText':
      return <ChoosingCardText view={view} />;
    case 'placingCardAgain':
      return <PlacingCardAgain view={view} />;
    case 'cardAtWork':
      return <CardAtWork view={view} />;
    case 'enteringTextPin':
      return <EnteringTextPin view={view} />;
    case 'enteringPassword':
      return <EnteringPassword view={view} />;
    case 'reviewingApplication':
      return <ReviewingApplication view={view} />;
    case 'enteringPinAgain':
      return <EnteringPinAgain view={view} />;
    case 'sendingApplication':
      return <SendingApplication />;
    case 'printingSheet':
      return <PrintingSheet />;
    case 'applied':
      return <Applied view={view} />;
    case 'applicationList':
      return <ApplicationList view={view} />;
    case 'applicationDetail':
      return <ApplicationDetail view={view} />;
    default:
      return view satisfies never;
  }
}
