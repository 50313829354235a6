import { z } from 'zod';
import type { Conversation, Message } from '../../../study/conversation.ts';
import { messageSchema, roleNamed, textOfMessage } from './traced-text.ts';

/**
 * A conversation as tables hold it: every turn has every field that any turn has, tool_calls or a name say, and null where it
 * has none. What a turn says beside its content is shown with it: who speaks, the tools it calls, parts that are no text.
 */
export const tabledConversation = z
  .array(messageSchema)
  .min(1)
  .max(1000)
  .transform(
    (turns, context): Conversation =>
      turns.flatMap((turn, index): Message[] => {
        const role = roleNamed(turn.role);
        if (role !== undefined) return [{ role, content: textOfMessage(turn) }];
        context.addIssue({
          code: 'custom',
          message: 'must be system, user, assistant or tool',
          path: [index, 'role'],
        });
        return [];
      }),
  );
