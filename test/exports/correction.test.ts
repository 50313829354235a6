/** What corrects a judge, and the way to apply it that its page gives: run as it stands there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import type { JudgeCorrection } from '../../shared/card/correction/judge-correction.ts';
import { SurenessCollector } from '../../shared/judge/sureness.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { isotonicValue } from '../../shared/stats/calibration/isotonic.ts';
import { predictionPoweredMean } from '../../shared/stats/correction/prediction-powered.ts';
import { roganGladen } from '../../shared/stats/correction/rogan-gladen.ts';
import { type JudgmentScore, scoreColumns } from '../../shared/study/judgment-score.ts';
import { CODE } from '../../shared/study/verdict-codes.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { python, pythonIsHere } from '../support/python.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A judge that is right the more often the surer it is; each item has one pair. */
const random = seededRandom('correction');
const ROWS = Array.from({ length: 300 }, (_, index) => {
  const truth = (['first', 'second', 'tie'] as const)[random.below(3)] ?? 'tie';
  const score = random.below(100) / 100;
  const isRight = random.below(100) < 40 + 60 * score;
  const verdict = isRight ? truth : truth === 'first' ? 'second' : 'first';
  return {
    id: `p-${index}`,
    prompt: `Question ${index}?`,
    a: { system: 'apple', text: `A ${index}` },
    b: { system: 'zebra', text: `B ${index}` },
    ...(index < 200 ? { human: [{ rater: 'ann', verdict: truth }] } : {}),
    judge: [{ judge: 'judge', order: 'both', verdict, score: { kind: 'verdict_probability', value: score } }],
  };
});

const SURENESS_OF: [JudgmentScore[], 'first' | 'second' | 'tie'][] = [
  [[{ kind: 'verdict_probability', value: 0.75 }], 'second'],
  [[{ kind: 'first_probability', value: 0.25 }], 'second'],
  [[{ kind: 'first_probability', value: 0.25 }], 'tie'],
  [[{ kind: 'preference', value: 1.25, first: 1, second: 2 }], 'first'],
  [[{ kind: 'preference', value: 1.25, first: 2, second: 1 }], 'second'],
  [[{ kind: 'preference', value: 1.25, first: 1, second: 2 }], 'second'],
  [[{ kind: 'preference', value: 1.75, first: 1, second: 2 }], 'tie'],
  [
    [
      { kind: 'points', first: 3, second: 8 },
      { kind: 'points', first: 4, second: 8 },
    ],
    'second',
  ],
  [[{ kind: 'sureness', value: 40 }], 'first'],
  [[0.9], 'first'],
];

