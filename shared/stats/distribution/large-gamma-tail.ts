/**
 * ln of x^a·e^−x/Γ(a+1) for large a, through Stirling's series, so that nothing of the size of a·ln a has to cancel.
 *
 * @param a at least 100
 */
function logKernel(x: number, a: number): number {
  const ratio = (x - a) / a;
  const series = 1 / (12 * a) - 1 / (360 * a ** 3) + 1 / (1260 * a ** 5);
  return -a * (ratio - Math.log1p(ratio)) - Math.log(2 * Math.PI * a) / 2 - series;
}

/** ln of the density of a gamma variable with shape `a` at x; a at least 100. */
export function logLargeGammaDensity(x: number, a: number): number {
  return logKernel(x, a) + Math.log(a) - Math.log(x);
}

/**
 * The regularised upper incomplete gamma function Q(a, x) for large a: the series of the lower one below a, Legendre's
 * continued fraction above (Lentz). Either takes some √a steps.
 *
 * @param a at least 100
 */
export function largeGammaTail(x: number, a: number): number {
  const kernel = Math.exp(logKernel(x, a));
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - kernel * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1e7; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return kernel * a * fraction;
}
