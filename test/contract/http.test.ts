import { readServerSentEvents } from '../../renderer/api/server-sent-events.ts';
import type { Transport } from '../../shared/contract/client.ts';
import type { Envelope } from '../../shared/contract/envelope.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { launchToken } from '../support/raw-http.ts';
import { contractSuite } from './contract-suite.ts';

contractSuite('loopback HTTP', async () => {
  const fixture = await startHttpFixture();
  const { origin, port } = fixture.host;
  const authorization = `Bearer ${await launchToken(port, fixture.host.launchUrl())}`;
  const transport: Transport = {
    call: async (name, input) => {
      const response = await fetch(`${origin}/api/${encodeURIComponent(name === '' ? ' ' : name)}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Envelope<unknown>;
    },
    subscribe: (listener) => {
      const abort = new AbortController();
      void (async () => {
        const response = await fetch(`${origin}/events`, {
          headers: { authorization },
          signal: abort.signal,
        });
        if (response.body === null) return;
        for await (const data of readServerSentEvents(response.body)) listener(JSON.parse(data) as AppEvent);
      })().catch(() => undefined);
      return () => abort.abort();
    },
  };
  return { app: fixture.app, transport, close: () => fixture.close() };
});
