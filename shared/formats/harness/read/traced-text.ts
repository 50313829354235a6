/** What tools that trace calls keep as input and output: a text, messages, or an object around either. */
import { z } from 'zod';
import type { TextHash } from '../../../json/content-hash.ts';
import { readBy } from '../../../json/read-by-schema.ts';
import type { Conversation, Message } from '../../../study/conversation.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { textKey } from './text-key.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const partsSchema = z
  .array(z.union([text, z.looseObject({ type: z.string().optional(), text: text.optional() })]))
  .max(1000);

/** Content as a text, or in parts; null where it is none. Parts that are no text are named in brackets. */
export const contentSchema = z.union([text, partsSchema, z.null()]);

/** A call of a tool: OpenAI's, with the arguments as a text, LangChain's, or Inspect's, whose function is a name. */
const toolCallSchema = z.looseObject({
  id: z.unknown().optional(),
  type: z.unknown().optional(),
  name: z.string().optional(),
  args: z.unknown().optional(),
  arguments: z.unknown().optional(),
  function: z
    .union([
      text.transform((name) => ({ name, arguments: undefined })),
      z.looseObject({ name: z.string().optional(), arguments: z.unknown().optional() }),
    ])
    .optional(),
});

/** A message as tools that trace calls keep it. */
export const messageSchema = z
  .looseObject({
    role: z.string().nullable().optional(),
    type: z.string().nullable().optional(),
    /** Inspect's: whether it was given, or made by the model. */
    source: z.string().nullable().optional(),
    content: contentSchema.optional(),
    /** Who speaks, where several have one role; the tool, of what a tool replied. */
    name: z.string().max(1000).nullable().optional(),
    refusal: text.nullable().optional(),
    tool_calls: z.array(toolCallSchema).max(1000).nullable().optional(),
  })
  // LangChain calls the role a type.
  .transform(({ role, type, ...said }) => ({ ...said, role: role ?? type ?? '' }));
const messagesSchema = z.array(messageSchema).min(1).max(1000);

type Part = Exclude<z.output<typeof partsSchema>[number], string>;

/** Content as people can read it. Pictures that stand in it itself are kept as such; what is no text is named in brackets. */
export function textOfContent(content: z.output<typeof contentSchema> | undefined): string {
  if (typeof content === 'string') return content;
  const texts = (content ?? []).flatMap((part) => (typeof part === 'string' ? [part] : textOfPart(part)));
  const whole = texts.join('\n');
  // Pictures must not take more room than a text may have.
  return whole.length <= MAX_TEXT_LENGTH
    ? whole
    : texts.map((each) => (isPicture(each) ? '[image]' : each)).join('\n');
}

/** What a model thought belongs to no text that it gave. */
const THOUGHTS = new Set(['reasoning', 'thinking', 'redacted_thinking']);

function textOfPart(part: Part): readonly string[] {
  if (part.text !== undefined) return [part.text];
  const type = part.type ?? 'part';
  if (THOUGHTS.has(type)) return [];
  const address = pictureOf(part);
  if (address !== null)
    return [EMBEDDED_PICTURE.test(address) ? `![image](${address})` : `[image${placeOf(address)}]`];
  const { filename, document, refusal } = part;
  if (typeof refusal === 'string') return [refusal];
  const named = typeof filename === 'string' && filename !== '' ? filename : document;
  return [`[${type}${typeof named === 'string' ? placeOf(named) : ''}]`];
}

/** Whether content holds what people cannot be shown here: pictures that stand elsewhere, sounds, documents, data. */
export function hasUnshown(content: z.output<typeof contentSchema> | undefined): boolean {
  if (typeof content === 'string' || content == null) return false;
  return content.some((part) => {
    if (typeof part === 'string' || part.text !== undefined || THOUGHTS.has(part.type ?? '')) return false;
    const address = pictureOf(part);
    if (address !== null) return !EMBEDDED_PICTURE.test(address);
    return typeof part.refusal !== 'string';
  });
}

/** Raster pictures that stand in a text itself: what is shown to people. */
const EMBEDDED_PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/u;

