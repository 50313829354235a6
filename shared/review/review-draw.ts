/** Chooses the pairs of a review from what people and a judge said. */

import type { CardData, JudgeColumn } from '../card/columns/card-data.ts';
import type { AgreementOptions } from '../labels/agreement-options.ts';
import { consensusColumn } from '../labels/consensus-column.ts';
import { votedCode } from '../labels/vote-model.ts';
import type { RandomSource } from '../random/seeded-random.ts';
import { CODE } from '../study/verdict-codes.ts';
import type { ReviewStratum } from './review-plan.ts';

/** A pair chosen for a review, by its place in the data, with what was said of it. */
export interface ChosenPair {
  readonly pair: number;
  readonly stratum: ReviewStratum;
  /** People's label and the judge's verdict; {@link CODE.missing} for none. */
  readonly people: number;
  readonly judge: number;
}

interface Opinions {
  readonly data: CardData;
  readonly judge: JudgeColumn | null;
  readonly options: AgreementOptions;
}

/**
 * The pairs from whose decision most is learned: those without a label of people first, then by the entropy of the raters'
 * votes on a pair, in bits. Equals come in random order. Chosen are only pairs on which raters split or, where a judge is
 * given, that says other than people; among split pairs the judge has no say, else those decided would be the ones it
 * gets wrong.
 */
export function mostInformativePairs(
  { data, judge, options }: Opinions,
  isFree: (pair: number) => boolean,
  most: number,
  random: RandomSource,
): ChosenPair[] {
  const labels = labelsOfPeople(data, options);
  const found = Array.from(labels.keys()).flatMap((pair) => {
    if (!isFree(pair)) return [];
    const votes = data.raters
      .map(({ codes }) => votedCode(codes[pair], options.bothBad))
      .filter((code) => code >= 0);
    const people = labels[pair] ?? CODE.missing;
    const verdict = votedCode(judge?.codes[pair], options.bothBad);
    const isSplit = new Set(votes).size > 1;
    const differs = people >= 0 && verdict >= 0 && verdict !== people;
    if (!isSplit && !differs) return [];
    return [
      {
        chosen: {
          pair,
          stratum: isSplit ? ('raters_split' as const) : ('judge_differs' as const),
          people,
          judge: verdict,
        },
        hasLabel: people >= 0,
        entropy: entropyOf(votes),
        draw: random.unit(),
      },
    ];
  });
  return found
    .sort(
      (one, two) =>
        Number(one.hasLabel) - Number(two.hasLabel) || two.entropy - one.entropy || one.draw - two.draw,
    )
    .slice(0, most)
    .map(({ chosen }) => chosen);
}

/** Pairs of an audit in random order, and how many pairs each kind was drawn from. */
export interface AuditDraw {
  readonly pairs: readonly ChosenPair[];
  readonly differing: number;
  readonly agreeing: number;
  /** Pairs with a label of people on which the judge gave no verdict that could be compared. */
  readonly notJudged: number;
}

/**
 * Simple random samples of the pairs on which a judge differs from people's label and of those on which it agrees, mixed.
 * Labels are those of raters' votes alone: what was decided since is not what is measured.
 */
export function auditPairs(
  { data, judge, options }: Opinions & { readonly judge: JudgeColumn },
  wanted: { readonly disagreements: number; readonly agreements: number },
  random: RandomSource,
): AuditDraw {
  const labels = labelsOfPeople(data, options);
  const found = { judge_differs: [] as ChosenPair[], judge_agrees: [] as ChosenPair[] };
  let notJudged = 0;
  labels.forEach((people, pair) => {
    if (people < 0) return;
    const verdict = votedCode(judge.codes[pair], options.bothBad);
    if (verdict < 0) {
      notJudged++;
      return;
    }
    const stratum = verdict === people ? 'judge_agrees' : 'judge_differs';
    found[stratum].push({ pair, stratum, people, judge: verdict });
  });
  const pairs = shuffle(
    [
      ...shuffle(found.judge_differs, random).slice(0, wanted.disagreements),
      ...shuffle(found.judge_agrees, random).slice(0, wanted.agreements),
    ],
    random,
  );
  return {
    pairs,
    differing: found.judge_differs.length,
    agreeing: found.judge_agrees.length,
    notJudged,
  };
}

function labelsOfPeople(data: CardData, options: AgreementOptions): Int8Array {
  return consensusColumn(data, data.itemOfPair.length, { ...options, adjudicated: 'nowhere' }).codes;
}

function entropyOf(codes: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / codes.length) * Math.log2(count / codes.length);
  return bits;
}

/** A copy in random order (Fisher–Yates). */
export function shuffle<Value>(values: readonly Value[], random: RandomSource): Value[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as Value, mixed[last] as Value];
  }
  return mixed;
}
