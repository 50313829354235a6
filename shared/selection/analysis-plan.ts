/** How a study is to be analysed, settled before its votes are known. Later deviations are listed, never forbidden. */
import { z } from 'zod';
import { type AgreementOptions, agreementOptionsSchema } from '../labels/agreement-options.ts';

export const PRIMARY_COEFFICIENTS = ['kappa', 'ac1', 'alpha', 'scotts_pi', 'agreement'] as const;

export const analysisPlanSchema = z.strictObject({
  primaryCoefficient: z.enum(PRIMARY_COEFFICIENTS),
  judge: z
    .string()
    .max(256)
    .default('')
    .describe('The judge the study is about; empty where it is not settled.'),
  options: agreementOptionsSchema,
  thresholds: z
    .array(z.strictObject({ what: z.string().min(1).max(200), atLeast: z.number() }))
    .max(20)
    .readonly()
    .default([])
    .describe('What has to be reached, in words, and how much of it.'),
  exclusionRules: z
    .string()
    .max(10_000)
    .default('')
    .describe('Which raters, pairs or votes are left out, and when.'),
  note: z.string().max(10_000).default(''),
});
export type AnalysisPlan = z.output<typeof analysisPlanSchema>;

/** Policies that are not the planned ones, as sentences. */
export function optionDeviations(plan: AnalysisPlan, options: AgreementOptions): string[] {
  return (Object.keys(plan.options) as (keyof AgreementOptions)[])
    .filter((name) => plan.options[name] !== options[name])
    .map((name) => `${name} is ${options[name]}, planned was ${plan.options[name]}`);
}

/** What was settled otherwise later: fields of the plan that changed, as sentences. */
export function planChanges(before: AnalysisPlan, after: AnalysisPlan): string[] {
  const names = Object.keys(before) as (keyof AnalysisPlan)[];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) =>
      name === 'options'
        ? optionDeviations(before, after.options).join('; ')
        : `${name} was changed from ${JSON.stringify(before[name])} to ${JSON.stringify(after[name])}`,
    );
}
