import { z } from 'zod';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import { CONSENSUS_KINDS, CONSENSUS_RULES } from '../labels/consensus.ts';
import type { QualityWarning } from '../quality/quality-warnings.ts';
import type { RaterQuality } from '../quality/rater-quality.ts';
import type { KappaResult } from '../stats/two-raters/cohens-kappa.ts';
import { estimate, figure, interval, outcomeOf } from './figure-schemas.ts';
import { leadReport, leadTask } from './method.ts';
import { lazily, type ReplyOfSchema, schemaOf } from './reply-schema.ts';

const share = lazily(() => z.strictObject({ successes: z.number(), n: z.number(), interval: interval() }));

const kappa = schemaOf<KappaResult>()(() => {
  const n = z.number();
  return z.discriminatedUnion('defined', [
    z.strictObject({
      defined: z.literal(true),
      value: z.number(),
      n,
      standardError: estimate(),
      nullStandardError: estimate(),
      interval: interval().nullable(),
      noInterval: z.string().nullable(),
    }),
    z.strictObject({ defined: z.literal(false), reason: z.string(), n }),
  ]);
});

const withInterval = lazily(() => outcomeOf({ interval: interval() }));
const valueWithInterval = lazily(() => outcomeOf({ value: z.number(), interval: interval() }));

const raterQuality = schemaOf<RaterQuality>()(() =>
  z.strictObject({
    rater: z.string(),
    labels: z.int(),
    skipped: z.int(),
    checks: z.int(),
    medianSeconds: z.number().nullable().describe('Median of the time spent on a pair, idle time taken out.'),
    tooFast: share().nullable().describe('Votes given faster than anybody can skim the texts.'),
    left: share()
      .extend({
        p: z.number().describe('Exact, of a rate of one half.'),
        logEvidence: z.number().describe('Logarithm of the evidence against it, which holds at all looks.'),
      })
      .nullable()
      .describe('Left among all answers for a side, which are balanced by design.'),
    tiesAboveOthers: valueWithInterval().describe('Ties per label less those of others on the same pairs.'),
    gold: share().nullable(),
    caught: share().nullable(),
    repeats: share().nullable().describe('Repeats that were answered as the first time.'),
    withOthers: z
      .strictObject({
        n: z.number(),
        agreement: estimate(),
        agreementInterval: withInterval(),
        kappa: kappa(),
        kappaInterval: withInterval(),
      })
      .describe('Labels beside what more than half of the others say.'),
    outlier: z
      .strictObject({
        n: z.int().describe('Pairs on which this rater and another one were compared.'),
        contradictions: z.int(),
        interval: interval(),
        others: z.strictObject({ n: z.int(), contradictions: z.int(), interval: interval() }),
        isOutlier: z.boolean().describe('Whether the rater’s rate is above the others’.'),
      })
      .nullable(),
    drift: z
      .strictObject({ earlier: share(), later: share(), interval: interval() })
      .nullable()
      .describe('Agreement with the others in the later half of the labels less that in the earlier half.'),
  }),
);

const qualityWarning = schemaOf<QualityWarning>()(() =>
  z.strictObject({
    about: z.enum(['gold', 'catch', 'repeats', 'too_fast', 'side', 'outlier', 'drift']),
    consequence: z.enum(['warn', 'pause']),
    text: z.string(),
  }),
);

/** Something that was decided about a rater. */
const raterDecisionEntry = lazily(() =>
  z.strictObject({
    about: z.enum(['exclusion', 'pause']),
    isOn: z.boolean(),
    reason: z.string(),
    decidedBy: z.enum(['lead', 'thresholds']),
    decidedAt: z.int(),
  }),
);

const raterReport = lazily(() =>
  raterQuality().extend({
    isExcluded: z.boolean(),
    isPaused: z.boolean(),
    decisions: z.array(raterDecisionEntry()),
    warnings: z.array(qualityWarning()),
  }),
);
/** A rater's figures, what of them chance does not explain, and what was decided. */
export type RaterReport = ReplyOfSchema<typeof raterReport>;

