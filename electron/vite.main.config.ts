import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the desktop host and its worker for Electron's Node. Only the native module stays outside. */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  build: {
    ssr: true,
    outDir: here('../dist/desktop'),
    emptyOutDir: true,
    target: 'node24',
    rollupOptions: {
      input: {
        main: here('hosts/desktop/main.ts'),
        'worker-entry': here('core/worker-entry.ts'),
        'parquet-worker': here('core/imports/parquet-worker.ts'),
      },
      external: ['electron', 'better-sqlite3'],
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
});
