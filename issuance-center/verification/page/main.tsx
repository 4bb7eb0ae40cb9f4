import { createRoot } from 'react-dom/client';

const root = document.getElementById('page');
if (!root) throw new Error('index.html lacks #page');
createRoot(root).render(<p>証明書の確認</p>);
