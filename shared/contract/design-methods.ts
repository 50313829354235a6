import { z } from 'zod';
import { analysisPlanSchema } from '../selection/analysis-plan.ts';
import { type LabelPlan, labelPlanSchema } from '../selection/label-plan-request.ts';
import { selectionMethodSchema } from '../selection/selection-method.ts';
import type { Outcome } from '../stats/estimate.ts';
import { knownAnswerSchema } from '../study/known-answer.ts';
import { outcomeOf } from './figure-schemas.ts';
import { leadMethod, leadReport, leadTask } from './method.ts';
import { lazily, type ReplyOfSchema, schemaOf } from './reply-schema.ts';
import { knownAnswerCounts } from './study-replies.ts';

const studyId = z.string().min(1).max(64);

const selectionSummary = lazily(() =>
  z.strictObject({
    wave: z.int(),
    method: selectionMethodSchema,
    pairs: z.int(),
    candidates: z.int(),
    drawnAt: z.int(),
    lowestProbability: z.number(),
    highestProbability: z.number(),
  }),
);
/** One draw of a study. */
export type SelectionSummary = ReplyOfSchema<typeof selectionSummary>;

const planReport = lazily(() =>
  z.strictObject({
    current: z
      .strictObject({
        plan: analysisPlanSchema,
        sha256: z.string(),
        votes: z.int(),
        storedAt: z.int(),
      })
      .nullable(),
    deviations: z
      .array(z.string())
      .describe('What was settled otherwise after votes were there, as sentences.'),
  }),
);
export type PlanReport = ReplyOfSchema<typeof planReport>;

const labelPlan = schemaOf<Outcome<LabelPlan>>()(() =>
  outcomeOf({
    labelled: z.number().describe('Pairs with a label.'),
    pairs: z.number().describe('Pairs to rate.'),
    votes: z.number().describe('Votes to give.'),
    labelledShare: z.number().describe('Share of pairs that get a label of more than half of their votes.'),
    designEffect: z.number().describe('How many times more pairs are needed because they come in items.'),
    assurance: z
      .number()
      .nullable()
      .describe('Share of simulated studies that keep the promise; null where a formula makes it.'),
    method: z.string(),
  }),
);

export const designMethods = {
  'design.addKnownAnswers': leadMethod({
    beginsWork: true,
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Names pairs whose answer is known. They train and check raters and are no part of the result, so none may have a vote.',
    input: z.strictObject({ studyId, answers: z.array(knownAnswerSchema).min(1).max(5000) }),
    reply: knownAnswerCounts,
  }),
  'design.draw': leadTask({
    beginsWork: true,
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Draws pairs to be rated, each with a stated probability, among those not drawn yet. From then on raters see drawn pairs only, and figures weigh each by what it stands for.',
    input: z.strictObject({ studyId, method: selectionMethodSchema }),
    reply: selectionSummary,
  }),
  'design.selections': leadReport({
    reveals: 'blind',
    about: 'The draws of a study.',
    input: z.strictObject({ studyId }),
    reply: () => z.array(selectionSummary()),
  }),
  'design.storePlan': leadMethod({
    beginsWork: true,
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Keeps the analysis plan of a study. Stored before the first vote it is hashed into every export; later deviations are listed.',
    input: z.strictObject({ studyId, plan: analysisPlanSchema }),
    reply: planReport,
  }),
  'design.plan': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'The analysis plan of a study and what was settled otherwise since.',
    input: z.strictObject({ studyId }),
    reply: planReport,
  }),
  'design.labels': leadTask({
    kind: 'query',
    reveals: 'blind',
    about:
      'How many labels are needed for an interval of a wished width, or to tell two judges apart, under stated assumptions.',
    input: labelPlanSchema,
    reply: labelPlan,
  }),
} as const;
