import { base64 } from '@scure/base';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { pressHeldKeysOnce } from '../actions/held-keys.ts';
import { transport } from './bridge.ts';
import '../language/language.ts';
import { loadSeat } from '../state/seat.ts';
import { loadSettings } from '../state/settings.ts';
import { PackApp } from './PackApp.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import 'katex/dist/katex.min.css';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/reading.css';
import '../styles/rate.css';
import '../styles/lead.css';
import '../styles/pack.css';

const rootElement = document.getElementById('root');
const sealed = document.getElementById('touchstone-pack')?.textContent ?? '';
if (rootElement === null) throw new Error('the page has no root');
pressHeldKeysOnce();
const root = createRoot(rootElement);
await Promise.all([loadSettings(), loadSeat()]);
root.render(
  <StrictMode>
    <UnlockForm
      onUnlock={async (secret) => {
        await transport.open(base64.decode(sealed.trim()), secret);
        root.render(
          <StrictMode>
            <PackApp />
          </StrictMode>,
        );
      }}
    />
  </StrictMode>,
);
