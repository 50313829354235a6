import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';

export const runSelectionSchema = z.strictObject({
  limit: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('At most this many pairs, in study order.'),
  slice: z
    .strictObject({ name: z.string().max(128), value: z.string().max(1024) })
    .nullable()
    .default(null),
  pairs: z.array(z.string().max(256)).max(100_000).nullable().default(null),
  which: z
    .enum(['missing', 'failed', 'all'])
    .default('missing')
    .describe('What was never judged, what failed, or both.'),
});

/** Which pairs a run is about. */
export type RunSelection = DeepReadonly<z.output<typeof runSelectionSchema>>;
