/** PandaLM's figures straight from its files: people among themselves, judges against them, slices, the annotator test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fleissKappa } from '../../shared/stats/many-raters/fleiss-kappa.ts';
import { gwetsACOfMany } from '../../shared/stats/many-raters/gwets-ac-many.ts';
import { krippendorffAlpha } from '../../shared/stats/many-raters/krippendorff-alpha.ts';
import { pairwiseAgreement } from '../../shared/stats/many-raters/pairwise-agreement.ts';
import { ratingMatrix } from '../../shared/stats/many-raters/rating-matrix.ts';
import { unitCounts } from '../../shared/stats/many-raters/unit-counts.ts';
import { winRate } from '../../shared/stats/proportion/win-rate.ts';
import { alternativeAnnotatorTest } from '../../shared/stats/substitution/alternative-annotator-test.ts';
import { averagedScores } from '../../shared/stats/two-raters/class-scores.ts';
import { cohensKappa } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { scottsPi } from '../../shared/stats/two-raters/scotts-pi.ts';
import { tableOfLabels } from '../../shared/stats/two-raters/table-of-labels.ts';
import { realDataFolder } from '../support/real-data.ts';

const folder = realDataFolder('pandalm');

/** Places on the ordered scale first, tie, second; −1 where nothing could be read. */
const CODES: Readonly<Record<string, number>> = { 1: 0, 0: 1, Tie: 1, 2: 2, garbage: -1 };

interface Row {
  readonly cmp_key: string;
  readonly [field: string]: string | number;
}

interface Figures {
  readonly n: number;
  readonly kappa: number;
  readonly se: number;
  readonly ci95: readonly [number, number];
}

const near = (value: number) => ({ value: expect.closeTo(value, 12) });

