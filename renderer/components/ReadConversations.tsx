import { createContext, type ReactNode, useMemo } from 'react';
import type { Conversation } from '../../shared/study/conversation.ts';
import { type DecorationBudget, newDecorationBudget } from '../markdown/decorator.ts';
import { type ReadText, readTogether } from '../markdown/read-markdown.ts';

/** Texts that share one budget. */
export interface TextsTogether {
  readonly texts: ReadonlySet<string>;
  /** Null where all of them are shown as they were written. */
  readonly read: ReadonlyMap<string, ReadText> | null;
  readonly budget: DecorationBudget;
}

export const TextsAround = createContext<TextsTogether | null>(null);

export function textsTogether(texts: readonly string[]): TextsTogether {
  return { texts: new Set(texts), read: readTogether(texts), budget: newDecorationBudget() };
}

/** The conversations of a pair: all of their texts are laid out, or none is, so that no side stands out for its size. */
export function ReadConversations({
  of: conversations,
  children,
}: {
  /** As many at every call. */
  readonly of: readonly Conversation[];
  readonly children: ReactNode;
}) {
  const value = useMemo(
    () =>
      textsTogether(
        conversations.flatMap((conversation) =>
          conversation.flatMap(({ role, content }) => (role === 'tool' ? [] : [content])),
        ),
      ),
    // biome-ignore lint/correctness/useExhaustiveDependencies: the list is a new one with the same conversations
    conversations,
  );
  return <TextsAround value={value}>{children}</TextsAround>;
}
