import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page. No inlined assets: the content security policy allows only files of our own. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react()],
  // Not 'browser': there some Markdown packages decode text through innerHTML, which the page's Trusted Types
  // forbid. Their plain versions do the same without the DOM.
  resolve: { conditions: ['worker', 'module', 'import', 'default'] },
  publicDir: here('../resources/page'),
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    target: 'es2023',
    // How long parts of the build took is nobody's news at a start.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
