import { z } from 'zod';
import type { QualityWarning } from '../domain/quality/quality-warnings.ts';
import type { RaterQuality } from '../domain/quality/rater-quality.ts';
import { leadMethod } from './method.ts';

/** A rater's figures, and what of them chance does not explain. */
export interface RaterReport extends RaterQuality {
  readonly warnings: readonly QualityWarning[];
}

export const qualityMethods = {
  'quality.raters': leadMethod<readonly RaterReport[]>()({
    kind: 'query',
    reveals: 'blind',
    about:
      'How each rater works: pace, sides, ties, checks, repeats, agreement with the others, and warnings.',
    input: z.strictObject({ studyId: z.string().min(1).max(64) }),
  }),
} as const;
