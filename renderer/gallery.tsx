/**
 * For review and for axe, never in the product: one fixture by `#view=<name>` (`&text=large`), or the list of all.
 * `away` shows what stands there while the agent is away. The title becomes the fixture's name once it is shown.
 */
import './withoutEval.ts';
import './styles/index.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { keyboardFixtures } from './fixtures/keyboards.tsx';
import { fixtures, messageOf } from './fixtures/views.ts';
import { loadLexicon } from './keyboard/lexiconStore.ts';
import { agentAway, connected, setTextSize, showView } from './mirror.ts';
import { keepPanelScale } from './panel.ts';
import { loadWords } from './words.ts';

function FixtureList() {
  return (
    <ul id="fixtures">
      {[...fixtures, ...keyboardFixtures, { name: 'away' }].map(({ name }) => (
        <li key={name}>
          <a href={`#view=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

/** Parts of screens that no view of today shows stand in the frame of this one. */
const FRAME_OF_PARTS = 'choosingMunicipality-two';

function partOf(name: string) {
  return keyboardFixtures.find((each) => each.name === name);
}

function Shown({ name }: { readonly name: string }) {
  return partOf(name)?.element ?? <App />;
}

function showFixture(name: string): void {
  const view = partOf(name) ? FRAME_OF_PARTS : name;
  const fixture = fixtures.find((each) => each.name === view);
  agentAway();
  if (!fixture) return;
  connected(() => undefined);
  showView(messageOf(fixture));
}

loadWords();
keepPanelScale(window);
const element = document.getElementById('screen');
if (!element) throw new Error('gallery.html lacks #screen');
const root = createRoot(element);

function showHash(): void {
  const query = new URLSearchParams(location.hash.slice(1));
  const name = query.get('view');
  flushSync(() => {
    if (name !== null) showFixture(name);
    setTextSize(query.get('text') === 'large' ? 'large' : 'normal');
    root.render(name === null ? <FixtureList /> : <Shown key={name} name={name} />);
  });
  document.title = name ?? '画面の一覧';
}
// the same candidates every time: nothing is shown before the words of the keyboard are there
void loadLexicon().then(() => {
  window.addEventListener('hashchange', showHash);
  showHash();
});
