import type { View, ViewAt } from '#agent/contract/deviceLink.ts';
import { Basket, Confirming } from './basket.tsx';
import { AwaitingCard, Authenticating, ReadingCard, ReturningCard } from './card.tsx';
import { ChoosingCertificate } from './certificate.tsx';
import { Collecting, Paying } from './money.tsx';
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
    default:
      return view satisfies never;
  }
}
