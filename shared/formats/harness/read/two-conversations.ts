import type { z } from 'zod';
import type { conversationSchema } from '../../../study/conversation-schema.ts';

type Conversation = z.output<typeof conversationSchema>;

/**
 * Two conversations that begin with the same question, up to a turn: the question, and what follows it on either side.
 * Null where they do not begin alike, or have no such turn.
 *
 * @param turn the last of the user's turns that counts, from 1
 */
export function splitConversations(
  first: Conversation,
  second: Conversation,
  turn: number,
): { readonly messages: Conversation; readonly first: Conversation; readonly second: Conversation } | null {
  const [left, right] = [upToTurn(first, turn), upToTurn(second, turn)];
  if (left === null || right === null) return null;
  let shared = 0;
  while (
    shared < left.length - 1 &&
    left[shared]?.role !== 'assistant' &&
    left[shared]?.role === right[shared]?.role &&
    left[shared]?.content === right[shared]?.content
  )
    shared++;
  if (shared === 0 || left[shared]?.role !== 'assistant' || right[shared]?.role !== 'assistant') return null;
  return { messages: left.slice(0, shared), first: left.slice(shared), second: right.slice(shared) };
}

/** Up to the answer to a turn of the user's; null where it was not answered. */
function upToTurn(conversation: Conversation, turn: number): Conversation | null {
  let turns = 0;
  for (const [place, { role }] of conversation.entries()) {
    if (role === 'user') turns++;
    if (role === 'assistant' && turns === turn) {
      const end = conversation.slice(place).findIndex((message) => message.role !== 'assistant');
      return end === -1 ? conversation : conversation.slice(0, place + end);
    }
  }
  return null;
}
