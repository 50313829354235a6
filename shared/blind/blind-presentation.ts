/** The only shape in which a pair may reach a rater. */
import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { conversationSchema } from '../study/conversation-schema.ts';

export const blindPresentationSchema = z.strictObject({
  presentationId: z.string().describe('Random; it says nothing about the pair.'),
  task: conversationSchema.describe('What was asked.'),
  left: conversationSchema.describe('The output on the left.'),
  right: conversationSchema.describe('The output on the right.'),
});
export type BlindPresentation = DeepReadonly<z.infer<typeof blindPresentationSchema>>;
