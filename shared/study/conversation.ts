/** One turn of a conversation. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
}

/** A conversation: one turn or more. */
export type Conversation = readonly Message[];

/**
 * The plain text behind a conversation of one turn by `role`, else undefined. The native format writes
 * such a conversation as `prompt` or `text`, so that one content has one spelling.
 */
export function plainTextOf(conversation: Conversation, role: 'user' | 'assistant'): string | undefined {
  const [only, ...rest] = conversation;
  return only !== undefined && rest.length === 0 && only.role === role ? only.content : undefined;
}

/** What an assistant said in a conversation, turns below each other. */
export function assistantText(conversation: Conversation): string {
  return conversation
    .filter(({ role }) => role === 'assistant')
    .map(({ content }) => content)
    .join('\n');
}
