import { z } from 'zod';

/** Longest single text accepted anywhere, in UTF-16 code units (4 Mi). */
export const MAX_TEXT_LENGTH = 4 * 1024 * 1024;

const messageSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string().max(MAX_TEXT_LENGTH),
});

/** A conversation of 1 to 1,000 turns. */
export const conversationSchema = z.array(messageSchema).min(1).max(1000).readonly();
