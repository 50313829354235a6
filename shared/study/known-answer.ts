import { z } from 'zod';

/** How a known answer is used. `example`: read before work. `gold`: among ordinary pairs, to check a rater. */
export const KNOWN_STAGES = ['example', 'practice', 'qualifying', 'gold'] as const;
export type KnownStage = (typeof KNOWN_STAGES)[number];

/** A pair whose answer is known. */
export const knownAnswerSchema = z.strictObject({
  pair: z.string().min(1).max(256).describe('The id of the comparison in its file.'),
  stage: z.enum(KNOWN_STAGES),
  verdict: z
    .enum(['first', 'second', 'tie', 'both_bad'])
    .describe('About a and b of the file, never about sides.'),
  explanation: z.string().max(4000).default('').describe('Shown to raters after examples and practice.'),
});

export type KnownAnswerCounts = Readonly<Record<KnownStage, number>>;
