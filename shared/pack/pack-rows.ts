/** The rows of a pack's files. */
import { z } from 'zod';
import { conversationSchema } from '../study/conversation-schema.ts';
import { ANSWERS } from '../study/verdict.ts';

const idSchema = z.string().regex(/^[0-9a-f]{32}$/u);

/** `texts.jsonl`: what was asked and what was answered, without a word on which is which. Sorted by id. */
export const packTextSchema = z.strictObject({ id: idSchema, messages: conversationSchema });
export type PackText = z.infer<typeof packTextSchema>;

/** `work`: among it are pairs that check, which nothing here tells. */
export const PARTS = ['practice', 'qualifying', 'work'] as const;

const pairFields = { id: idSchema, task: idSchema, left: idSchema, right: idSchema };

/** `work-001.jsonl` and so on: what one rater is shown, in that order. */
export const packPresentationSchema = z.strictObject({ ...pairFields, part: z.enum(PARTS) });
export type PackPresentation = z.infer<typeof packPresentationSchema>;

const known = { answer: z.enum(ANSWERS).exclude(['skipped']), explanation: z.string().max(20_000) };

/** `examples.jsonl`: pairs to read before the work, with their answer. */
export const packExampleSchema = z.strictObject({ ...pairFields, ...known });
export type PackExample = z.infer<typeof packExampleSchema>;

/** `practice.jsonl`: what is known of a practice pair, by the id of its presentation. */
export const packPracticeSchema = z.strictObject({ id: idSchema, ...known });
export type PackPractice = z.infer<typeof packPracticeSchema>;
