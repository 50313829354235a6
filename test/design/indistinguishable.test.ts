/**
 * Checks look like work: a classifier that is given what the page receives, but for the meaning of the texts, guesses no
 * better than chance. What it is not given: whether two texts of one pair are the same (a pair of one output twice must
 * show that), and memory of earlier texts (a repeat must be what it repeats).
 */
import { describe, expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { logisticRegression } from '../../shared/stats/regression/logistic-regression.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { tries } from '../support/tries.ts';

const GAP = 20;

/** What there is to go by: ids, places, sizes, looks of the texts, and the raw reply. */
function featuresOf(pair: BlindPresentation, place: number): number[] {
  const id = pair.presentationId;
  const text = (side: BlindPresentation['left']) => side.map(({ content }) => content).join('\n');
  const [task, left, right] = [text(pair.task), text(pair.left), text(pair.right)];
  return [
    Number.parseInt(id.slice(0, 2), 16) / 256,
    Number.parseInt(id.slice(-2), 16) / 256,
    new Set(id).size / 16,
    (place % 10) / 10,
    place / 400,
    task.length / 20,
    left.length / 100,
    right.length / 100,
    JSON.stringify(pair).length / 300,
    Object.keys(pair).length,
    (left.match(/more/gu)?.length ?? 0) / 8,
    (right.match(/more/gu)?.length ?? 0) / 8,
  ];
}

/** Area under the curve: how often a check scores above an ordinary pair. */
function areaUnderCurve(scores: readonly number[], labels: readonly boolean[]): number {
  const [checks, others] = [true, false].map((wanted) =>
    scores.filter((_score, index) => labels[index] === wanted),
  );
  let above = 0;
  for (const one of checks ?? [])
    for (const two of others ?? []) above += one > two ? 1 : one === two ? 0.5 : 0;
  return above / ((checks?.length ?? 0) * (others?.length ?? 0));
}

describe('checks', () => {
  it('cannot be told from ordinary pairs better than chance', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(600)));
    const id = studyId ?? '';
    await test.value('design.addKnownAnswers', {
      studyId: id,
      answers: Array.from({ length: 60 }, (_answer, index) => ({
        pair: `pair-${index * 10}`,
        stage: 'gold' as const,
        verdict: 'first' as const,
      })),
    });
    await test.value('studies.configure', {
      studyId: id,
      design: {
        checks: { repeatShare: 0.12, catchShare: 0.12, goldShare: 0.1, repeatGap: GAP },
        blockSize: 50,
      },
    });
    const rows: { readonly features: number[]; readonly publicId: string }[] = [];
    for (const rater of ['ada', 'ben', 'cyd']) {
      const { shown } = await workSession(test, id, rater, tries(300, 400), { skill: 0.9, skips: 0.02 });
      // Before the gap nothing can repeat, and nobody could take it for a repeat.
      shown.forEach((pair, place) => {
        if (place > GAP + 5) rows.push({ features: featuresOf(pair, place), publicId: pair.presentationId });
      });
    }
    const store = new Store(test.storePath, { readonly: true });
    const kinds = new Map(
      store
        .query<{ publicId: string; kind: string }>('SELECT public_id AS publicId, kind FROM presentations')
        .all()
        .map(({ publicId, kind }) => [publicId, kind]),
    );
    store.close();
    const { unit } = seededRandom('folds');
    for (const kind of ['repeat', 'gold', 'off_topic', 'any']) {
      const usable = rows.filter(({ publicId }) => {
        const is = kinds.get(publicId);
        return is === 'ordinary' || is === kind || (kind === 'any' && is !== 'identical');
      });
      const labels = usable.map(({ publicId }) => kinds.get(publicId) !== 'ordinary');
      const checks = labels.filter(Boolean).length;
      expect(checks, kind).toBeGreaterThan(40);
      const isTrain = usable.map(() => unit() < 0.5);
      const scores: number[] = [];
      const judged: boolean[] = [];
      const means = usable[0]?.features.map(
        (_value, column) =>
          usable.reduce((sum, { features }) => sum + (features[column] ?? 0), 0) / usable.length,
      );
      const spreads = means?.map((mean, column) =>
        Math.sqrt(
          usable.reduce((sum, { features }) => sum + ((features[column] ?? 0) - mean) ** 2, 0) /
            usable.length,
        ),
      );
      const scaled = usable.map(({ features }) =>
        features.flatMap((value, column) => {
          const spread = spreads?.[column] ?? 0;
          return spread < 1e-9 ? [] : [(value - (means?.[column] ?? 0)) / spread];
        }),
      );
      const training = scaled.filter((_row, index) => isTrain[index]).map((row) => [1, ...row]);
      const fit = logisticRegression(
        {
          predictors: Float64Array.from(training.flat()),
          columns: training[0]?.length ?? 1,
          outcome: labels.filter((_label, index) => isTrain[index]).map(Number),
        },
        { ridge: 1 },
      );
      if (!fit.defined) throw new Error(fit.reason);
      scaled.forEach((row, index) => {
        if (isTrain[index]) return;
        scores.push([1, ...row].reduce((sum, value, at) => sum + value * (fit.coefficients[at] ?? 0), 0));
        judged.push(labels[index] ?? false);
      });
      const area = areaUnderCurve(scores, judged);
      const held = judged.filter(Boolean).length;
      // The error of an area of one half under no difference.
      const error = Math.sqrt((judged.length + 1) / (12 * held * (judged.length - held)));
      expect(Math.abs(area - 0.5), `${kind}: ${area.toFixed(3)} ± ${error.toFixed(3)}`).toBeLessThan(
        3.5 * error,
      );
    }
  });
});
