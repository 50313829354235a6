import type { Comparison } from '../../shared/formats/own/native.ts';
import type { Card } from './card.ts';
import { JUDGE, madeStudy, RATERS } from './made-study.ts';
import type { Trial } from './trial.ts';

type Label = 'first' | 'second' | 'tie';

/** A study as tables that a statistician’s program takes, and its card. */
export interface RatedStudy {
  readonly card: Card;
  /** Of the pairs on which more than half of the votes are one: that label, and what the judge says. */
  readonly people: readonly Label[];
  readonly judge: readonly Label[];
  /** Every pair's votes, rater by rater; null where one has none. */
  readonly votes: readonly (readonly (Label | null)[])[];
  readonly raters: typeof RATERS;
}

/** Imports a made study in which raters leave pairs out, and takes its tables from what was written, not from the card. */
export async function ratedStudy(trial: Trial): Promise<RatedStudy> {
  const rows = madeStudy({ pairs: 90, prefix: 'rated', isFull: false }).map(
    (row): Comparison => ({
      ...row,
      judge: row.judge?.slice(0, 1).map((each) => ({ ...each, order: 'both' })),
    }),
  );
  await trial.importRows('Rated', rows);
  const votes = rows.map(({ human }) =>
    RATERS.map((rater) => (human?.find((vote) => vote.rater === rater)?.verdict ?? null) as Label | null),
  );
  const labels = votes.map(majorityOf);
  const judged = rows.map(({ judge }) => judge?.[0]?.verdict as Label);
  const hasLabel = (_: unknown, index: number) => labels[index] !== null;
  trial.went.push(`${rows.length} pairs, ${votes.flat().filter((vote) => vote !== null).length} votes`);
  return {
    card: await trial.card('Rated', JUDGE),
    people: labels.filter((label) => label !== null),
    judge: judged.filter(hasLabel),
    votes,
    raters: RATERS,
  };
}

function majorityOf(votes: readonly (Label | null)[]): Label | null {
  const given = votes.filter((vote) => vote !== null);
  return given.find((label) => 2 * given.filter((each) => each === label).length > given.length) ?? null;
}

/** Figures of one row of a card, by their measures. */
export function figuresOf(
  card: Card,
  measures: readonly string[],
  part: string,
  row: string,
): Record<string, number | null> {
  return Object.fromEntries(measures.map((measure) => [measure, card.value(part, measure, row)]));
}

/** A study of pairs that are won or lost, of which people labelled the first ones alone; the labelled are a random sample. */
export function partlyLabelled(): Comparison[] {
  return madeStudy({ pairs: 160, prefix: 'partly', verdicts: ['first', 'second'] }).map(
    ({ human = [], judge = [], ...row }, index): Comparison => ({
      ...row,
      judge: judge.slice(0, 1).map((each) => ({ ...each, order: 'both' })),
      ...(index < LABELLED ? { human: human.slice(0, 1) } : {}),
    }),
  );
}

const LABELLED = 60;
