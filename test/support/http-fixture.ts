/** A loopback host over a store of its own, for tests that go through HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import { serveSides } from '../../electron/hosts/http/serve-sides.ts';
import type { HttpHost } from '../../electron/hosts/http/server.ts';
import { KeyFile } from '../../electron/hosts/key-file.ts';

export interface HttpFixture {
  readonly folder: string;
  readonly app: App;
  readonly host: HttpHost;
  close(): Promise<void>;
}

const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };

export async function startHttpFixture(options: { readonly withPage?: boolean } = {}): Promise<HttpFixture> {
  if (options.withPage === true) await ensurePage(SILENT);
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-test-'));
  const keys = new KeyFile(join(folder, 'keys', 'keys.json'));
  const ports = { clock: systemClock, entropy: systemEntropy, host: 'http', keys } as const;
  const host = await serveSides((side, beside) =>
    createApp(
      { ...ports, storePath: join(folder, side === 'named' ? 'store.sqlite' : 'store.packs.sqlite') },
      beside,
    ),
  );
  return {
    folder,
    app: host.app,
    host,
    close: async () => {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
