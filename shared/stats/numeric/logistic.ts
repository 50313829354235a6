/** 1/(1 + e^−x): the probability whose log odds are x. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** ln(1 + e^x) without overflow: minus the log of the probability against log odds x. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
