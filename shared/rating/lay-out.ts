/** Which of two outputs stands on the left, so that for a rater no system stands there more than once more often. */

import type { Side } from '../study/verdict.ts';
import { asSystemSide, balancedLeftSide, keepsBalance, leadOf } from './side-balance.ts';

/** Labels are balanced for themselves, and so is all that checks or trains. */
export type SideKind = 'label' | 'check';

export interface Output {
  readonly responseId: number;
  readonly systemId: number;
}

/** Two outputs in their canonical order. */
export interface Outputs {
  readonly first: Output;
  readonly second: Output;
}

/** How often two systems were shown to a rater, the smaller number first. */
export interface SideCount {
  readonly presentations: number;
  /** How many more times the first stood on the left than the second, by kind. */
  readonly label: number;
  readonly check: number;
}

export const NO_SIDE_COUNT: SideCount = { presentations: 0, label: 0, check: 0 };

/** One more presentation of two systems, to be counted. */
export interface SideStep {
  readonly systemA: number;
  readonly systemB: number;
  readonly kind: SideKind;
  /** 1 where the first system is on the left, else −1. */
  readonly step: 1 | -1;
}

export interface LaidOut {
  readonly leftSide: Side;
  readonly step: SideStep;
}

/** The systems of two outputs, the smaller number first. */
export function systemsOf({ first, second }: Outputs): {
  readonly systemA: number;
  readonly systemB: number;
} {
  return {
    systemA: Math.min(first.systemId, second.systemId),
    systemB: Math.max(first.systemId, second.systemId),
  };
}

/** Lays two outputs out in balance. Which system is canonically first may differ from pair to pair; the balance is over systems. */
export function layOut(
  { seed, rater }: { readonly seed: string; readonly rater: string },
  outputs: Outputs,
  kind: SideKind,
  count: SideCount,
): LaidOut {
  const { systemA, systemB } = systemsOf(outputs);
  const systems = `${systemA}|${systemB}`;
  const side = balancedLeftSide(seed, rater, systems, count.presentations, leadsOf(count, kind));
  return laidOut(outputs, kind, asSystemSide(side, isFirstA(outputs)));
}

/** Lays a check out with a given side on the left; null where the balance does not allow it. */
export function layOutGiven(outputs: Outputs, leftSide: Side, count: SideCount): LaidOut | null {
  const side = asSystemSide(leftSide, isFirstA(outputs));
  return keepsBalance(leadsOf(count, 'check'), side) ? laidOut(outputs, 'check', leftSide) : null;
}

function laidOut(outputs: Outputs, kind: SideKind, leftSide: Side): LaidOut {
  const step = leadOf(asSystemSide(leftSide, isFirstA(outputs)));
  return { leftSide, step: { ...systemsOf(outputs), kind, step } };
}

function isFirstA({ first, second }: Outputs): boolean {
  return first.systemId <= second.systemId;
}

function leadsOf({ label, check }: SideCount, kind: SideKind) {
  return kind === 'label' ? { own: label, other: check } : { own: check, other: label };
}

/** A count after one more presentation. */
export function countedOnce(count: SideCount, { kind, step }: SideStep): SideCount {
  return { ...count, presentations: count.presentations + 1, [kind]: count[kind] + step };
}
