import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { pressHeldKeysOnce } from './actions/held-keys.ts';
import { connect, onNewKey } from './api/host.ts';
import './language/language.ts';
import { watchQueries } from './state/query.ts';
import { resumeWithNewKey } from './state/rating.ts';
import { loadSeat, watchSeat } from './state/seat.ts';
import { loadSettings } from './state/settings.ts';
import 'katex/dist/katex.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/reading.css';
import './styles/rate.css';
import './styles/lead.css';
import './styles/card.css';
import './styles/judge.css';
import './styles/pack.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
pressHeldKeysOnce();
await connect();
await Promise.all([loadSettings(), loadSeat()]);
watchSeat();
onNewKey(() => {
  void loadSeat();
  void resumeWithNewKey();
});
watchQueries();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
