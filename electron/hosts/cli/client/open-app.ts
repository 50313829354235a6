/** The one door of the command line to the app itself. */
import { type App, createApp } from '../../../core/app.ts';
import type { Beside } from '../../../core/context/beside.ts';
import { systemClock, systemEntropy } from '../../../core/ports/system-ports.ts';
import { KeyFile } from '../../key-file.ts';
import { keyFilePath } from '../../store-path.ts';

/** Opens the app in this process, for commands or for the loopback host. */
export function openApp(storePath: string, host: 'in_process' | 'http', beside: Beside = {}): Promise<App> {
  const keys = new KeyFile(keyFilePath('plain'));
  return createApp({ clock: systemClock, entropy: systemEntropy, host, storePath, keys }, beside);
}
