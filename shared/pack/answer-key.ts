/** Which presentations of a pack were checks, and what was right. The lead keeps it; the pack holds its hash. */
import { z } from 'zod';
import { canonicalJson } from '../json/canonical-json.ts';
import { textSha256 } from '../json/content-hash.ts';
import { packIdSchema } from './pack-manifest.ts';

const presentationId = z.string().regex(/^[0-9a-f]{32}$/u);
const answer = z.enum(['left', 'right', 'tie', 'both_bad']);

export const answerKeySchema = z.strictObject({
  touchpackAnswers: z.literal(1),
  packId: packIdSchema,
  revision: z.int().min(1),
  salt: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .describe('Without it, guesses could be tried on the hash.'),
  gold: z.record(presentationId, answer),
  qualifying: z.record(presentationId, answer),
  catches: z.record(presentationId, z.array(answer).min(1).max(4)).describe('Any of these is right.'),
  repeats: z
    .record(presentationId, presentationId)
    .describe('A pair that came again, and what it was before.'),
});
export type AnswerKey = z.infer<typeof answerKeySchema>;

/** What a pack says of its answer key: SHA-256 of its canonical JSON, which its salt keeps from being guessed. */
export function answerKeySha256(key: AnswerKey): string {
  return textSha256(canonicalJson(key));
}
