/** Raters whose errors are known are described by the model as they are. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';

const LABELS = ['first', 'second', 'tie', 'both_bad'] as const;

/** What each rater says (columns) where a label is true (rows), by rater. */
const RATERS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  careful: [
    [0.92, 0.02, 0.04, 0.02],
    [0.02, 0.92, 0.04, 0.02],
    [0.05, 0.05, 0.88, 0.02],
    [0.05, 0.05, 0.05, 0.85],
  ],
  'never ties': [
    [0.85, 0.15, 0, 0],
    [0.15, 0.85, 0, 0],
    [0.55, 0.45, 0, 0],
    [0.1, 0.1, 0, 0.8],
  ],
  'prefers first': [
    [0.95, 0.02, 0.02, 0.01],
    [0.35, 0.6, 0.04, 0.01],
    [0.4, 0.05, 0.54, 0.01],
    [0.2, 0.05, 0.05, 0.7],
  ],
  middling: [
    [0.75, 0.1, 0.1, 0.05],
    [0.1, 0.75, 0.1, 0.05],
    [0.15, 0.15, 0.65, 0.05],
    [0.1, 0.1, 0.1, 0.7],
  ],
  clicks: [
    [0.25, 0.25, 0.25, 0.25],
    [0.25, 0.25, 0.25, 0.25],
    [0.25, 0.25, 0.25, 0.25],
    [0.25, 0.25, 0.25, 0.25],
  ],
};
const PRIORS = [0.35, 0.3, 0.2, 0.15];

/** Stated error: of a single cell, and on average, for 3,000 pairs that five raters all label. */
const [MOST, MEAN] = [0.07, 0.02];

describe('the confusion matrices of Dawid and Skene’s model', () => {
  it('are the raters’ own within 0.07 in every cell and 0.02 on average, whoever clicks or never ties', async () => {
    const { unit } = seededRandom('known errors');
    const draw = (shares: readonly number[]) => {
      let left = unit();
      const found = shares.findIndex((share) => {
        left -= share;
        return left < 0;
      });
      return found < 0 ? shares.length - 1 : found;
    };
    const truths = Array.from({ length: 3000 }, () => draw(PRIORS));
    const test = await openTestApp();
    const { studyId } = await importText(
      test.storePath,
      jsonLines(
        truths.map((truth, index) => ({
          id: `p${index}`,
          prompt: `Question ${index}?`,
          a: { system: 'one', text: `a${index}` },
          b: { system: 'two', text: `b${index}` },
          human: Object.entries(RATERS).map(([rater, errors]) => ({
            rater,
            verdict: LABELS[draw(errors[truth] ?? [])],
          })),
        })),
      ),
    );
    const { model } = await test.value('quality.consensus', { studyId: studyId ?? '' });
    if (model === null) throw new Error('there is no model');
    expect(model.classes).toEqual(LABELS);
    model.priors.forEach((prior, label) => {
      expect(Math.abs(prior - (PRIORS[label] ?? 0)), `prior of ${LABELS[label]}`).toBeLessThan(0.03);
    });
    const errors = model.raters.flatMap(({ rater, said }) =>
      said.flatMap((shares, row) =>
        shares.map((share, truth) => {
          const error = Math.abs((share ?? Number.NaN) - (RATERS[rater]?.[truth]?.[row] ?? 0));
          expect(error, `${rater} says ${LABELS[row]} where ${LABELS[truth]} is true`).toBeLessThan(MOST);
          return error;
        }),
      ),
    );
    expect(errors).toHaveLength(5 * 16);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(MEAN);
  });
});
