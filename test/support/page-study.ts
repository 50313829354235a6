/** A study in a real app that the page of a test is connected to. */
import { forgetQueries, watchQueries } from '../../renderer/state/query.ts';
import type { InputOf } from '../../shared/contract/methods.ts';
import { importText, jsonLines } from './comparisons.ts';
import { openTestApp, type TestApp } from './open-app.ts';
import { connectPage } from './page-door.ts';
import { qualityRows } from './simulated-rater.ts';

export interface PageStudy extends TestApp {
  readonly studyId: string;
}

/** An app whose only study has some pairs of two systems, and the page connected to it. */
export async function openPageStudy(
  design: InputOf<'studies.configure'>['design'] = {},
  rows: readonly unknown[] = qualityRows(8, 2),
): Promise<PageStudy> {
  const app = await openTestApp();
  const { studyId } = await importText(app.storePath, jsonLines(rows));
  if (studyId === null) throw new Error('nothing was imported');
  await app.value('studies.configure', { studyId, design: { minimumViewingMs: 0, ...design } });
  connectPage(app.app);
  // As the page does once when it begins, and without what an earlier test's page was answered.
  forgetQueries();
  watchQueries();
  return { ...app, studyId };
}
