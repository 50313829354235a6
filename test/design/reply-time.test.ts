/** How long a reply takes says nothing of what it brings: the time a check takes to find is spent after the reply before. */
import { describe, expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows } from '../support/simulated-rater.ts';

describe('a reply', () => {
  it('opens no presentation: what it shows was open before', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(300)));
    const id = studyId ?? '';
    await test.value('studies.configure', {
      studyId: id,
      design: { checks: { repeatShare: 0.2, catchShare: 0.2, goldShare: 0, repeatGap: 10 } },
    });
    const { session, ...begun } = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    let { queue } = begun;
    const store = new Store(test.storePath, { readonly: true });
    const open = () =>
      store
        .query<{ id: string }>(
          'SELECT public_id AS id FROM presentations WHERE is_open = 1 ORDER BY position',
        )
        .all()
        .map((row) => row.id);
    for (let votes = 0; votes < 120; votes++) {
      const before = open();
      expect(before).toHaveLength(3);
      ({ queue } = await test.value('rating.submit', {
        session,
        commandId: crypto.randomUUID(),
        presentationId: queue[0]?.presentationId ?? '',
        answer: 'left',
        viewedMs: 500,
      }));
      expect(queue.map(({ presentationId }) => presentationId)).toEqual(before.slice(1));
      await expect.poll(open, { interval: 2 }).toHaveLength(3);
    }
    const kinds = store.query<{ kind: string }>('SELECT DISTINCT kind FROM presentations').all();
    store.close();
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ordinary', 'repeat', 'identical', 'off_topic']),
    );
  });
});
