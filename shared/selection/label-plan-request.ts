/** What is assumed of a study whose number of labels is asked for, and what is answered. */
import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';

/** Between which numbers what is assumed and wished may be. */
export const LABEL_PLAN_BOUNDS = {
  kappa: { least: 0, most: 0.99 },
  width: { least: 0.02, most: 1.5 },
  ratersPerPair: { least: 1, most: 9 },
} as const;
const { kappa, width, ratersPerPair } = LABEL_PLAN_BOUNDS;

export const labelPlanSchema = z.strictObject({
  goal: z.discriminatedUnion('what', [
    z.strictObject({
      what: z.literal('width'),
      kappa: z.number().min(kappa.least).max(kappa.most).describe('Assumed kappa of judge and people.'),
      width: z.number().min(width.least).max(width.most).describe('Wished width of its interval.'),
    }),
    z.strictObject({
      what: z.literal('difference'),
      firstAgreement: z.number().gt(0).lt(1).describe('Assumed agreement of the first judge with people.'),
      secondAgreement: z.number().gt(0).lt(1).describe('Assumed agreement of the second judge with people.'),
      bothRight: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('Assumed share of pairs on which both agree with people; as if independent without it.'),
      power: z.number().gt(0.5).lt(1).default(0.8),
    }),
  ]),
  shares: z
    .array(z.number().gt(0))
    .min(2)
    .max(4)
    .default([0.45, 0.45, 0.1])
    .describe('Assumed share of each label.'),
  raterAgreement: z
    .number()
    .gt(0)
    .max(1)
    .default(0.7)
    .describe('Assumed agreement of two raters: where raters split there is no label.'),
  ratersPerPair: z.int().min(ratersPerPair.least).max(ratersPerPair.most).default(1),
  pairsPerItem: z.number().min(1).max(1000).default(1),
  itemCorrelation: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('How alike the agreement on pairs of one item is; 0 where each pair is another item.'),
  level: z.number().gt(0.5).lt(1).default(0.95),
});

export type LabelPlanRequest = DeepReadonly<z.output<typeof labelPlanSchema>>;

export interface LabelPlan {
  /** Pairs with a label, pairs to rate, and votes to give. */
  readonly labelled: number;
  readonly pairs: number;
  readonly votes: number;
  /** Share of pairs that get a label of more than half of their votes. */
  readonly labelledShare: number;
  /** How many times more pairs are needed because they come in items. */
  readonly designEffect: number;
  /** Share of simulated studies that keep the promise; null where a formula makes it. */
  readonly assurance: number | null;
  readonly method: string;
}
