/** 本籍地の証明書の利用登録 on the internet. One state (state.ts); what is shown follows from it. */
import { useEffect, useRef, type ReactNode } from 'react';
import { useUnloadQuestion } from '../../console/page/base/unload.ts';
import { FormStep } from './steps/FormStep.tsx';
import { PlacesStep } from './steps/PlacesStep.tsx';
import { Asking, Received, Unknown } from './steps/Ends.tsx';
import { ReviewStep } from './steps/ReviewStep.tsx';
import { SigningStep } from './steps/SigningStep.tsx';
import { Start } from './steps/Start.tsx';
import { StatusForm, StatusShown } from './steps/Status.tsx';
import { Told, Unreachable } from './steps/Told.tsx';
import { holdsTyped, type Place, type Page } from './state.ts';
import { useApplying, type Acts } from './useApplying.ts';

export function App() {
  const { page, acts } = useApplying();
  useUnloadQuestion(holdsTyped(page));
  return (
    <>
      <header className="top-bar">
        <p>本籍地の証明書の利用登録</p>
      </header>
      <Main place={page.place}>{contentOf(page, acts)}</Main>
    </>
  );
}

/** A new step begins at its heading, for eyes and for screen readers. */
function Main({ place, children }: { readonly place: Place; readonly children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (place.at === 'start') return;
    main.current?.querySelector<HTMLElement>('h1')?.focus();
    window.scrollTo(0, 0);
  }, [place]);
  return <main ref={main}>{children}</main>;
}

function contentOf({ place, typed, cardText }: Page, acts: Acts): ReactNode {
  switch (place.at) {
    case 'start':
      return <Start acts={acts} />;
    case 'asking':
      return <Asking what={place.what} />;
    case 'places':
      return <PlacesStep place={place} acts={acts} />;
    case 'form':
      return <FormStep form={place.form} typed={typed} cardText={cardText} acts={acts} />;
    case 'review':
      return <ReviewStep place={place} cardText={cardText} acts={acts} />;
    case 'signing':
      return <SigningStep place={place} acts={acts} />;
    case 'received':
      return <Received application={place.application} sheet={place.sheet} acts={acts} />;
    case 'unknown':
      return <Unknown acts={acts} />;
    case 'told':
      return <Told told={place.told} back={place.back} acts={acts} />;
    case 'unreachable':
      return <Unreachable what={place.what} back={place.back} acts={acts} />;
    case 'statusForm':
      return <StatusForm key={`${place.number} ${place.birth}`} place={place} acts={acts} />;
    case 'status':
      return <StatusShown application={place.application} acts={acts} />;
  }
}
