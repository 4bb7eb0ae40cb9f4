/**
 * For review and for axe, never in the product: one fixture by `?view=<name>` (`&text=large`), or the list of all.
 * `away` shows what stands there while the agent is away.
 */
import './withoutEval.ts';
import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { fixtures, messageOf } from './fixtures/views.ts';
import { connected, setTextSize, showView } from './mirror.ts';
import { keepPanelScale } from './panel.ts';
import { loadWords } from './words.ts';

function FixtureList() {
  return (
    <ul id="fixtures">
      {[...fixtures.map(({ name }) => name), 'away'].map((name) => (
        <li key={name}>
          <a href={`?view=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

loadWords();
keepPanelScale(window);
const query = new URLSearchParams(location.search);
const name = query.get('view');
const fixture = fixtures.find((each) => each.name === name);
if (fixture) {
  connected(() => undefined);
  showView(messageOf(fixture));
}
if (query.get('text') === 'large') setTextSize('large');
const root = document.getElementById('screen');
if (!root) throw new Error('gallery.html lacks #screen');
createRoot(root).render(name === null ? <FixtureList /> : <App />);
