/** An answer that came as a stream of events although none was asked for: its pieces put together. */
import { z } from 'zod';
import { EndpointFailure } from './endpoint-failure.ts';
import { finiteJson } from './finite-json.ts';

/** Whether an answer is a stream of events, by what it says of itself or by how it begins. */
export function isEventStream(contentType: string | null, text: string): boolean {
  return /^text\/event-stream\b/iu.test(contentType ?? '') || /^\s*(?:data|event|id|retry)?:/u.test(text);
}

const pieceSchema = z
  .object({
    content: z.unknown().optional(),
    refusal: z.string().nullish().catch(null),
  })
  .nullish()
  .catch(null);
const choiceSchema = z.object({
  index: z.number().int().min(0).max(1000).nullish().catch(null),
  delta: pieceSchema,
  message: pieceSchema,
  text: z.string().nullish().catch(null),
  finish_reason: z.string().nullish().catch(null),
  error: z.unknown().optional(),
  usage: z.unknown().optional(),
  logprobs: z
    .object({ content: z.array(z.unknown()) })
    .nullish()
    .catch(null),
});
const usageSchema = z.record(z.string(), z.unknown()).nullish().catch(null);
const chunkSchema = z.object({
  model: z.string().nullish().catch(null),
  error: z.unknown().optional(),
  choices: z.array(choiceSchema).nullish(),
  usage: usageSchema,
  x_groq: z.object({ usage: usageSchema }).nullish().catch(null),
});
type ChoicePiece = z.output<typeof choiceSchema>;

/** One choice as far as it has come. */
class GrowingChoice {
  readonly index: number;
  /** Text and parts in the order they came. */
  #content: unknown[] = [];
  #refusal = '';
  #finishReason: string | null = null;
  #error: unknown = null;
  readonly #tokens: unknown[] = [];

  constructor(index: number) {
    this.index = index;
  }

  get isFinished(): boolean {
    return this.#finishReason !== null || this.#error !== null;
  }

  add({ delta, message, text, finish_reason: reason, error, logprobs }: ChoicePiece): void {
    // A message is the whole; it stands in the last piece of servers that send both.
    if (message?.content !== undefined && message.content !== null) this.#content = [];
    for (const content of [message?.content ?? delta?.content ?? text ?? []].flat())
      this.#content.push(content);
    this.#refusal = message?.refusal ?? this.#refusal + (delta?.refusal ?? '');
    // Some say “null” or nothing in words as long as it goes on.
    if (reason !== null && reason !== undefined && reason !== '' && reason !== 'null')
      this.#finishReason = reason;
    this.#error ??= error ?? null;
    for (const token of logprobs?.content ?? []) this.#tokens.push(token);
  }

  toJson(): unknown {
    const isText = this.#content.every((part) => typeof part === 'string');
    return {
      index: this.index,
      finish_reason: this.#finishReason,
      ...(this.#error === null ? {} : { error: this.#error }),
      message: {
        content: isText ? this.#content.join('') : this.#content,
        refusal: this.#refusal === '' ? null : this.#refusal,
      },
      ...(this.#tokens.length === 0 ? {} : { logprobs: { content: this.#tokens } }),
    };
  }
}

/**
 * The completion that a stream of chunks is: their texts joined, the last usage, the reason to finish. Throws an
 * {@link EndpointFailure} where it broke off, or is a stream of something else.
 */
export function completionOfEvents(text: string): unknown {
  const choices = new Map<number, GrowingChoice>();
  let model: string | null = null;
  let usage: unknown = null;
  let [others, isDone] = [0, false];
  for (const { event, data } of eventsOf(text)) {
    if (data === '[DONE]') {
      isDone = true;
      break;
    }
    const value = parseData(data);
    if (event === 'error')
      return typeof value === 'object' && value !== null && 'error' in value ? value : { error: value };
    const chunk = chunkSchema.safeParse(value);
    if (
      !chunk.success ||
      (chunk.data.choices == null && chunk.data.usage == null && chunk.data.error == null)
    ) {
      // Signs of life, and events of another API.
      others++;
      continue;
    }
    const { model: named, error, choices: pieces, usage: counted, x_groq: extra } = chunk.data;
    if (error !== undefined && error !== null) return { error };
    model ??= named ?? null;
    usage = counted ?? extra?.usage ?? usage;
    for (const piece of pieces ?? []) {
      const index = piece.index ?? 0;
      const choice = choices.get(index) ?? new GrowingChoice(index);
      choices.set(index, choice);
      choice.add(piece);
      usage = piece.usage ?? usage;
    }
  }
  const all = [...choices.values()];
  if (all.length === 0 && others > 0) throw otherStream();
  if (!isDone && !(all.length > 0 && all.every(({ isFinished }) => isFinished)))
    throw new EndpointFailure('retry', 'The endpoint’s answer broke off.', { mayBePaid: true });
  return { model, choices: all.map((choice) => choice.toJson()), usage };
}

function otherStream(): EndpointFailure {
  return new EndpointFailure(
    'all',
    'The endpoint answers with a stream of events that is no chat completion, though none was asked for: turn streaming off there, or name an address that speaks OpenAI’s chat completions.',
    { mayBePaid: true },
  );
}

function parseData(data: string): unknown {
  try {
    return JSON.parse(finiteJson(data));
  } catch {
    // A stream that was cut within an event ends so, too.
    throw new EndpointFailure('retry', 'The endpoint’s answer broke off or is no JSON.', { mayBePaid: true });
  }
}

/** Events by the standard (HTML, 9.2.6): lines of `field: value`, several of `data` joined, a blank line after each event. */
function* eventsOf(text: string): Generator<{ readonly event: string; readonly data: string }> {
  let event = '';
  let data: string[] = [];
  for (const [, line = ''] of `${text.replace(/^\uFEFF/u, '')}\n\n`.matchAll(/([^\r\n]*)(?:\r\n|\r|\n)/gu)) {
    if (line === '') {
      if (data.length > 0) yield { event, data: data.join('\n') };
      event = '';
      data = [];
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
  }
}