const exclusionEffect = lazily(() =>
  z.strictObject({
    rater: z.string(),
    options: agreementOptionsSchema,
    votes: z.int().describe('Votes of the rater that are labels.'),
    labels: z
      .strictObject({
        with: z.number(),
        without: z.number(),
      })
      .describe('Pairs with a label of people.'),
    judges: z.array(
      z.strictObject({
        judge: z
          .string()
          .nullable()
          .describe('Null where the study has no judge: then the figures are about people alone.'),
        figures: z.array(
          z.strictObject({
            id: z.string(),
            with: figure(),
            without: figure().nullable().describe('Null where the card without the rater does not have it.'),
          }),
        ),
      }),
    ),
  }),
);
/** Headline figures with and without one rater, judge by judge. */
export type ExclusionEffect = ReplyOfSchema<typeof exclusionEffect>;

const consensusReport = lazily(() =>
  z.strictObject({
    pairs: z.int(),
    kinds: z
      .record(z.enum(CONSENSUS_KINDS), z.number())
      .nullable()
      .describe('By how the votes on them came together.'),
    adjudicated: z.int().describe('Pairs that an adjudicator decided.'),
    rules: z
      .array(
        z.strictObject({
          rule: z.enum(CONSENSUS_RULES),
          labels: z.int(),
        }),
      )
      .describe('How many pairs each rule gives a label by votes alone.'),
    model: z
      .strictObject({
        classes: z.array(z.string()),
        priors: z.array(z.number()).describe('How often each class is the true one.'),
        iterations: z.int(),
        converged: z.boolean(),
        differsFromMajority: z.int().describe('Pairs whose likeliest label is not the majority’s.'),
        raters: z.array(
          z.strictObject({
            rater: z.string(),
            votes: z.int(),
            said: z
              .array(z.array(z.number().nullable()))
              .describe(
                'The chance of each vote (row) where each class is true (column); null in columns the rater hardly met.',
              ),
          }),
        ),
      })
      .nullable()
      .describe('Dawid and Skene’s model of the votes; null without a vote.'),
  }),
);
/** How labels come about. */
export type ConsensusReport = ReplyOfSchema<typeof consensusReport>;

const studyId = z.string().min(1).max(64);
const rater = z.string().min(1).max(120);

export const qualityMethods = {
  'quality.raters': leadReport({
    reveals: 'blind',
    about:
      'How each rater works: pace, sides, ties, checks, repeats, agreement with the others, warnings, and what was decided.',
    input: z.strictObject({ studyId }),
    reply: () => z.array(raterReport()),
  }),
  'quality.decide': leadTask({
    kind: 'command',
    reveals: 'blind',
    about:
      'Leaves a rater’s votes out of every figure, stops a rater’s work, or takes either back. Logged with the reason; nothing is deleted.',
    input: z.strictObject({
      studyId,
      rater,
      about: z.enum(['exclusion', 'pause']),
      isOn: z.boolean(),
      reason: z.string().trim().min(1).max(2000).describe('As it can be read to the rater.'),
    }),
    reply: () => z.array(raterReport()),
  }),
  'quality.effect': leadReport({
    reveals: 'blind',
    about: 'What every headline figure is with and without one rater’s votes.',
    input: z.strictObject({ studyId, rater }),
    reply: exclusionEffect,
  }),
  'quality.eraseNotes': leadTask({
    kind: 'command',
    changes: ['ratings'],
    reveals: 'blind',
    about:
      'Erases the text of a rater’s notes for good, on request. Votes stay; a row of the log stands for each note.',
    input: z.strictObject({ studyId, rater }),
    reply: () =>
      z.strictObject({
        erased: z.int(),
        isPending: z
          .boolean()
          .describe(
            'Whether somebody still reads the journal that holds them: ask again later, or close every window.',
          ),
      }),
  }),
  'quality.consensus': leadReport({
    reveals: 'blind',
    about:
      'How labels come about under each rule, and each rater’s confusion matrix under Dawid and Skene’s model.',
    input: z.strictObject({ studyId }),
    reply: consensusReport,
  }),
} as const;
