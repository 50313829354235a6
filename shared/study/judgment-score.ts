/** The number beside a judge's verdict, and what it is. A number that does not say what it is is kept and used by no figure. */
export const SCORE_KINDS = [
  'verdict_probability',
  'first_probability',
  'preference',
  'points',
  'sureness',
] as const;
export type ScoreKind = (typeof SCORE_KINDS)[number];

/** A number that says what it is. */
export type StatedScore =
  /** How probable the judge holds its own verdict, 0 to 1. */
  | { readonly kind: 'verdict_probability'; readonly value: number }
  /** How probable the judge holds that a (the first output) is the better one, 0 to 1, whichever it read first. */
  | { readonly kind: 'first_probability'; readonly value: number }
  /** A place between two ends: `first` is surely the first output, `second` surely the second. AlpacaEval's goes from 1 to 2. */
  | { readonly kind: 'preference'; readonly value: number; readonly first: number; readonly second: number }
  /** Points that each output was given by itself; more are better. */
  | { readonly kind: 'points'; readonly first: number; readonly second: number }
  /** How sure the judge is of its verdict, on a scale without a unit; more is surer. */
  | { readonly kind: 'sureness'; readonly value: number };

/** A bare number says not what it is. */
export type JudgmentScore = number | StatedScore;

/** A score as four columns: of points there is no value, of a bare number no kind. */
export interface ScoreColumns {
  readonly score: number | null;
  readonly scoreKind: ScoreKind | null;
  readonly scoreFirst: number | null;
  readonly scoreSecond: number | null;
}

const NO_SCORE: ScoreColumns = { score: null, scoreKind: null, scoreFirst: null, scoreSecond: null };

export function scoreColumns(score: JudgmentScore | null | undefined): ScoreColumns {
  if (score === null || score === undefined) return NO_SCORE;
  if (typeof score === 'number') return { ...NO_SCORE, score };
  return {
    score: score.kind === 'points' ? null : score.value,
    scoreKind: score.kind,
    scoreFirst: 'first' in score ? score.first : null,
    scoreSecond: 'second' in score ? score.second : null,
  };
}

/** The score that columns hold; null where they hold none. Throws where an end or a value is missing. */
export function scoreOf({ score, scoreKind, scoreFirst, scoreSecond }: ScoreColumns): JudgmentScore | null {
  if (scoreKind === null) return score;
  const there = (value: number | null) => {
    if (value === null) throw new RangeError(`a ${scoreKind} without its number`);
    return value;
  };
  switch (scoreKind) {
    case 'points':
      return { kind: scoreKind, first: there(scoreFirst), second: there(scoreSecond) };
    case 'preference':
      return { kind: scoreKind, value: there(score), first: there(scoreFirst), second: there(scoreSecond) };
    default:
      return { kind: scoreKind, value: there(score) };
  }
}

/** In words, for a screen. */
export function scoreText(score: JudgmentScore): string {
  if (typeof score === 'number') return `score ${score}`;
  switch (score.kind) {
    case 'verdict_probability':
      return `probability of the verdict ${score.value}`;
    case 'first_probability':
      return `probability of the first ${score.value}`;
    case 'preference':
      return `preference ${score.value} (${score.first} is the first, ${score.second} the second)`;
    case 'points':
      return `points ${score.first} and ${score.second}`;
    case 'sureness':
      return `sureness ${score.value}`;
  }
}
