/** The manifest that makes a folder of files a calibration set. */
import { z } from 'zod';
import { analysisPlanSchema } from '../domain/analysis-plan.ts';
import { selectionMethodSchema } from '../domain/selection-method.ts';
import { studyNameSchema, writtenDesignSchema } from '../domain/study.ts';

export const CALIBRATION_FORMAT = 'touchstone-calibration-set/1';

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
  analysisPlan: z
    .looseObject({
      plan: analysisPlanSchema,
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
      storedAt: z.iso.datetime(),
      votesBefore: z.int().min(0),
    })
    .optional(),
});
export type CalibrationManifest = z.infer<typeof calibrationManifestSchema>;

/** The file of a calibration set that holds its comparisons. */
export const COMPARISONS_FILE = 'comparisons.jsonl';
