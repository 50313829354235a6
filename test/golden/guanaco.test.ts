/** Guanaco on the Vicuna questions: three human votes a pair, GPT-4 in both orders. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { swapConsistency } from '../../shared/stats/bias/swap-consistency.ts';
import { fleissKappa } from '../../shared/stats/many-raters/fleiss-kappa.ts';
import { gwetsACOfMany } from '../../shared/stats/many-raters/gwets-ac-many.ts';
import { krippendorffAlpha } from '../../shared/stats/many-raters/krippendorff-alpha.ts';
import { pairwiseAgreement } from '../../shared/stats/many-raters/pairwise-agreement.ts';
import { ratingMatrix } from '../../shared/stats/many-raters/rating-matrix.ts';
import { unitCounts } from '../../shared/stats/many-raters/unit-counts.ts';
import { cohensKappa } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { percentAgreement } from '../../shared/stats/two-raters/percent-agreement.ts';
import { scottsPi } from '../../shared/stats/two-raters/scotts-pi.ts';
import { tableOfLabels } from '../../shared/stats/two-raters/table-of-labels.ts';
import { GUANACO_MODELS, guanacoFile } from '../real/guanaco.ts';
import { realDataFolder } from '../support/real-data.ts';

const folder = realDataFolder('guanaco-vicuna');

const [A, TIE, B, UNREAD] = [0, 1, 2, 3];

interface Item {
  readonly category: string;
  readonly a: string;
  readonly b: string;
  /** A, tie or B, A being the model whose name sorts first. */
  readonly votes: number[];
  /** GPT-4's verdicts as models, with A shown first and with B shown first. */
  readonly shownAB: number;
  readonly shownBA: number;
}

