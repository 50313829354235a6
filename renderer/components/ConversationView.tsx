import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Conversation, plainTextOf } from '../../shared/domain/conversation.ts';
import { SafeMarkdown } from './SafeMarkdown.tsx';

const ROLE_NAMES = {
  system: 'pair.instructions',
  user: 'pair.user',
  assistant: 'pair.assistant',
  tool: 'pair.tool',
} as const;

/** A task or an output: a single text as it is, a conversation turn by turn. */
export const ConversationView = memo(function ConversationView({
  conversation,
  plainRole,
}: {
  readonly conversation: Conversation;
  readonly plainRole: 'user' | 'assistant';
}) {
  const { t } = useTranslation();
  const plain = plainTextOf(conversation, plainRole);
  if (plain !== undefined) {
    return plain.trim() === '' ? <p className="quiet">{t('pair.empty')}</p> : <SafeMarkdown text={plain} />;
  }
  return (
    <ol className="turns">
      {conversation.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns have no identity but their place
        <li key={index} className={`turn turn-${message.role}`}>
          {message.role === 'tool' ? (
            <ToolTurn content={message.content} />
          ) : (
            <>
              <span className="turn-role">{t(ROLE_NAMES[message.role])}</span>
              <SafeMarkdown text={message.content} />
            </>
          )}
        </li>
      ))}
    </ol>
  );
});

const SUMMARY_LENGTH = 80;

/** What a tool was called with or gave back: folded to its first line, laid out where it is JSON. */
function ToolTurn({ content }: { readonly content: string }) {
  const { t } = useTranslation();
  const text = laidOut(content);
  const [first = ''] = content.trim().split('\n');
  return (
    <details className="tool-turn">
      <summary>
        <span className="turn-role">{t(ROLE_NAMES.tool)}</span>{' '}
        <span className="tool-summary">
          {first.length > SUMMARY_LENGTH ? `${first.slice(0, SUMMARY_LENGTH)}…` : first}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <pre tabIndex={0} dir="auto">
        {text}
      </pre>
    </details>
  );
}

function laidOut(content: string): string {
  if (!/^\s*[[{]/u.test(content)) return content;
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
}
