import './withoutEval.ts';
import './styles/index.css';
import i18next from 'i18next';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { typedIssueNumber } from '../../contract/verification.ts';
import { App } from './App.tsx';
import { prepareCodeReader } from './reading/codeReader.ts';
import { loadWords, preferredLanguage } from './words.ts';

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
  document.title = i18next.t('title');
});
loadWords(preferredLanguage(navigator.languages));
prepareCodeReader();
const root = document.getElementById('page');
if (!root) throw new Error('index.html lacks #page');
// the number travels behind the #, which browsers do not send
const asked = typedIssueNumber(decodeURIComponent(location.hash.slice(1)));
createRoot(root).render(
  <StrictMode>
    <App asked={asked} />
  </StrictMode>,
);