/** A picture's address or bytes: Inspect's `image`, OpenAI's `image_url`, Anthropic's `source`. Null for no picture. */
function pictureOf({ type, image, image_url, source }: Part): string | null {
  if (typeof image === 'string') return image;
  if (typeof image_url === 'string') return image_url;
  const url = fieldOf(image_url, 'url');
  if (url !== undefined) return url;
  const [mediaType, data] = [fieldOf(source, 'media_type'), fieldOf(source, 'data')];
  if (type !== 'image') return null;
  return mediaType === undefined || data === undefined
    ? (fieldOf(source, 'url') ?? '')
    : `data:${mediaType};base64,${data}`;
}

function fieldOf(value: unknown, field: string): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const found: unknown = Reflect.get(value, field);
  return typeof found === 'string' ? found : undefined;
}

/** Where something is, where that can be read. */
function placeOf(address: string): string {
  return address === '' || address.startsWith('data:') ? '' : `: ${address.slice(0, 200)}`;
}

function isPicture(rendered: string): boolean {
  return rendered.startsWith('![image](data:');
}

/** All that a message says: its content, and the tools it calls. */
export function textOfMessage({
  content,
  name: speaker,
  refusal,
  tool_calls,
}: Partial<z.output<typeof messageSchema>>): string {
  const calls = (tool_calls ?? []).map(({ name, args, arguments: plain, function: called }) => {
    const given = called?.arguments ?? plain ?? args ?? '';
    return `[calls ${called?.name ?? name ?? 'a tool'}: ${typeof given === 'string' ? given : JSON.stringify(given)}]`;
  });
  const said = [textOfContent(content), refusal ?? '', ...calls].filter((part) => part !== '').join('\n');
  return speaker == null || speaker === '' ? said : `${speaker}: ${said}`;
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

/** The role that a tool calls by this name; undefined for none. */
export function roleNamed(name: string): Message['role'] | undefined {
  return Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
}

/** What was asked: the last turn, and what stands before it. */
export interface Asked {
  readonly before: Conversation;
  readonly last: string;
}

/** Messages as a question; null where one has a role nobody knows. */
export function questionOfMessages(
  messages: readonly (Pick<z.output<typeof messageSchema>, 'role' | 'content'> &
    Partial<z.output<typeof messageSchema>>)[],
): Asked | null {
  const known: Message[] = [];
  for (const message of messages) {
    const named = roleNamed(message.role);
    if (named === undefined) return null;
    known.push({ role: named, content: textOfMessage(message) });
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
  'message',
  'messages',
  'choices',
  'generations',
];

/** Fields of an output beside which others say nothing more: roles, usage, and the like. */
const REPLY_FIELDS = ['choices', 'generations', 'message', 'messages', 'content'];

/** Fields of a request that say how a reply is drawn, and nothing of what is asked. */
const SETTINGS = new Set([
  'model',
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'stop',
  'stop_sequences',
  'seed',
  'n',
  'stream',
  'stream_options',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'presence_penalty',
  'frequency_penalty',
  'user',
  'store',
  'service_tier',
  'model_name',
  'provider',
  'metadata',
  'config',
  'session_id',
  'user_id',
  'thread_id',
]);

/** What beside messages is the system's prompt. */
const SYSTEM_FIELDS = new Set(['system', 'instructions', 'system_prompt', 'system_instruction']);

/** An input as a question; what is no text and no messages is shown as JSON. Null for none. */
export function questionOfInput(input: unknown): Asked | null {
  const value = unwrap(input, ASKED_FIELDS);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return { before: [], last: value };
  const request = requestOf(value);
  const messages = readBy(messagesSchema, request?.messages ?? value);
  const asked = messages.ok ? questionOfMessages(messages.value) : null;
  if (asked === null) return { before: [], last: JSON.stringify(input, null, 2) };
  return { ...asked, before: [...(request?.before ?? []), ...asked.before] };
}

/** A request with messages beside other fields: these, and what of the others was asked with them. */
function requestOf(value: unknown): { readonly messages: unknown; readonly before: Conversation } | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const messages = Array.isArray(fields.messages) ? fields.messages : fields.input;
  if (!Array.isArray(messages)) return null;
  const before: Message[] = [];
  for (const [name, said] of Object.entries(fields)) {
    if (said === messages || said == null || SETTINGS.has(name)) continue;
    const isSystem = SYSTEM_FIELDS.has(name);
    const parts = isSystem ? readBy(contentSchema, said) : null;
    const spelled =
      typeof said === 'string'
        ? said
        : parts?.ok
          ? textOfContent(parts.value)
          : JSON.stringify(said, null, 2);
    if (spelled === '' || spelled === '[]' || spelled === '{}') continue;
    before.push({ role: 'system', content: isSystem ? spelled : `${name}: ${spelled}` });
  }
  return { messages, before };
}

/** An output as a text: of messages the last, and where none is known, JSON. Null for none. */
export function textOfOutput(output: unknown): string | null {
  if (output === null || output === undefined) return null;
  return knownTextOf(output) ?? JSON.stringify(output, null, 2);
}

/** What an output says where it is known where that stands; else null. */
function knownTextOf(output: unknown): string | null {
  const value = unwrap(output, SAID_FIELDS);
  if (typeof value === 'string') return value;
  const list = Array.isArray(value) ? value : [value];
  const messages = readBy(messagesSchema, list);
  const last = messages.ok ? messages.value.at(-1) : undefined;
  const isMessage =
    last !== undefined &&
    (last.content !== undefined || last.tool_calls != null) &&
    (Object.hasOwn(ROLES, last.role) || last.role === '');
  return isMessage && (Object.hasOwn(ROLES, last.role) || !Array.isArray(value)) ? textOfMessage(last) : null;
}

/**
 * A trace as a tool exports it that writes every input and output as a text. What is JSON in an input is opened; in an
 * output only where the input was, or where it holds a message: a model may have been asked for JSON.
 */
export function readTrace(input: unknown, output: unknown): { asked: Asked | null; said: string | null } {
  const given = parseIfJson(input);
  const replied = parseIfJson(output);
  const isPacked = given !== input;
  const held = replied === output ? null : knownTextOf(isPacked || isMessages(replied) ? replied : output);
  return {
    asked: questionOfInput(given),
    said: held ?? (typeof output === 'string' ? output : textOfOutput(output)),
  };
}

function parseIfJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/u.test(value) || value.length > MAX_TEXT_LENGTH) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Whether it is a message, messages, or an object around them. */
function isMessages(value: unknown): boolean {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.some(
    (each) =>
      each !== null &&
      typeof each === 'object' &&
      (('role' in each && ('content' in each || 'tool_calls' in each)) ||
        'choices' in each ||
        ('messages' in each && Array.isArray(each.messages))),
  );
}

/** What stands in the one field of an object that is known to hold it, at most four deep; the first of what stands in choices. */
function unwrap(value: unknown, fields: readonly string[], depth = 4): unknown {
  if (depth === 0 || value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const held = fields.filter((field) => Object.hasOwn(value, field));
  const inside = (field: string) => (value as Readonly<Record<string, unknown>>)[field];
  const reply =
    fields === SAID_FIELDS
      ? REPLY_FIELDS.find(
          (field) => held.includes(field) && (field !== 'message' || typeof inside(field) === 'object'),
        )
      : undefined;
  if (reply === 'content') return value;
  if (reply === 'choices' || reply === 'generations') {
    let first = inside(reply);
    while (Array.isArray(first)) first = first[0] as unknown;
    const { message, text: said } = (first ?? {}) as { readonly message?: unknown; readonly text?: unknown };
    return unwrap(message ?? said ?? first, fields, depth - 1);
  }
  if (reply !== undefined) return unwrap(inside(reply), fields, depth - 1);
  const [only, ...others] = held;
  const isAlone = only !== undefined && others.length === 0 && Object.keys(value).length === 1;
  return isAlone ? unwrap(inside(only), fields, depth - 1) : value;
}
