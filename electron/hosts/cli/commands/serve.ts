import { createApp } from '../../../core/app.ts';
import { systemClock, systemEntropy } from '../../../core/ports/system-ports.ts';
import { type HttpHost, startHttpHost } from '../../http/server.ts';
import { KeyFile } from '../../key-file.ts';
import { keyFilePath } from '../../store-path.ts';
import { ensurePage } from '../launch/page-build.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

/** `touchstone serve`: the loopback host until it is interrupted. `onReady` may open a window on it. */
export async function serveCommand(
  options: { readonly port?: number; readonly onReady?: (host: HttpHost) => Promise<void> },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  await ensurePage(terminal);
  const app = await createApp({
    clock: systemClock,
    entropy: systemEntropy,
    host: 'http',
    storePath,
    keys: new KeyFile(keyFilePath('plain')),
  });
  const host = await startHttpHost(app, options.port === undefined ? {} : { port: options.port });
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  if (options.onReady === undefined) terminal.print(`Open ${host.launchUrl()}`);
  else await options.onReady(host);
  terminal.print(`Store: ${storePath}. Ctrl+C ends Touchstone; every recorded vote is on disk.`);
  await ended;
  await host.close();
  await app.close();
  return EXIT.fine;
}
