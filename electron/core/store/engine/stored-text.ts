import { type Conversation, plainTextOf } from '../../../../shared/study/conversation.ts';

/** One content, one spelling: a conversation of a single turn by `role` is stored as a JSON string. */
export function textToStore(conversation: Conversation, role: 'user' | 'assistant'): string {
  return JSON.stringify(plainTextOf(conversation, role) ?? conversation);
}

/** The conversation behind a stored text. */
export function conversationOf(stored: string, role: 'user' | 'assistant'): Conversation {
  const value = JSON.parse(stored) as string | Conversation;
  return typeof value === 'string' ? [{ role, content: value }] : value;
}
