/**
 * The console: who is signed in decides what there is. Nobody: the sign-in, at whatever address the page was opened with, so
 * that one is where one wanted to be afterwards.
 */
import { useCallback, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { me } from '../../contract/console/session.ts';
import { LettersFrom } from '../../letters/Letters.tsx';
import { partsIn } from './base/addresses.ts';
import { Announcements } from './base/announce.tsx';
import { api, ApiFailure, keepCsrf, onSignedOut } from './base/api.ts';
import { usePlace } from './base/place.ts';
import { SignedIn, whoIs, type Who } from './base/who.tsx';
import { openPages } from './pages/allPages.ts';
import { ConfirmIdentity } from './pages/sign-in/ConfirmIdentity.tsx';
import { SignInPage } from './pages/sign-in/SignInPage.tsx';
import { Frame } from './parts/Frame.tsx';
import { Shell } from './parts/Shell.tsx';

type Session =
  | { readonly at: 'asking' }
  | { readonly at: 'unreachable'; readonly reason: string }
  | { readonly at: 'out'; readonly wasIn: boolean }
  | { readonly at: 'in'; readonly who: Who };

export function App() {
  return (
    <I18nProvider locale="ja-JP">
      <Announcements>
        <Doors />
      </Announcements>
    </I18nProvider>
  );
}

/** Pages that anybody may open come first; then who is signed in. */
function Doors() {
  const { path } = usePlace();
  for (const { path: pattern, page: Page } of openPages) {
    const parts = partsIn(pattern, path);
    if (parts) {
      return (
        <Frame>
          <Page parts={parts} />
        </Frame>
      );
    }
  }
  return <BehindTheDoor />;
}

function BehindTheDoor() {
  const [session, setSession] = useState<Session>({ at: 'asking' });
  const ask = useCallback(async () => {
    try {
      const found = await api.get(me, '/api/me');
      keepCsrf(found.csrf);
      setSession({ at: 'in', who: whoIs(found) });
    } catch (failure) {
      if (failure instanceof ApiFailure && failure.kind !== 'signed-out')
        setSession({ at: 'unreachable', reason: failure.message });
    }
  }, []);
  useEffect(() => {
    onSignedOut(() => setSession((now) => ({ at: 'out', wasIn: now.at === 'in' })));
    void ask();
  }, [ask]);
  switch (session.at) {
    case 'asking':
      return <Frame>{null}</Frame>;
    case 'unreachable':
      return (
        <Frame>
          <p role="alert">{session.reason}</p>
          <button type="button" className="button" onClick={() => void ask()}>
            もう一度つなぐ
          </button>
        </Frame>
      );
    case 'out':
      return (
        <Frame>
          <SignInPage wasSignedIn={session.wasIn} onSignedIn={ask} />
        </Frame>
      );
    case 'in':
      return (
        <SignedIn who={session.who}>
          <LettersFrom value={{ municipality: session.who.municipality, base: '/' }}>
            <Shell />
            <ConfirmIdentity />
          </LettersFrom>
        </SignedIn>
      );
  }
}
