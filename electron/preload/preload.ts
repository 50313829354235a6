/** Two functions on window, and nothing of Electron's: call a method of the contract, hear its events. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Transport } from '../../shared/contract/client.ts';
import { failure } from '../../shared/contract/envelope.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../shared/contract/ipc-channels.ts';

/** The contract's method names, put in by the build so that the schemas stay out of this file. */
declare const METHOD_NAMES: readonly string[];

const names: ReadonlySet<string> = new Set(METHOD_NAMES);

const transport: Transport = Object.freeze({
  call: async (name: string, input: unknown) =>
    names.has(name)
      ? ipcRenderer.invoke(CALL_CHANNEL, name, input)
      : failure('unknown_method', {
          key: 'call.method_unknown',
          values: { method: String(name).slice(0, 100) },
        }),
  subscribe: (listener: (event: AppEvent) => void) => {
    const forward = (_event: unknown, event: AppEvent) => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward);
    };
  },
});

contextBridge.exposeInMainWorld('touchstone', transport);
