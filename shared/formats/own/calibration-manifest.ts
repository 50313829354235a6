/** The manifest that makes a folder of files a calibration set. */
import { z } from 'zod';
import { selectionMethodSchema } from '../../selection/selection-method.ts';
import { knownAnswerSchema } from '../../study/known-answer.ts';
import { rubricSchema } from '../../study/rubric.ts';
import { raterNameSchema, studyNameSchema, writtenDesignSchema } from '../../study/study.ts';

export const CALIBRATION_FORMAT = 'touchstone-calibration-set/1';

/** A plan as it was hashed: read only once the hash was checked. */
const storedPlanSchema = z.looseObject({
  plan: z.record(z.string().max(100), z.unknown()),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  storedAt: z.iso.datetime(),
  votesBefore: z.int().min(0),
});

/** What an import needs of a manifest. What an export adds beyond this is computed again. */
export const calibrationManifestSchema = z.looseObject({
  format: z.literal(CALIBRATION_FORMAT),
  study: z.looseObject({
    name: studyNameSchema,
    isSynthetic: z.boolean(),
    design: writtenDesignSchema,
  }),
  files: z
    .array(
      z.looseObject({
        name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,100}$/u, 'must be a plain file name'),
        sha256: z.string().regex(/^[0-9a-f]{64}$/u),
      }),
    )
    .min(1)
    .max(20),
  draws: z
    .array(
      z.looseObject({
        method: selectionMethodSchema,
        candidates: z.int().min(1),
        drawnAt: z.iso.datetime(),
      }),
    )
    .max(1000)
    .optional(),
  analysisPlan: storedPlanSchema.optional(),
  earlierPlans: z.array(storedPlanSchema).max(1000).optional(),
  designChanges: z
    .array(
      z.looseObject({
        at: z.iso.datetime(),
        fields: z.array(z.string().max(100)).max(100),
        votesBefore: z.int().min(0).nullable(),
      }),
    )
    .max(10_000)
    .optional(),
  guidelines: z
    .array(
      z.looseObject({
        version: z.int().min(1),
        guideline: z.string().max(1_000_000),
        rubric: rubricSchema,
        createdAt: z.iso.datetime(),
      }),
    )
    .min(1)
    .max(10_000)
    .optional(),
  raterDecisions: z
    .array(
      z.looseObject({
        rater: raterNameSchema,
        about: z.enum(['exclusion', 'pause']),
        isOn: z.boolean(),
        reason: z.string().min(1).max(10_000),
        decidedBy: z.enum(['lead', 'thresholds']),
        at: z.iso.datetime(),
      }),
    )
    .max(100_000)
    .optional(),
  knownAnswers: z.array(knownAnswerSchema).max(100_000).optional(),
});
export type CalibrationManifest = z.infer<typeof calibrationManifestSchema>;

/** The file of a calibration set that holds its comparisons. */
export const COMPARISONS_FILE = 'comparisons.jsonl';