describe.runIf(folder !== null)('PandaLM’s figures', () => {
  const read = (name: string) =>
    folder === null ? [] : (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Row[]);
  const expected = folder === null ? null : JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const rows = read('testset-v1.json');
  const codesOf = (all: readonly Row[], field: string) => all.map((row) => CODES[String(row[field])] ?? -1);
  const votes = ['annotator1', 'annotator2', 'annotator3'].map((field) => codesOf(rows, field));
  const panda = codesOf(read('pandalm-7b-testset-v1.json'), 'pandalm_result');
  const turbo = codesOf(read('gpt-3.5-turbo-testset-v1.json'), 'gpt_result');
  const turboAsTie = turbo.map((code) => (code < 0 ? 1 : code));
  const majority = rows.map((_row, index) => {
    const [first = 0, second = 0, third = 0] = votes.map((codes) => codes[index] ?? -1);
    return first === second || first === third ? first : second;
  });

  function expectKappa(gold: number[], verdicts: number[], figures: Figures): void {
    const kappa = cohensKappa(tableOfLabels(gold, verdicts, 3));
    if (!kappa.defined) throw new Error(kappa.reason);
    expect(kappa.n).toBe(figures.n);
    expect(kappa.value).toBeCloseTo(figures.kappa, 12);
    if (figures.se === undefined) return;
    expect(kappa.standardError).toMatchObject(near(figures.se));
    expect(kappa.interval?.low).toBeCloseTo(figures.ci95[0], 10);
    expect(kappa.interval?.high).toBeCloseTo(figures.ci95[1], 10);
  }

  it('people among themselves', () => {
    const counts = unitCounts(
      ratingMatrix(
        rows.map((_row, at) => votes.map((codes) => codes[at] ?? null)),
        3,
      ),
    );
    expect(fleissKappa(counts)).toMatchObject(near(expected.human.fleiss_kappa));
    expect(krippendorffAlpha(counts, 'nominal')).toMatchObject(
      near(expected.human.krippendorff_alpha_nominal),
    );
    expect(krippendorffAlpha(counts, 'ordinal')).toMatchObject(
      near(expected.human.krippendorff_alpha_ordinal_A_tie_B),
    );
    expect(gwetsACOfMany(counts)).toMatchObject(near(expected.human.gwet_ac1));
    expect(pairwiseAgreement(counts)).toMatchObject(near(expected.human.mean_pairwise_agreement));
  });

  it('judges against the majority, with the published scores', () => {
    const judges = expected.judges_vs_majority;
    const asTie = judges['gpt-3.5-turbo']['unparsed counted as tie (this is what the published table did)'];
    for (const [verdicts, figures] of [
      [panda, judges['pandalm-7b']],
      [turboAsTie, asTie],
      [turbo, judges['gpt-3.5-turbo']['unparsed dropped']],
    ] as const) {
      const table = tableOfLabels(majority, verdicts, 3);
      expectKappa(majority, verdicts, figures.cohen);
      const scores = averagedScores(table, 'macro');
      if (!scores.defined) throw new Error(scores.reason);
      expect(scores.precision).toBeCloseTo(figures.macro_precision, 12);
      expect(scores.recall).toBeCloseTo(figures.macro_recall, 12);
      expect(scores.f1).toBeCloseTo(figures.macro_f1, 12);
      if (figures.scott_pi !== undefined) expect(scottsPi(table)).toMatchObject(near(figures.scott_pi));
    }
    const own = cohensKappa(
      tableOfLabels(
        majority,
        turbo.map((code) => (code < 0 ? 3 : code)),
        4,
      ),
    );
    expect(own).toMatchObject(near(judges['gpt-3.5-turbo']['unparsed as its own category'].cohen.kappa));
    expectKappa(panda, turboAsTie, expected['judge_vs_judge(unparsed=tie)']);
  });

  it('judges against each annotator, and where both sides decide', () => {
    for (const [index, codes] of votes.entries()) {
      const name = `annotator${index + 1}`;
      expectKappa(codes, panda, expected.judges_vs_each_annotator['pandalm-7b'][name]);
      expectKappa(codes, turboAsTie, expected.judges_vs_each_annotator['gpt-3.5-turbo(unparsed=tie)'][name]);
    }
    const decided = (codes: number[]) => codes.map((code) => (code === 1 ? -1 : code / 2));
    for (const [name, verdicts] of [
      ['pandalm-7b', panda],
      ['gpt-3.5-turbo', turbo],
    ] as const) {
      const kappa = cohensKappa(
        tableOfLabels(
          decided(majority),
          decided(verdicts).map((code) => Math.max(-1, code)),
          2,
        ),
      );
      const figures = expected.decisive_only[name];
      expect(kappa.n).toBe(figures.n);
      expect(kappa).toMatchObject({ ...near(figures.kappa), standardError: near(figures.se) });
    }
  });

  it('the alternative annotator test', () => {
    const byItem = (codes: number[]) => new Map(codes.map((code, item) => [item, code]));
    for (const [name, verdicts] of [
      ['pandalm-7b', panda],
      ['gpt-3.5-turbo(unparsed=tie)', turboAsTie],
    ] as const) {
      for (const figures of expected.alt_test[name]) {
        const test = alternativeAnnotatorTest(votes.map(byItem), byItem(verdicts), {
          scoring: 'accuracy',
          epsilon: figures.epsilon,
        });
        if (!test.defined) throw new Error(test.reason);
        expect(test.winningRate).toBe(figures.winning_rate);
        expect(test.advantageProbability).toBeCloseTo(figures.advantage_probability, 12);
        for (const { annotator, judgeWins } of test.comparisons) {
          expect(judgeWins).toBeCloseTo(figures.per_annotator_advantage[`annotator${annotator + 1}`], 12);
        }
      }
    }
  });

  it('slices by pair of models, and win rates', () => {
    const wins = new Map<string, [number, number, number]>();
    rows.forEach(({ cmp_key }, index) => {
      const [first = '', ...rest] = cmp_key.split('_');
      const verdict = majority[index] ?? 1;
      for (const [model, place] of [
        [first, verdict],
        [rest.join('_'), 2 - verdict],
      ] as const) {
        const counts = wins.get(model) ?? [0, 0, 0];
        counts[place] = (counts[place] ?? 0) + 1;
        wins.set(model, counts);
      }
    });
    for (const [model, value] of Object.entries<number>(expected['win_rates_by_human_majority(tie=half)'])) {
      expect(winRate(...(wins.get(model) ?? [0, 0, 0]))).toMatchObject(near(value));
    }
    for (const [key, figures] of Object.entries<Record<string, never>>(
      expected['slices_by_model_pair(cmp_key)'],
    )) {
      const at = rows.flatMap((row, index) => (row.cmp_key === key ? [index] : []));
      const pick = (codes: number[]) => at.map((index) => codes[index] ?? -1);
      const wanted = figures as unknown as {
        n: number;
        human_fleiss: number;
        judge_vs_majority: Record<string, { kappa: number }>;
      };
      expect(at).toHaveLength(wanted.n);
      const counts = unitCounts(
        ratingMatrix(
          at.map((index) => votes.map((codes) => codes[index] ?? null)),
          3,
        ),
      );
      expect(fleissKappa(counts)).toMatchObject(near(wanted.human_fleiss));
      expect(cohensKappa(tableOfLabels(pick(majority), pick(panda), 3))).toMatchObject(
        near(wanted.judge_vs_majority['pandalm-7b']?.kappa ?? Number.NaN),
      );
    }
  });
});
