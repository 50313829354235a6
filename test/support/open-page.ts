/** What a window has before the page's first module is loaded: a door to a host, and a screen that is cleared after each test. */
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { door } from './page-door.ts';
import { PATIENCE_MS } from './patience.ts';

Object.assign(window, { touchstone: door });
configure({ asyncUtilTimeout: PATIENCE_MS });

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
  location.hash = '';
});
