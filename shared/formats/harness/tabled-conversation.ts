import { z } from 'zod';
import { conversationSchema } from '../../domain/conversation-schema.ts';

/**
 * A conversation as tables hold it: every turn has every field that any turn has, tool_calls or a name say, and null where it
 * has none.
 */
export const tabledConversation = z.preprocess(
  (turns) => (Array.isArray(turns) ? turns.map(withoutNulls) : turns),
  conversationSchema,
);

function withoutNulls(turn: unknown): unknown {
  if (turn === null || typeof turn !== 'object' || Array.isArray(turn)) return turn;
  const fields = Object.entries(turn);
  return fields.some(([, value]) => value === null)
    ? Object.fromEntries(fields.filter(([, value]) => value !== null))
    : turn;
}
