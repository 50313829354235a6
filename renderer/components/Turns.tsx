import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../shared/study/conversation.ts';
import { MarkedText } from './MarkedText.tsx';
import { FIRST_SHOWN, PlainText } from './PlainText.tsx';
import { SafeMarkdown } from './SafeMarkdown.tsx';

const ROLE_NAMES = {
  system: 'pair.instructions',
  user: 'pair.user',
  assistant: 'pair.assistant',
  tool: 'pair.tool',
} as const;

/** How many turns are there at first, and how many more come at once. */
export const TURNS_SHOWN = 100;
/** What every turn shows of itself, however much those before it took. In UTF-16 code units. */
const LEAST_SHOWN = 200;

/** Turns of a conversation, one below the other. */
export function Turns({ of: turns, id }: { readonly of: Conversation; readonly id?: string }) {
  const { t } = useTranslation();
  const firsts = firstsOf(turns);
  return (
    <ol className="turns" id={id}>
      {turns.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns have no identity but their place
        <li key={index} className={`turn turn-${message.role}`}>
          {message.role === 'tool' ? (
            <ToolTurn content={message.content} first={firsts[index] ?? LEAST_SHOWN} />
          ) : (
            <>
              <span className="turn-role">{t(ROLE_NAMES[message.role])}</span>
              <SafeMarkdown text={message.content} first={firsts[index] ?? LEAST_SHOWN} />
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

/** How much of each turn is there at first where turns are shown as they are. */
function firstsOf(conversation: Conversation): number[] {
  let left = FIRST_SHOWN;
  return conversation.map(({ content }) => {
    const first = Math.max(LEAST_SHOWN, Math.min(content.length, left));
    left -= first;
    return first;
  });
}

const SUMMARY_LENGTH = 80;
/** Longer ones are not laid out: parsing them would hold up the keys. In UTF-16 code units. */
const LONGEST_LAID_OUT = 20_000;

/** What a tool was called with or gave back: folded to its first line, laid out where it is JSON. */
function ToolTurn({ content, first }: { readonly content: string; readonly first: number }) {
  const { t } = useTranslation();
  const [line = ''] = content
    .slice(0, 10 * SUMMARY_LENGTH)
    .trim()
    .split('\n');
  return (
    <details className="tool-turn">
      <summary>
        <span className="turn-role">{t(ROLE_NAMES.tool)}</span>{' '}
        <span className="tool-summary">
          <MarkedText text={line.length > SUMMARY_LENGTH ? `${line.slice(0, SUMMARY_LENGTH)}…` : line} />
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <div className="tool-text" tabIndex={0}>
        <PlainText text={layOutJson(content)} first={first} />
      </div>
    </details>
  );
}

function layOutJson(content: string): string {
  if (content.length > LONGEST_LAID_OUT || !/^\s*[[{]/u.test(content)) return content;
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
}
