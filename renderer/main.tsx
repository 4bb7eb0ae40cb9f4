import './withoutEval.ts';
import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { loadLexicon } from './keyboard/lexiconStore.ts';
import { deviceLinkUrl, keepDeviceLink } from './link.ts';
import { openLinkSocket } from './linkSocket.ts';
import { keepPanelScale } from './panel.ts';
import { loadWords } from './words.ts';

loadWords();
void loadLexicon(); // long before anybody types
keepPanelScale(window);
document.addEventListener('contextmenu', (event) => event.preventDefault());
document.addEventListener('dragstart', (event) => event.preventDefault());
keepDeviceLink({
  open: () => openLinkSocket(deviceLinkUrl(location)),
  reload: () => location.reload(),
  later: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
});
const root = document.getElementById('screen');
if (!root) throw new Error('index.html lacks #screen');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
