import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Transport } from '../../shared/contract/client.ts';
import { failure } from '../../shared/contract/envelope.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import { CardComputations } from './card/card-computations.ts';
import type { AppContext } from './context/app-context.ts';
import type { Beside } from './context/beside.ts';
import { HandedFiles } from './context/handed-files.ts';
import { dispatch } from './dispatch.ts';
import { removeAbandonedFolders } from './files/private-folder.ts';
import { clearAbandoned } from './files/unfinished.ts';
import { packHostOf } from './packs/store-pack-host.ts';
import { isVendorStore } from './packs/vendor-store.ts';
import type { AppPorts } from './ports/ports.ts';
import { openStore } from './store/engine/open-store.ts';
import { listStudies } from './store/study/studies.ts';
import { Jobs } from './work/jobs.ts';
import { forgetInWorker } from './work/run-in-worker.ts';

/** Where things are written beside a store when nobody says where. */
const OUTPUT_FOLDERS = ['backups', 'exports', 'packs', 'returns'];

/** The whole product without a face: calls in, envelopes out, events announced. */
export interface App extends Transport {
  readonly context: AppContext;
  /** Hands over a file that was opened with the app; its windows ask for it. */
  handFile(path: string): void;
  /** Stops what runs, waits for it to end, and closes the store. Calls made meanwhile are refused. Calling it twice does nothing more. */
  close(): Promise<void>;
}

/**
 * Opens the store and answers calls. Throws a ServiceError when the store cannot be used; the host decides
 * how to show it.
 */
export async function createApp(ports: AppPorts, beside: Beside = {}): Promise<App> {
  removeAbandonedFolders();
  for (const folder of ['.', ...OUTPUT_FOLDERS]) clearAbandoned(join(dirname(ports.storePath), folder));
  const store = await openStore(ports.storePath, ports.clock);
  const listeners = new Set<(event: AppEvent) => void>();
  const announce = (event: AppEvent) => {
    for (const listener of listeners) listener(event);
  };
  const context: AppContext = {
    ports,
    store,
    files: new HandedFiles(ports.entropy),
    jobs: new Jobs(ports.clock, ports.entropy, announce),
    cards: new CardComputations(),
    packs: packHostOf(store, ports),
    beside,
    announce,
  };
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  const end = async () => {
    context.jobs.cancelAll();
    context.cards.cancelAll();
    await Promise.all(running);
    // Calls that ran until now may have left work behind them.
    await context.jobs.waitForEnd();
    context.files.close();
    await forgetInWorker();
    store.close();
    if (store.readOnlyOf !== null) rmSync(dirname(store.path), { recursive: true, force: true });
  };
  return {
    context,
    call: (name, input) => {
      if (closing !== null) return Promise.resolve(failure('store_unavailable', { key: 'call.closing' }));
      const call = dispatch(context, name, input);
      running.add(call);
      void call.finally(() => running.delete(call));
      return call;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handFile: (path) => {
      context.files.handOver(path);
      announce({ type: 'handed' });
    },
    close: () => {
      closing ??= end();
      return closing;
    },
  };
}

/** Whether a store is a lead's with studies in it: packs are worked on elsewhere. */
export function hasStudies({ context }: App): boolean {
  return !isVendorStore(context.store) && listStudies(context.store).length > 0;
}
