import { useEffect, useRef, type ReactNode } from 'react';
import { enter, touch } from './agent.ts';
import { Ended, Gone, Lost } from './steps/Ended.tsx';
import { Step, type StepActs } from './steps/Step.tsx';
import { useConsent, type Consent } from './useConsent.ts';

/** One screen for one state of the agent; nothing is decided here. */
export function App({ id }: { readonly id: string }) {
  const consent = useConsent(id);
  return (
    <>
      <header className="top-bar">
        <p>マイナンバーカードで署名</p>
        <p className="private">このパソコンの中の画面です</p>
      </header>
      <Main place={placeOf(consent)}>{contentOf(id, consent)}</Main>
    </>
  );
}

/** A new screen begins at its heading, for eyes and for screen readers; after a mistake at the field. */
function Main({ place, children }: { readonly place: string; readonly children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const first =
      main.current?.querySelector<HTMLElement>('[data-first]') ?? main.current?.querySelector('h1');
    first?.focus();
    window.scrollTo(0, 0);
  }, [place]);
  return <main ref={main}>{children}</main>;
}

const placeOf = (consent: Consent): string => (consent.kind === 'open' ? consent.stage.at : consent.kind);

function contentOf(id: string, consent: Consent): ReactNode {
  switch (consent.kind) {
    case 'waiting':
      return <p role="status">読みこんでいます。</p>;
    case 'lost':
      return <Lost />;
    case 'gone':
      return <Gone />;
    case 'ended':
      return <Ended consent={consent} />;
    case 'open': {
      const acts: StepActs = {
        touch: (act) => void touch(id, consent, act).catch(() => undefined),
        enter: (secret, typed) => void enter(id, consent, secret, typed).catch(() => undefined),
      };
      return <Step consent={consent} acts={acts} />;
    }
  }
}
