import { betaCdf, betaQuantile, betaUpperTail } from '../../../shared/stats/distribution/beta.ts';
import { binomialAtLeast, binomialCdf } from '../../../shared/stats/distribution/binomial.ts';
import { chiSquareQuantile, chiSquareUpperTail } from '../../../shared/stats/distribution/chi-square.ts';
import { fQuantile, fUpperTail } from '../../../shared/stats/distribution/f.ts';
import { logBeta, logGamma } from '../../../shared/stats/distribution/log-gamma.ts';
import { normalCdf, normalQuantile, normalUpperTail } from '../../../shared/stats/distribution/normal.ts';
import { studentQuantile, studentUpperTail } from '../../../shared/stats/distribution/student-t.ts';
import { family } from '../answer.ts';

interface Input {
  readonly fn: string;
  readonly x?: number;
  readonly p?: number;
  readonly df?: number;
  readonly df1?: number;
  readonly df2?: number;
  readonly a?: number;
  readonly b?: number;
  readonly k?: number;
  readonly n?: number;
}

const functions: Readonly<Record<string, (of: Required<Input>) => number>> = {
  normalCdf: ({ x }) => normalCdf(x),
  normalSf: ({ x }) => normalUpperTail(x),
  normalQuantile: ({ p }) => normalQuantile(p),
  tCdf: ({ x, df }) => studentUpperTail(-x, df),
  tSf: ({ x, df }) => studentUpperTail(x, df),
  tQuantile: ({ p, df }) => studentQuantile(p, df),
  chi2Sf: ({ x, df }) => chiSquareUpperTail(x, df),
  chi2Quantile: ({ p, df }) => chiSquareQuantile(p, df),
  betaCdf: ({ x, a, b }) => betaCdf(x, a, b),
  betaSf: ({ x, a, b }) => betaUpperTail(x, a, b),
  betaQuantile: ({ p, a, b }) => betaQuantile(p, a, b),
  fSf: ({ x, df1, df2 }) => fUpperTail(x, df1, df2),
  fQuantile: ({ p, df1, df2 }) => fQuantile(p, df1, df2),
  binomialCdf: ({ k, n, p }) => binomialCdf(k, n, p),
  binomialSf: ({ k, n, p }) => binomialAtLeast(k + 1, n, p),
  logGamma: ({ x }) => logGamma(x),
  logBeta: ({ a, b }) => logBeta(a, b),
};

export const specialFunctions = family<Required<Input>>({
  answers: (input) => {
    const compute = functions[input.fn];
    return compute === undefined ? {} : { value: () => compute(input) };
  },
});
