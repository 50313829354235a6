import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { METHODS } from '../shared/contract/methods.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the preload into the one CommonJS file that a sandboxed window can load. */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  define: { METHOD_NAMES: JSON.stringify(Object.keys(METHODS)) },
  build: {
    outDir: here('../dist/desktop'),
    emptyOutDir: false,
    target: 'chrome140',
    lib: { entry: here('preload/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
    rollupOptions: { external: ['electron'] },
  },
});
