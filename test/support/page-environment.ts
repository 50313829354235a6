/** A window for the page beside the Node that runs the app behind it: modules are loaded as Node's, so that its workers start. */
import { builtinEnvironments, type Environment } from 'vitest/runtime';

export default {
  ...builtinEnvironments['happy-dom'],
  name: 'page',
  viteEnvironment: 'ssr',
} satisfies Environment;
