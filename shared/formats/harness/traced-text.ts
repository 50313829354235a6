/** What tools that trace calls keep as input and output: a text, messages, or an object around either. */
import { z } from 'zod';
import type { Conversation, Message } from '../../domain/conversation.ts';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import type { TextHash } from '../../pack/content-hash.ts';
import { readBy } from '../native.ts';
import { textKey } from './text-key.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const partsSchema = z
  .array(z.union([text, z.looseObject({ type: z.string().optional(), text: text.optional() })]))
  .max(1000);

/** Content as a text, or in parts; null where it is none. Parts that are no text are named in brackets. */
export const contentSchema = z.union([text, partsSchema, z.null()]);

const messageSchema = z.looseObject({ role: z.string(), content: contentSchema.optional() });
const messagesSchema = z.array(messageSchema).min(1).max(1000);

export function textOfContent(content: z.output<typeof contentSchema> | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? [])
    .map((part) => (typeof part === 'string' ? part : (part.text ?? `[${part.type ?? 'part'}]`)))
    .join('\n');
}

const ROLES: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  tool: 'tool',
  function: 'tool',
};

/** What was asked: the last turn, and what stands before it. */
export interface Asked {
  readonly before: Conversation;
  readonly last: string;
}

/** Messages as a question; null where one has a role nobody knows. */
export function askedIn(messages: z.output<typeof messagesSchema>): Asked | null {
  const known: Message[] = [];
  for (const { role, content } of messages) {
    const named = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
    if (named === undefined) return null;
    known.push({ role: named, content: textOfContent(content) });
  }
  const last = known.at(-1);
  return last?.role === 'user' ? { before: known.slice(0, -1), last: last.content } : null;
}

/** The same for the same question, and, where that is told apart, for the same besides. */
export function keyOfAsked({ before, last }: Asked, sha256: TextHash, besides = ''): string {
  const texts = before.flatMap(({ role, content }) => [role, content]);
  return sha256(textKey([...texts, last, besides])).slice(0, 24);
}

/** The fields that hold an input or an output by themselves. */
const ASKED_FIELDS = ['messages', 'input', 'question', 'prompt', 'query', 'instruction', 'text'];
const SAID_FIELDS = [
  'output',
  'answer',
  'response',
  'completion',
  'content',
  'text',
  'messages',
  'generations',
];

/** An input as a question; what is no text and no messages is shown as JSON. Null for none. */
export function askedBy(input: unknown): Asked | null {
  const value = unwrapped(input, ASKED_FIELDS);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return { before: [], last: value };
  const messages = readBy(messagesSchema, value);
  return (
    (messages.ok ? askedIn(messages.value) : null) ?? { before: [], last: JSON.stringify(input, null, 2) }
  );
}

/** An output as a text: of messages the last. Null for none. */
export function saidBy(output: unknown): string | null {
  const value = unwrapped(output, SAID_FIELDS);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  const messages = readBy(messagesSchema, value);
  const last = messages.ok ? messages.value.at(-1) : undefined;
  const isMessage = last !== undefined && last.content !== undefined && Object.hasOwn(ROLES, last.role);
  return isMessage ? textOfContent(last.content) : JSON.stringify(output, null, 2);
}

/** What stands in the one field of an object that is known to hold it, at most three deep. */
function unwrapped(value: unknown, fields: readonly string[], depth = 3): unknown {
  if (depth === 0 || value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const held = fields.filter((field) => Object.hasOwn(value, field));
  const [only] = held;
  const isAlone = only !== undefined && (held.length === 1 || only === 'messages');
  if (!isAlone || (Object.keys(value).length > 1 && !MESSAGE_FIELDS.has(only))) return value;
  return unwrapped((value as Record<string, unknown>)[only], fields, depth - 1);
}

/** Fields beside which others say nothing more: roles, usage, and the like. */
const MESSAGE_FIELDS = new Set(['content', 'messages']);
