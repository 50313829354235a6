import { z } from 'zod';
import { type AnalysisPlan, analysisPlanSchema } from '../selection/analysis-plan.ts';
import { type LabelPlan, labelPlanSchema } from '../selection/label-plan-request.ts';
import { type SelectionMethod, selectionMethodSchema } from '../selection/selection-method.ts';
import type { Outcome } from '../stats/estimate.ts';
import { type KnownAnswerCounts, knownAnswerSchema } from '../study/known-answer.ts';
import { leadMethod } from './method.ts';

const studyId = z.string().min(1).max(64);

/** One draw of a study. */
export interface SelectionSummary {
  readonly wave: number;
  readonly method: SelectionMethod;
  readonly pairs: number;
  readonly candidates: number;
  readonly drawnAt: number;
  readonly lowestProbability: number;
  readonly highestProbability: number;
}

export interface PlanReport {
  readonly current: {
    readonly plan: AnalysisPlan;
    readonly sha256: string;
    readonly votes: number;
    readonly storedAt: number;
  } | null;
  /** What was settled otherwise after votes were there, as sentences. */
  readonly deviations: readonly string[];
}

export const designMethods = {
  'design.addKnownAnswers': leadMethod<KnownAnswerCounts>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Names pairs whose answer is known. They train and check raters and are no part of the result, so none may have a vote.',
    input: z.strictObject({ studyId, answers: z.array(knownAnswerSchema).min(1).max(5000) }),
  }),
  'design.draw': leadMethod<SelectionSummary>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Draws pairs to be rated, each with a stated probability, among those not drawn yet. From then on raters see drawn pairs only, and figures weigh each by what it stands for.',
    input: z.strictObject({ studyId, method: selectionMethodSchema }),
  }),
  'design.selections': leadMethod<readonly SelectionSummary[]>()({
    kind: 'query',
    reveals: 'blind',
    about: 'The draws of a study.',
    input: z.strictObject({ studyId }),
  }),
  'design.storePlan': leadMethod<PlanReport>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Keeps the analysis plan of a study. Stored before the first vote it is hashed into every export; later deviations are listed.',
    input: z.strictObject({ studyId, plan: analysisPlanSchema }),
  }),
  'design.plan': leadMethod<PlanReport>()({
    kind: 'query',
    reveals: 'blind',
    about: 'The analysis plan of a study and what was settled otherwise since.',
    input: z.strictObject({ studyId }),
  }),
  'design.labels': leadMethod<Outcome<LabelPlan>>()({
    kind: 'query',
    reveals: 'blind',
    about:
      'How many labels are needed for an interval of a wished width, or to tell two judges apart, under stated assumptions.',
    input: labelPlanSchema,
  }),
} as const;
