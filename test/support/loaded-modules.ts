/** Preloaded into a program with `--import`: prints the address of each module that its main thread loads. */
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  registerHooks({
    load(url, context, nextLoad) {
      process.stdout.write(`${url}\n`);
      return nextLoad(url, context);
    },
  });
