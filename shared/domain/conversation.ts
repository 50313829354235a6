import { z } from 'zod';

/** Longest single text accepted anywhere, in UTF-16 code units (4 Mi). */
export const MAX_TEXT_LENGTH = 4 * 1024 * 1024;

/** One turn of a conversation. */
export const messageSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string().max(MAX_TEXT_LENGTH),
});
export type Message = z.infer<typeof messageSchema>;

/** A conversation: 1 to 1,000 turns. */
export const conversationSchema = z.array(messageSchema).min(1).max(1000);
export type Conversation = Message[];

/**
 * The plain text behind a conversation of one turn by `role`, else undefined. The native format writes
 * such a conversation as `prompt` or `text`, so that one content has one spelling.
 */
export function plainTextOf(conversation: Conversation, role: 'user' | 'assistant'): string | undefined {
  const [only, ...rest] = conversation;
  return only !== undefined && rest.length === 0 && only.role === role ? only.content : undefined;
}
