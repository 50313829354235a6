import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { failure } from '../../../shared/contract/envelope.ts';
import { CALL_CHANNEL } from '../../../shared/contract/ipc-channels.ts';
import type { App } from '../../core/app.ts';
import { isAppUrl } from './app-origin.ts';

/** Whether a message comes from the top frame of our own page. `senderFrame` is read at once: it can go away. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

/** One door for every call. A stranger gets an envelope like everybody else, and nothing is done. */
export function openIpcDoor(ipcMain: Pick<IpcMain, 'handle'>, app: Pick<App, 'call'>): void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) => {
    if (!isTrustedSender(event)) return failure('forbidden', { key: 'call.not_from_page' });
    if (typeof name !== 'string') return failure('unknown_method', { key: 'call.method_missing' });
    return app.call(name, input);
  });
}
