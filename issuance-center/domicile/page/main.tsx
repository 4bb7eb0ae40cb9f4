import './withoutEval.ts';
import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';

const root = document.getElementById('page');
if (!root) throw new Error('index.html lacks #page');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