function rowsOf(path: string): { question_id: number; score: number; category: string }[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** A score about the order shown, as a code about A and B. */
function codeOf(score: number, isAFirst: boolean): number {
  if (score === 3) return TIE;
  if (score !== 1 && score !== 2) return UNREAD;
  return (score === 1) === isAFirst ? A : B;
}

function readItems(root: string): Item[] {
  const categories = new Map(
    rowsOf(join(root, 'prompts', 'vicuna_questions.jsonl')).map((row) => [row.question_id, row.category]),
  );
  return GUANACO_MODELS.flatMap((a, index) =>
    GUANACO_MODELS.slice(index + 1).flatMap((b) => {
      if (!a.startsWith('guanaco') && !b.startsWith('guanaco')) return [];
      const votes = new Map<number, number[]>();
      for (const isAFirst of [true, false]) {
        const [first, second] = isAFirst ? [a, b] : [b, a];
        const path = join(
          root,
          'ratings-human',
          `answer_${first}-vs-answer_${second}-human-reviewer_threeclass.jsonl`,
        );
        if (!existsSync(path)) continue;
        for (const { question_id, score } of rowsOf(path)) {
          votes.set(question_id, [...(votes.get(question_id) ?? []), codeOf(score, isAFirst)]);
        }
      }
      const judged = (isAFirst: boolean) => {
        const [first, second] = isAFirst ? [a, b] : [b, a];
        const name = `${guanacoFile(first)}-vs-${guanacoFile(second)}-gpt-4-reviewer-threeclass.jsonl`;
        const rows = rowsOf(join(root, 'ratings-gpt4', name));
        return new Map(rows.map((row) => [row.question_id, codeOf(row.score, isAFirst)]));
      };
      const [shownAB, shownBA] = [judged(true), judged(false)];
      return [...votes].map(([question, codes]) => ({
        category: categories.get(question) ?? '',
        a,
        b,
        votes: codes,
        shownAB: shownAB.get(question) ?? -1,
        shownBA: shownBA.get(question) ?? -1,
      }));
    }),
  );
}

/** The consensus of the file's figures: the sign of the mean vote. */
function signOfMean({ votes }: Item): number {
  const sum = votes.reduce((total, vote) => total + vote - TIE, 0);
  return TIE + Math.sign(sum);
}

function plurality({ votes }: Item): number {
  const counts = [A, TIE, B].map((code) => votes.filter((vote) => vote === code).length);
  const most = Math.max(...counts);
  return counts.filter((count) => count === most).length > 1 ? TIE : counts.indexOf(most);
}

/** Both orders agree, else a tie; nothing readable is a tie. */
function merged({ shownAB, shownBA }: Item): number {
  return shownAB === shownBA && shownAB !== UNREAD ? shownAB : TIE;
}

const readable = (code: number) => (code === UNREAD ? TIE : code);

describe.runIf(folder !== null)('Guanaco on Vicuna', () => {
  const root = folder ?? '';
  const items = folder === null ? [] : readItems(root);
  const expected =
    folder === null ? null : JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')).computed;

  it('has the people’s figures', () => {
    const counts = unitCounts(
      ratingMatrix(
        items.map(({ votes }) => votes),
        3,
      ),
    );
    expect(items).toHaveLength(expected.items);
    expect(fleissKappa(counts)).toMatchObject({ value: expect.closeTo(expected.human.fleiss_kappa, 12) });
    expect(krippendorffAlpha(counts, 'nominal')).toMatchObject({
      value: expect.closeTo(expected.human.krippendorff_alpha_nominal, 12),
    });
    expect(krippendorffAlpha(counts, 'ordinal')).toMatchObject({
      value: expect.closeTo(expected.human.krippendorff_alpha_ordinal_A_tie_B, 12),
    });
    expect(gwetsACOfMany(counts)).toMatchObject({ value: expect.closeTo(expected.human.gwet_ac1, 12) });
    expect(pairwiseAgreement(counts)).toMatchObject({
      value: expect.closeTo(expected.human.mean_pairwise_agreement, 10),
    });
    const different = (item: Item) => new Set(item.votes).size;
    expect(items.filter((item) => different(item) === 1)).toHaveLength(expected.human.unanimous);
    expect(items.filter((item) => different(item) === 3)).toHaveLength(expected.human.three_way_split);
    expect(items.filter((item) => signOfMean(item) !== plurality(item))).toHaveLength(
      expected.human.items_where_the_two_consensus_rules_differ,
    );
  });

  it('has the judge’s figures against the people', () => {
    const judge = expected.judges['gpt-4'];
    const gold = items.map(signOfMean);
    const compare = (rows: number[], verdicts: number[]) => tableOfLabels(rows, verdicts, 3);
    for (const [verdicts, key] of [
      [items.map(({ shownAB }) => readable(shownAB)), 'A-first order vs consensus'],
      [items.map(({ shownBA }) => readable(shownBA)), 'B-first order vs consensus'],
      [items.map(merged), 'merged(agree else tie) vs sign-of-mean consensus'],
    ] as const) {
      const kappa = cohensKappa(compare(gold, verdicts));
      if (!kappa.defined || !kappa.standardError.defined) throw new Error('undefined');
      expect(percentAgreement(compare(gold, verdicts))).toMatchObject({
        value: expect.closeTo(judge[key].agreement, 12),
      });
      expect(kappa.value).toBeCloseTo(judge[key].kappa, 12);
      expect(kappa.standardError.value).toBeCloseTo(judge[key].se, 12);
      expect(kappa.interval?.low).toBeCloseTo(judge[key].ci95[0], 10);
      expect(kappa.interval?.high).toBeCloseTo(judge[key].ci95[1], 10);
    }
    const table = compare(gold, items.map(merged));
    expect(scottsPi(table)).toMatchObject({
      value: expect.closeTo(judge['merged(agree else tie) vs sign-of-mean consensus'].scott_pi, 12),
    });
    expect(cohensKappa(compare(items.map(plurality), items.map(merged)))).toMatchObject({
      value: expect.closeTo(judge['merged(agree else tie) vs plurality consensus'].kappa, 12),
    });
    const mirrored = (codes: number[]) => codes.map((code) => 2 - code);
    const doubled = compare(
      [...gold, ...mirrored(gold)],
      [
        ...items.map(({ shownAB }) => readable(shownAB)),
        ...mirrored(items.map(({ shownBA }) => readable(shownBA))),
      ],
    );
    const wanted = judge['doubled (each item in both orders, unparsed=tie) vs sign-of-mean consensus'];
    expect(cohensKappa(doubled)).toMatchObject({ value: expect.closeTo(wanted.cohen, 12) });
    expect(scottsPi(doubled)).toMatchObject({ value: expect.closeTo(wanted.fleiss_or_scott, 12) });
  });

  it('has the judge’s position figures, whole and by category', () => {
    const judge = expected.judges['gpt-4'];
    const ofItems = (some: readonly Item[]) =>
      swapConsistency(
        some.map(({ shownAB }) => shownAB),
        some.map(({ shownBA }) => (shownBA === UNREAD ? UNREAD : 2 - shownBA)),
      );
    const swap = ofItems(items);
    expect(swap).toMatchObject({
      n: judge.swap.n,
      consistency: { value: judge.swap.consistency },
      bothFirst: judge.swap.prefers_first_both_times,
      bothSecond: judge.swap.prefers_second_both_times,
      otherFlips: judge.swap.other_flips,
      firstShare: { value: judge.swap.raw_position_counts.first / (1999 + 1031) },
      kappa: { value: expect.closeTo(judge.swap.kappa_between_orders, 12) },
    });
    for (const [category, figures] of Object.entries<Record<string, number>>(
      judge.slices_by_question_category,
    )) {
      const slice = items.filter((item) => item.category === category);
      expect(slice).toHaveLength(figures.n ?? 0);
      expect(ofItems(slice).consistency).toMatchObject({ value: figures.swap_consistency });
      const kappa = cohensKappa(tableOfLabels(slice.map(signOfMean), slice.map(merged), 3));
      expect(kappa).toMatchObject({ value: expect.closeTo(figures.merged_kappa ?? Number.NaN, 12) });
    }
  });

  it('has every model’s win rate', () => {
    const scoreOf = (item: Item, model: string, code: number) => {
      const ofA = [1, 0.5, 0, 0.5][code] ?? 0.5;
      return item.a === model ? ofA : 1 - ofA;
    };
    for (const model of GUANACO_MODELS) {
      const own = items.filter(({ a, b }) => a === model || b === model);
      const mean = (score: (item: Item) => number) =>
        own.reduce((sum, item) => sum + score(item), 0) / own.length;
      expect(mean((item) => scoreOf(item, model, signOfMean(item)))).toBeCloseTo(
        expected.human['win_rates(sign-of-mean consensus, tie=half)'][model],
        12,
      );
      expect(
        mean((item) => (scoreOf(item, model, item.shownAB) + scoreOf(item, model, item.shownBA)) / 2),
      ).toBeCloseTo(expected.judges['gpt-4']['win_rates(both orders, tie=half)'][model], 12);
    }
  });
});