/** What the product makes of the scores of one pair. */
function surenessOf(scores: readonly JudgmentScore[], verdict: 'first' | 'second' | 'tie'): number | null {
  const collector = new SurenessCollector(1);
  collector.take(
    0,
    scores.map((score) => scoreColumns(score)),
    CODE[verdict],
  );
  const value = collector.column()?.values[0] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

async function exportedSet() {
  const { storePath } = await openTestApp();
  const { studyId } = await importText(storePath, jsonLines(ROWS));
  const folder = join(temporaryFolder(), 'set');
  await runExport({ storePath, studyId: studyId ?? '', format: 'native', folder }, NO_CONTROLS);
  const { judges } = JSON.parse(readFileSync(join(folder, 'correction.json'), 'utf8')) as {
    judges: JudgeCorrection[];
  };
  const card = JSON.parse(readFileSync(join(folder, 'agreement-card.json'), 'utf8')) as {
    cards: { parts: { name: string; figures: { measure: string; row: string; value: number | null }[] }[] }[];
  };
  const figure = (measure: string, row: string) =>
    card.cards[0]?.parts
      .flatMap(({ figures }) => figures)
      .find((each) => each.measure === measure && each.row === row)?.value;
  const [judge] = judges;
  if (judge === undefined) throw new Error('no judge was written');
  return { folder, judge, figure };
}

const winOf = (verdict: string | undefined) => (verdict === 'first' ? 1 : verdict === 'second' ? 0 : 0.5);
const LABELLED = ROWS.slice(0, 200);
const UNLABELLED = ROWS.slice(200);
const judgedIn = (rows: typeof ROWS) => rows.map(({ judge }) => judge[0]?.verdict);

describe('correction.json', () => {
  it('counts how the judge errs, by label, and about each system', async () => {
    const { judge } = await exportedSet();
    const counted = (people: string, said: string) =>
      LABELLED.filter((row) => row.human?.[0]?.verdict === people && row.judge[0]?.verdict === said).length;
    expect(judge.confusion).toHaveLength(9);
    for (const { people, judge: said, pairs, ofPairs, share } of judge.confusion ?? []) {
      expect(pairs).toBe(counted(people, said));
      expect(ofPairs).toBe(['first', 'second', 'tie'].reduce((sum, each) => sum + counted(people, each), 0));
      expect(share).toMatchObject({ value: pairs / ofPairs, method: 'Wilson' });
    }
    expect(judge.systems?.map(({ system }) => system)).toEqual([null, 'apple', 'zebra']);
    const [all, apple, zebra] = judge.systems ?? [];
    expect(apple?.winsOutright.truePositives).toBe(counted('first', 'first'));
    expect(zebra?.winsOutright.falsePositives).toBe(counted('first', 'second') + counted('tie', 'second'));
    expect(all?.winsOutright.truePositives).toBe(counted('first', 'first') + counted('second', 'second'));
  });

  it('maps sureness to agreement on one split and says how good it is on the other', async () => {
    const { judge } = await exportedSet();
    const knots = judge.confidence?.knots ?? [];
    expect(knots.length).toBeGreaterThan(3);
    for (const [place, knot] of knots.slice(1).entries()) {
      expect(knot.score).toBeGreaterThan(knots[place]?.score ?? 1);
      expect(knot.agreement).toBeGreaterThanOrEqual(knots[place]?.agreement ?? 1);
    }
    expect((judge.confidence?.fittedOnPairs ?? 0) + (judge.confidence?.brierOnTest?.pairs ?? 0)).toBe(200);
    expect(judge.confidence?.brierOnTest?.after).toBeLessThan(judge.confidence?.brierOnTest?.before ?? 0);
    expect(judge.deferral?.map(({ errorAtMost }) => errorAtMost)).toEqual([0.02, 0.05, 0.1, 0.2]);
  });
});

describe.skipIf(!pythonIsHere)('docs/correction.md (where there is a python3)', () => {
  it('applies it as the product itself does', async () => {
    const { folder, judge, figure } = await exportedSet();
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'correction.md'), 'utf8');
    const [, program] = /```python\n([\s\S]*?)```/u.exec(page) ?? [];
    expect(program).toContain('def rogan_gladen');
    const wins = judgedIn(UNLABELLED).filter((verdict) => verdict === 'first').length;
    const scores = judgedIn(UNLABELLED).map(winOf);
    const use = `
import sys
path = sys.argv[1]
apple = correction(path, "judge", "apple")
entry = json.load(open(path, encoding="utf-8"))["judges"][0]
print(json.dumps({
  "rate": rogan_gladen(apple, ${wins}, ${UNLABELLED.length}),
  "mean": prediction_powered(apple, ${JSON.stringify(scores)}),
  "sure": [confidence(entry, s / 50) for s in range(-5, 60)],
  "sureness": [sureness(*each) for each in json.loads(${JSON.stringify(JSON.stringify(SURENESS_OF))})],
  "left": [left_to_the_judge(entry, s / 50, 0.2) for s in range(51)],
}))`;
    const { status, stdout, stderr } = python(['-', join(folder, 'correction.json')], `${program}${use}`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const applied = JSON.parse(stdout) as {
      rate: number;
      mean: number[];
      sure: number[];
      sureness: (number | null)[];
      left: boolean[];
    };
    expect(applied.sureness).toEqual(SURENESS_OF.map(([scores, verdict]) => surenessOf(scores, verdict)));

    const rates = judge.systems?.[1]?.winsOutright;
    if (rates === undefined) throw new Error('no rates');
    const corrected = roganGladen({ ...rates, unlabelledPositives: wins, unlabelled: UNLABELLED.length });
    expect(applied.rate).toBeCloseTo(corrected.defined ? corrected.value : Number.NaN, 12);
    expect(applied.rate).toBeCloseTo(figure('rogan_gladen', 'apple') ?? Number.NaN, 12);

    const powered = predictionPoweredMean(
      {
        labels: LABELLED.map(({ human }) => winOf(human?.[0]?.verdict)),
        scores: judgedIn(LABELLED).map(winOf),
        unlabelledScores: scores,
      },
      'tuned',
    );
    if (!powered.defined) throw new Error(powered.reason);
    const { value, interval } = powered;
    for (const [place, expected] of [value, interval.low, interval.high].entries())
      expect(applied.mean[place]).toBeCloseTo(expected, 12);
    expect(applied.mean[0]).toBeCloseTo(figure('ppi_win_rate', 'apple') ?? Number.NaN, 12);

    const knots = judge.confidence?.knots ?? [];
    const fit = {
      scores: Float64Array.from(knots, ({ score }) => score),
      values: Float64Array.from(knots, ({ agreement }) => agreement),
    };
    expect(applied.sure).toHaveLength(65);
    for (const [place, found] of applied.sure.entries())
      expect(found).toBeCloseTo(isotonicValue(fit, (place - 5) / 50), 12);
    const least = judge.deferral?.find(({ errorAtMost }) => errorAtMost === 0.2)?.scoreAtLeast ?? null;
    expect(least).not.toBeNull();
    expect(applied.left).toEqual(Array.from({ length: 51 }, (_, place) => place / 50 >= (least ?? 2)));
  });
});
