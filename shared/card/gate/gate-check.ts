/** Whether a figure is where a build wants it, by its interval: what the labels cannot tell is an outcome of its own. */
import { differenceOfEstimates } from '../../stats/difference-of-estimates.ts';
import { FEWEST_ITEMS } from '../../stats/resampling/resample.ts';
import type { GateFigure } from './gate-figure.ts';
import type { GateRule } from './gate-rule.ts';

export const GATE_OUTCOMES = ['passed', 'failed', 'inconclusive'] as const;
export type GateOutcome = (typeof GATE_OUTCOMES)[number];

export interface GateCheck {
  readonly name: 'min_kappa' | 'max_flip_rate' | 'not_below' | 'alt_test';
  readonly about: string;
  /** What is asked, for people: “kappa ≥ 0.6”. */
  readonly asked: string;
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly outcome: GateOutcome;
  /** Why, for people. */
  readonly reason: string;
}

/**
 * At least or at most a limit, by the whole interval or by the estimate alone.
 *
 * @param mute pairs with people's label on which the judge replied and said nothing that counts
 */
export function limitCheck(
  figure: GateFigure,
  side: 'least' | 'most',
  limit: number,
  bound: GateRule['bound'],
  mute = 0,
): GateCheck {
  const { measure, about, n, value, low, high } = figure;
  const sign = side === 'least' ? '≥' : '≤';
  const check = {
    name: measure === 'kappa' ? ('min_kappa' as const) : ('max_flip_rate' as const),
    about,
    asked: `${measure === 'kappa' ? 'kappa' : 'flip rate'} ${sign} ${limit}`,
    n,
    value,
    low,
    high,
  };
  if (value === null)
    return { ...check, ...(failureOfMute(figure, mute) ?? open(figure.reason ?? 'there is no figure')) };
  const isRight = (at: number) => (side === 'least' ? at >= limit : at <= limit);
  if (bound === 'point')
    return isRight(value)
      ? { ...check, outcome: 'passed', reason: 'the estimate is there' }
      : { ...check, outcome: 'failed', reason: 'the estimate is not there' };
  if (low === null || high === null)
    return {
      ...check,
      outcome: 'inconclusive',
      reason: figure.reason ?? 'there is no interval',
    };
  if (isRight(low) && isRight(high))
    return { ...check, outcome: 'passed', reason: 'the whole interval is there' };
  if (!isRight(low) && !isRight(high))
    return { ...check, outcome: 'failed', reason: 'no part of the interval is there' };
  return { ...check, outcome: 'inconclusive', reason: 'the limit is inside the interval' };
}

/**
 * Kappa against that of a baseline. It failed where it is shown to be lower by more than the margin, and passed where it is
 * shown not to be: a fall that is surely small is no failure, however many labels show it.
 */
export function baselineCheck(
  now: GateFigure,
  before: GateFigure,
  { margin, bound }: GateRule,
  mute = 0,
): GateCheck {
  const check = {
    name: 'not_below' as const,
    about: now.about,
    asked: `kappa not below ${before.value?.toFixed(3) ?? 'the baseline’s'} (margin ${margin})`,
    n: now.n,
  };
  const nothing = { ...check, value: null, low: null, high: null };
  if (now.value === null || before.value === null)
    return {
      ...nothing,
      ...((before.value === null ? null : failureOfMute(now, mute)) ??
        open((now.value === null ? now.reason : null) ?? 'the baseline has no kappa')),
    };
  if (now.value === before.value && now.n === before.n && now.low === before.low && now.high === before.high)
    return { ...nothing, value: 0, outcome: 'passed', reason: 'it is the same figure' };
  if (bound === 'point') {
    const value = now.value - before.value;
    return value >= -margin
      ? { ...nothing, value, outcome: 'passed', reason: 'the estimate fell by no more than the margin' }
      : { ...nothing, value, outcome: 'failed', reason: 'the estimate fell by more than the margin' };
  }
  if (now.low === null || now.high === null || before.low === null || before.high === null)
    return { ...nothing, outcome: 'inconclusive', reason: 'one of the two has no interval' };
  if (now.level !== before.level)
    return { ...nothing, outcome: 'inconclusive', reason: 'the two intervals are of different levels' };
  const { low, high } = differenceOfEstimates(
    { value: now.value, low: now.low, high: now.high },
    { value: before.value, low: before.low, high: before.high },
    now.level ?? 0.95,
  );
  const found = { ...check, value: now.value - before.value, low, high };
  if (high < -margin)
    return { ...found, outcome: 'failed', reason: 'it is shown to be lower by more than the margin' };
  if (low > -margin)
    return { ...found, outcome: 'passed', reason: 'it is shown not to be lower by more than the margin' };
  return {
    ...found,
    outcome: 'inconclusive',
    reason: 'a fall by the margin is inside the interval',
  };
}

function open(reason: string): Pick<GateCheck, 'outcome' | 'reason'> {
  return { outcome: 'inconclusive', reason };
}

/** A judge that replied to labelled pairs and said nothing that counts on any of them is not short of labels. */
function failureOfMute({ n }: GateFigure, mute: number): Pick<GateCheck, 'outcome' | 'reason'> | null {
  return n === 0 && mute >= FEWEST_ITEMS
    ? {
        outcome: 'failed',
        reason: `none of the judge’s replies on ${mute} labelled pairs says anything that counts`,
      }
    : null;
}

/** One outcome of several: any failure fails, and anything open is open. */
export function outcomeOf(checks: readonly GateCheck[]): GateOutcome {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return checks.some(({ outcome }) => outcome === 'inconclusive') ? 'inconclusive' : 'passed';
}
