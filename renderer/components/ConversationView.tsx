import { memo } from 'react';
import { type Conversation, plainTextOf } from '../../shared/domain/conversation.ts';
import { SafeMarkdown } from './SafeMarkdown.tsx';

const ROLE_NAMES = { system: 'Instructions', user: 'User', assistant: 'Assistant', tool: 'Tool' } as const;

/** A task or an output: a single text as it is, a conversation turn by turn. */
export const ConversationView = memo(function ConversationView({
  conversation,
  plainRole,
}: {
  readonly conversation: Conversation;
  readonly plainRole: 'user' | 'assistant';
}) {
  const plain = plainTextOf(conversation, plainRole);
  if (plain !== undefined) {
    return plain.trim() === '' ? <p className="quiet">(empty)</p> : <SafeMarkdown text={plain} />;
  }
  return (
    <ol className="turns">
      {conversation.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns have no identity but their place
        <li key={index} className={`turn turn-${message.role}`}>
          <span className="turn-role">{ROLE_NAMES[message.role]}</span>
          <SafeMarkdown text={message.content} />
        </li>
      ))}
    </ol>
  );
});
