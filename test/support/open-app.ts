import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, createApp } from '../../electron/core/app.ts';
import type { AppPorts, Clock, EndpointKeys, Entropy } from '../../electron/core/ports/ports.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { createClient } from '../../shared/contract/client.ts';
import type { InputOf, MethodName, ReplyOf } from '../../shared/contract/methods.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestApp {
  readonly app: App;
  readonly storePath: string;
  /** Calls a method and returns its value; a failure fails the test. */
  value<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<ReplyOf<Name>>;
}

/** Keys that are forgotten with the test. */
function memoryKeys(): EndpointKeys {
  const keys = new Map<string, string>();
  return {
    read: async (origin) => keys.get(origin) ?? null,
    write: async (origin, key) => void keys.set(origin, key),
    remove: async (origin) => void keys.delete(origin),
    origins: async () => [...keys.keys()],
  };
}

/** An app in this process over a store of its own, closed when the test ends. */
export async function openTestApp(
  storePath = join(temporaryFolder(), 'store.sqlite'),
  clock: Clock = systemClock,
  entropy: Entropy = systemEntropy,
  host: AppPorts['host'] = 'in_process',
): Promise<TestApp> {
  const app = await createApp({
    clock,
    entropy,
    host,
    storePath,
    keys: memoryKeys(),
  });
  onTestFinished(() => app.close());
  const client = createClient(app);
  return {
    app,
    storePath,
    value: async (name, input) => {
      const reply = await client.call(name, input);
      if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
      return reply.value;
    },
  };
}
