/** What every transport must do alike. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { App } from '../../electron/core/app.ts';
import { createClient, type Transport } from '../../shared/contract/client.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import { METHODS } from '../../shared/contract/methods.ts';
import { jsonLines, nativeRows } from '../support/comparisons.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export interface Carried {
  readonly app: App;
  readonly transport: Transport;
  close(): Promise<void>;
}

export function contractSuite(name: string, carry: () => Promise<Carried>): void {
  const start = async () => {
    const carried = await carry();
    onTestFinished(() => carried.close());
    return { ...carried, client: createClient(carried.transport) };
  };

  describe(`the contract over ${name}`, () => {
    it('answers an unknown method with an envelope', async () => {
      const { transport } = await start();
      for (const method of ['studies.explode', '__proto__', 'toString', '']) {
        expect(await transport.call(method, {})).toMatchObject({
          ok: false,
          error: { code: 'unknown_method' },
        });
      }
    });

    it('refuses bad input of every method with the field named', async () => {
      const { transport, client } = await start();
      const info = await client.call('host.info', {});
      const isPage = info.ok && info.value.host !== 'in_process';
      for (const [method, { callers }] of Object.entries(METHODS)) {
        // What is a command's alone is not even looked at where a page asks.
        const code = isPage && callers === 'commands' ? 'forbidden' : 'invalid_input';
        const reply = await transport.call(method, { surprise: 1 });
        expect(reply, method).toMatchObject({ ok: false, error: { code, retryable: false } });
        expect(await transport.call(method, null), method).toMatchObject({ ok: false, error: { code } });
      }
    });

    it('draws the seed of sides and order itself, whatever a caller would like', async () => {
      const { client, transport } = await start();
      const created = await client.call('studies.create', { name: 'Drawn' });
      const studyId = created.ok ? created.value.studyId : '';
      const design = { seed: '0123456789abcdef' };
      for (const [method, input] of [
        ['studies.create', { name: 'Chosen', design }],
        ['studies.configure', { studyId, design }],
      ] as const)
        expect(await transport.call(method, input), method).toMatchObject({
          ok: false,
          error: { code: 'invalid_input', message: expect.stringContaining('seed') },
        });
    });

    it('refuses a value that only claims to have a length', async () => {
      const { transport } = await start();
      const strange = { length: { toString: 1 } };
      for (const input of [strange, { name: strange }])
        expect(await transport.call('studies.create', input)).toMatchObject({
          ok: false,
          error: { code: 'invalid_input' },
        });
    });

    it('carries errors with code, message, key and values', async () => {
      const { client } = await start();
      const reply = await client.call('studies.create', { name: 'One' });
      expect(reply.ok).toBe(true);
      expect(await client.call('studies.create', { name: 'One' })).toEqual({
        ok: false,
        error: {
          code: 'already_exists',
          message: 'There is already a study named “One”.',
          key: 'study.exists',
          values: { name: 'One' },
          retryable: false,
        },
      });
    });

    it('gives values that JSON and structured clone carry unchanged', async () => {
      const { client } = await start();
      for (const reply of [
        await client.call('host.info', {}),
        await client.call('studies.addSample', {}),
        await client.call('studies.list', {}),
        await client.call('settings.get', {}),
        await client.call('doctor.report', {}),
        await client.call('mappings.list', {}),
      ]) {
        expect(reply.ok).toBe(true);
        expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
        expect(structuredClone(reply)).toEqual(reply);
      }
    });

    it('takes a rater through begin, vote, retry, undo and vote again', async () => {
      const { client } = await start();
      const study = await client.call('studies.addSample', {});
      if (!study.ok) throw new Error(study.error.message);
      const begun = await client.call('rating.begin', { studyId: study.value.studyId, rater: 'ada' });
      if (!begun.ok) throw new Error(begun.error.message);
      const { session, queue } = begun.value;
      expect(queue).toHaveLength(2);
      const vote = {
        session,
        commandId: crypto.randomUUID(),
        presentationId: queue[0]?.presentationId ?? '',
        answer: 'left' as const,
        viewedMs: 800,
      };
      const recorded = await client.call('rating.submit', vote);
      const repeated = await client.call('rating.submit', vote);
      if (!recorded.ok || !repeated.ok) throw new Error('not recorded');
      expect(repeated.value.receipt).toEqual(recorded.value.receipt);
      expect(repeated.value.progress.done).toBe(1);
      expect(recorded.value.queue[0]).toEqual(queue[1]);
      expect(await client.call('rating.submit', { ...vote, commandId: crypto.randomUUID() })).toMatchObject({
        ok: false,
        error: { code: 'presentation_closed' },
      });
      const undone = await client.call('rating.undo', { session, commandId: crypto.randomUUID() });
      if (!undone.ok) throw new Error(undone.error.message);
      expect(undone.value.queue[0]).toEqual(queue[0]);
      const again = await client.call('rating.submit', {
        ...vote,
        commandId: crypto.randomUUID(),
        answer: 'tie',
      });
      expect(again).toMatchObject({ ok: true, value: { progress: { done: 1 } } });
    });

    it('announces changes and jobs to subscribers until they leave', async () => {
      const { client, app } = await start();
      const path = join(temporaryFolder(), 'rows.jsonl');
      writeFileSync(path, jsonLines(nativeRows(5)));
      const events: AppEvent[] = [];
      const unsubscribe = client.subscribe((event) => events.push(event));
      await expect
        .poll(async () => {
          await client.call('settings.put', { linkedScrolling: true });
          return events.length;
        })
        .toBeGreaterThan(0);
      const { uploadId } = app.context.files.addFile(path);
      const started = await client.call('imports.start', {
        uploads: [uploadId],
        studyName: 'S',
        dryRun: false,
      });
      if (!started.ok) throw new Error(started.error.message);
      await expect
        .poll(() => events.some((event) => event.type === 'job' && event.state === 'done'))
        .toBe(true);
      const job = await client.call('jobs.get', { jobId: started.value.jobId });
      expect(job).toMatchObject({
        ok: true,
        value: { state: 'done', result: { counts: { pairsAdded: 5 } } },
      });
      unsubscribe();
      const count = events.length;
      const others: AppEvent[] = [];
      const leave = client.subscribe((event) => others.push(event));
      await expect
        .poll(async () => {
          await client.call('settings.put', { linkedScrolling: false });
          return others.length;
        })
        .toBeGreaterThan(0);
      leave();
      expect(events.length).toBe(count);
    });
  });
}
