import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import product from '../../package.json' with { type: 'json' };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page that a pack becomes without an installed app: one file, with everything in it. */
export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [react(), viteSingleFile({ removeViteModuleLoader: true })],
  // As for the page that hosts serve.
  resolve: { conditions: ['worker', 'module', 'import', 'default'] },
  publicDir: false,
  define: { PRODUCT_VERSION: JSON.stringify(product.version) },
  build: {
    outDir: here('../../dist/pack'),
    emptyOutDir: true,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: 8000,
    target: 'es2023',
    rolldownOptions: {
      input: here('pack.html'),
      // How long parts of the build took is nobody's news at a start.
      checks: { pluginTimings: false },
    },
  },
});
