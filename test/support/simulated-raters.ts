/** A study rated through the real services by raters whose faults are known. */
import type { RaterReport } from '../../shared/contract/quality-methods.ts';
import { importText, jsonLines } from './comparisons.ts';
import { openTestApp, type TestApp } from './open-app.ts';
import { qualityRows, type RaterHabits, workSession } from './simulated-rater.ts';

export const HONEST: RaterHabits = { skill: 0.85, viewedMs: 6000 };

/** What a fault makes of an honest rater, and the warning that is to tell of it. */
export const FAULTS = {
  clicks: { habits: { ...HONEST, skill: 0, leftBias: 0.5 }, about: 'outlier' },
  prefersLeft: { habits: { ...HONEST, skill: 0.5, leftBias: 1 }, about: 'side' },
  hurries: { habits: { ...HONEST, viewedMs: 300 }, about: 'too_fast' },
  tires: { habits: { ...HONEST, skill: 0.95, fatigue: 0.006 }, about: 'drift' },
} as const satisfies Record<string, { readonly habits: RaterHabits; readonly about: string }>;

/** Imports one study, rates it to its end and returns what is said of its raters. */
export async function ratedStudy(
  raters: Readonly<Record<string, RaterHabits>>,
  { pairs, seed, app }: { readonly pairs: number; readonly seed: string; readonly app?: TestApp },
): Promise<{ readonly test: TestApp; readonly studyId: string; readonly reports: readonly RaterReport[] }> {
  const test = app ?? (await openTestApp());
  const rows = qualityRows(pairs, 3, seed);
  const { studyId } = await importText(test.storePath, jsonLines(rows), { study: `Study ${seed}` });
  const id = studyId ?? '';
  return { test, studyId: id, reports: await rateStudy(test, id, rows, raters) };
}

/** Rates a study of {@link qualityRows} to its end, with checks among its pairs, and returns what is said of its raters. */
export async function rateStudy(
  test: TestApp,
  studyId: string,
  rows: readonly Record<string, unknown>[],
  raters: Readonly<Record<string, RaterHabits>>,
): Promise<readonly RaterReport[]> {
  await test.value('design.addKnownAnswers', {
    studyId,
    answers: rows.slice(0, 20).map((row, index) => ({
      pair: `pair-${index}`,
      stage: 'gold' as const,
      verdict: truthOf(row),
    })),
  });
  await test.value('studies.configure', {
    studyId,
    design: {
      minimumViewingMs: 0,
      checks: { repeatShare: 0.08, catchShare: 0.08, goldShare: 0.08, repeatGap: 10 },
    },
  });
  for (const [name, habits] of Object.entries(raters)) await workSession(test, studyId, name, 10_000, habits);
  return test.value('quality.raters', { studyId });
}

function truthOf(row: Record<string, unknown>): 'first' | 'second' | 'tie' {
  const quality = (side: unknown) => Number(/quality (\d+)/u.exec(JSON.stringify(side))?.[1]);
  const [one, two] = [quality(row.a), quality(row.b)];
  return one === two ? 'tie' : one > two ? 'first' : 'second';
}
