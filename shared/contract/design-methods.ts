import { z } from 'zod';
import { leadMethod } from './method.ts';

const studyId = z.string().min(1).max(64);

/** How a known answer is used. `example`: read before work. `gold`: among ordinary pairs, to check a rater. */
export const KNOWN_STAGES = ['example', 'practice', 'qualifying', 'gold'] as const;
export type KnownStage = (typeof KNOWN_STAGES)[number];

export const knownAnswerSchema = z.strictObject({
  pair: z.string().min(1).max(256).describe('The id of the comparison in its file.'),
  stage: z.enum(KNOWN_STAGES),
  verdict: z
    .enum(['first', 'second', 'tie', 'both_bad'])
    .describe('About a and b of the file, never about sides.'),
  explanation: z.string().max(4000).default('').describe('Shown to raters after examples and practice.'),
});

export type KnownAnswerCounts = Readonly<Record<KnownStage, number>>;

export const designMethods = {
  'design.addKnownAnswers': leadMethod<KnownAnswerCounts>()({
    kind: 'command',
    reveals: 'blind',
    about:
      'Names pairs whose answer is known. They train and check raters and are no part of the result, so none may have a vote.',
    input: z.strictObject({ studyId, answers: z.array(knownAnswerSchema).min(1).max(5000) }),
  }),
} as const;
