/** The loopback host of a store, and of the store beside it once a pack is opened there. */
import type { App } from '../../core/app.ts';
import type { Beside } from '../../core/context/beside.ts';
import { type HttpHost, type HttpHostOptions, startHttpHost } from './server.ts';

/** Which store: the one that was named, or the one beside it that packs are worked on in. */
export type Side = 'named' | 'packs';

export interface ServedSides extends HttpHost {
  readonly app: App;
}

/** Serves the named store; the other one gets a port of its own when it is first shown. */
export async function serveSides(
  openSide: (side: Side, beside: Beside) => Promise<App>,
  options: HttpHostOptions = {},
): Promise<ServedSides> {
  let packs: Promise<ServedSides> | null = null;
  const servePacks = (): Promise<ServedSides> => {
    packs ??= openServed('packs', { studies: { show: async () => named.launchUrl() } }).catch(
      (error: unknown) => {
        packs = null;
        throw error;
      },
    );
    return packs;
  };
  const openServed = async (side: Side, beside: Beside): Promise<ServedSides> => {
    const app = await openSide(side, beside);
    const { port: _own, ...shared } = options;
    const host = await startHttpHost(app, side === 'named' ? options : shared);
    return { ...host, app };
  };
  const named = await openServed('named', {
    packs: {
      open: async () => (await servePacks()).app.context,
      show: async () => (await servePacks()).launchUrl(),
    },
  });
  return {
    ...named,
    close: async () => {
      const others = packs === null ? [] : [await packs];
      for (const { close, app } of [...others, named]) {
        await close();
        await app.close();
      }
    },
  };
}
