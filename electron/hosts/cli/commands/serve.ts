import { serveSides } from '../../http/serve-sides.ts';
import type { HttpHost } from '../../http/server.ts';
import { vendorStoreBeside } from '../../store-path.ts';
import type { CliCommand } from '../client/command.ts';
import { openApp } from '../client/open-app.ts';
import { ensurePage } from '../launch/page-build.ts';
import { option } from '../options/option.ts';
import { portNumber } from '../options/option-numbers.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CliCommand<{ readonly port?: number }, undefined> = {
  spec: {
    about: 'serve the app on loopback and print its address',
    options: [option('--port <number>', 'port', portNumber)],
  },
  run: async () => undefined,
  text: () => '',
  next: ({ storePath, terminal }, given) => runServe(given, storePath, terminal),
};

/** The loopback host until it is interrupted. `onReady` may open a window on it. */
export async function runServe(
  options: { readonly port?: number; readonly onReady?: (host: HttpHost) => Promise<void> },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  await ensurePage(terminal);
  const host = await serveSides(
    (side, beside) => openApp(side === 'named' ? storePath : vendorStoreBeside(storePath), 'http', beside),
    options.port === undefined ? {} : { port: options.port },
  );
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  if (options.onReady === undefined) terminal.print(`Open ${host.launchUrl()}`);
  else await options.onReady(host);
  terminal.print(`Store: ${storePath}. Ctrl+C ends Touchstone; every recorded vote is on disk.`);
  await ended;
  await host.close();
  return EXIT.fine;
}
