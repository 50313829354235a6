import type { OracleCase, OracleFile, OracleRecord } from './oracle-file.ts';

/** A value passes when |got − want| ≤ atol + rtol·|want|, entry by entry. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** Spreads are printed to two digits; the true one may lie half a unit above. */
const SPREAD_ROUNDING = 1.05;

/** A spread above this is two conventions, not rounding, and widens nothing. */
const WIDEST_SPREAD = 1e-7;

/**
 * Reference routines known to be less exact than the tolerance asked of them. R's t quantile at 40 degrees of
 * freedom is 2.021075382995; its own definition (the tail is .025, by quadrature to 40 digits) gives
 * 2.021075390306, which is what the engine and newer scipy return.
 */
const IMPRECISE_REFERENCES = [{ by: /^irrCAC:.*\bt quantile\b/, rtol: 1e-8 }];

/**
 * The stated tolerance, widened only where the reference itself is not that exact: where the programs behind the
 * value disagree by more, or where the program that gave it is seen in the same case to differ from exact arithmetic
 * by more (its z cannot be better than its standard error), or where the routine is known to be imprecise.
 */
export function toleranceOf(
  record: OracleRecord,
  oracle: OracleCase,
  defaults: OracleFile['defaultTolerance'],
): Tolerance {
  const tool = toolOf(record);
  const spreads = Object.values(oracle.expect).map((other) =>
    other === record || (tool !== null && toolOf(other) === tool) ? (other.spread ?? 0) : 0,
  );
  const imprecise = IMPRECISE_REFERENCES.filter(({ by }) => record.by?.some((each) => by.test(each)));
  return {
    rtol: Math.max(
      record.rtol ?? defaults.rtol,
      SPREAD_ROUNDING * Math.min(WIDEST_SPREAD, Math.max(...spreads)),
      ...imprecise.map(({ rtol }) => rtol),
    ),
    atol: record.atol ?? defaults.atol,
  };
}

/** The program that gave the stated value: the label before the colon of the first source. */
function toolOf(record: OracleRecord): string | null {
  return record.by?.[0]?.split(':')[0] ?? null;
}
