import { z } from 'zod';
import type { DeepReadonly } from '../../json/deep-readonly.ts';
import type { AgreementOptions } from '../../labels/agreement-options.ts';
import type { GateCheck, GateOutcome } from './gate-check.ts';
import type { GateFigure } from './gate-figure.ts';
import type { GateRule } from './gate-rule.ts';

/** What a gate found. The same store and rule give the same bytes: nothing here says when. */
export interface GateResult {
  readonly touchgate: 1;
  readonly study: string;
  readonly isSynthetic: boolean;
  readonly judge: string;
  readonly options: AgreementOptions;
  readonly rule: GateRule;
  readonly pairs: number;
  readonly items: number;
  readonly raters: number;
  readonly outcome: GateOutcome;
  readonly checks: readonly GateCheck[];
  /** All that was looked at, for a later gate to be held against. */
  readonly figures: readonly GateFigure[];
}

const number = z.number().nullable();

/** A gate's own result, as far as another one is held against it. */
export const baselineSchema = z.object({
  touchgate: z.literal(1),
  judge: z.string(),
  options: z.looseObject({}),
  figures: z.array(
    z.object({
      measure: z.enum(['kappa', 'flip_rate']),
      about: z.string(),
      n: z.number(),
      value: number,
      low: number,
      high: number,
      level: number,
      reason: z.string().nullable(),
    }),
  ),
});
export type Baseline = DeepReadonly<z.output<typeof baselineSchema>>;
