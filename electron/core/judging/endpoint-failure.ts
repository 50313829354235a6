/** What kind of failure an endpoint's answer is, from its status and what it says, wherever it says it. */
import { z } from 'zod';

/**
 * `retry`: the same request may be answered later. `busy`, `unreachable`: so may every other; it is no failed try of this
 * one. `this`: this request will never be answered. `all`: no request will, so the run must stop: a wrong key, a wrong
 * address, a model that is not there, no money.
 */
export class EndpointFailure extends Error {
  readonly scope: 'retry' | 'busy' | 'unreachable' | 'this' | 'all';
  /** How long the endpoint asks to be left alone; null where it says nothing. */
  readonly waitMs: number | null;
  /** The endpoint may have worked on it, and charged for it, though no reply came of it. */
  readonly mayBePaid: boolean;

  constructor(
    scope: EndpointFailure['scope'],
    message: string,
    { waitMs = null, mayBePaid = false }: { waitMs?: number | null; mayBePaid?: boolean } = {},
  ) {
    super(message.slice(0, 600));
    this.scope = scope;
    this.waitMs = waitMs;
    this.mayBePaid = mayBePaid;
  }
}

/** What an endpoint says of an error. */
export interface SaidError {
  readonly message: string;
  /** Codes, kinds and reasons, as one text. */
  readonly codes: string;
  /** A status that stands in the body; null without one. */
  readonly status: number | null;
}

const word = z.union([z.string(), z.number()]).nullish().catch(null);
const errorSchema = z.object({
  message: z.string().nullish().catch(null),
  msg: z.string().nullish().catch(null),
  detail: z.unknown().optional(),
  code: word,
  type: word,
  param: word,
  status: word,
  innererror: z.object({ code: word }).nullish().catch(null),
  metadata: z
    .object({ reasons: z.array(z.string()).nullish().catch(null), raw: word })
    .nullish()
    .catch(null),
});

/** Reads the body of an error in the forms that servers give it: `{error: {…}}`, `{error: "…"}`, `{detail: …}`, a list. */
export function describeError(body: unknown): SaidError | null {
  if (typeof body === 'string' && body.trim() !== '') return { message: body, codes: '', status: null };
  if (Array.isArray(body)) return describeError(body[0]);
  const outer = z.looseObject({ error: z.unknown().optional() }).safeParse(body);
  if (!outer.success) return null;
  if (outer.data.error !== undefined && outer.data.error !== null) {
    const { error } = outer.data;
    return typeof error === 'object' ? ofObject(error) : describeError(String(error));
  }
  return ofObject(outer.data);
}

function ofObject(value: unknown): SaidError | null {
  const parsed = errorSchema.safeParse(value);
  if (!parsed.success) return null;
  const { message, msg, detail, code, type, param, status, innererror, metadata } = parsed.data;
  const text = message ?? msg ?? (detail === undefined ? null : textOf(detail)) ?? null;
  const codes = [code, type, param, status, innererror?.code, metadata?.raw, ...(metadata?.reasons ?? [])];
  const said = codes.filter((each) => each !== null && each !== undefined && each !== '').join(' ');
  if (text === null && said === '') return null;
  const numbers = [code, status].map(Number).filter((each) => each >= 400 && each < 600);
  return { message: text ?? said, codes: said, status: numbers[0] ?? null };
}

function textOf(detail: unknown): string {
  return typeof detail === 'string' ? detail : (JSON.stringify(detail) ?? '');
}

const FILTERED =
  /content[ _-]?filter|content_policy|content management policy|content moderation|filtering policy|ResponsibleAI|responsible_ai|data_?inspection|inappropriate[ _]content|content exists risk|sensitive_words|unsafe_content|safety_violation|prohibited[_ ]content|violat\w+ (?:our |the )?(?:usage|content|safety) (?:guidelines|polic)|flagged (?:as|by|for|because|due|potentially)|(?:prompt|input|content|output) was (?:flagged|blocked)|blocked by (?:our |the )?(?:safety|content)|requires moderation|guardrail/iu;
const NO_MONEY =
  /insufficient[ _-]?(?:quota|balance|credit|funds)|credit balance is too low|out of credits?|no credits|billing_(?:hard_limit|not_active)|arrearage|payment[ _]required|余额不足|欠费/iu;
const UNSUPPORTED =
  /unsupported[ _](?:parameter|value|field)|(?:parameter|argument|field|value|inputs?)s? (?:is|are)? ?(?:not (?:supported|permitted|allowed|recognized)|unsupported|unknown)|not supported (?:with|by|for) th|unrecognized (?:request )?(?:argument|parameter|field)|unknown (?:parameter|field|argument)|unexpected keyword|extra (?:inputs|fields)|extra_forbidden/iu;

/** Whether a filter of the provider took the request or the reply: a refusal of this one, and no error. */
export function isFiltered(status: number, said: SaidError): boolean {
  return status < 500 && status !== 401 && status !== 429 && FILTERED.test(`${said.codes} ${said.message}`);
}

/** Whether the server does not know something it was sent, so that it will refuse every request. */
export function isUnsupported(said: SaidError): boolean {
  return UNSUPPORTED.test(`${said.codes} ${said.message}`);
}

const NEVER: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 410]);
const BUSY: ReadonlySet<number> = new Set([429, 498, 529]);
const LATER: ReadonlySet<number> = new Set([408, 409, 425]);

/**
 * The failure that a status is, of the answer or of a body that says it.
 *
 * @param address where it was asked
 */
export function failureOfStatus(
  status: number,
  said: SaidError,
  { waitMs, mayBePaid, address }: { waitMs: number | null; mayBePaid: boolean; address: string },
): EndpointFailure {
  const words = said.message.trim().slice(0, 400);
  const message = `The endpoint answered ${status}: ${words}${/[.!?…]$/u.test(words) ? '' : '.'}`;
  const text = `${said.codes} ${said.message}`;
  if (status === 402 || NO_MONEY.test(text))
    return new EndpointFailure('all', `${message} There is no credit left for this key.`);
  if ((status === 404 || status === 405) && !/model/iu.test(said.message))
    return new EndpointFailure(
      'all',
      `${message} Asked at ${address}: a base address usually ends in /v1, without “/chat/completions”.`,
    );
  if (NEVER.has(status)) return new EndpointFailure('all', message);
  if (BUSY.has(status) || (status === 503 && waitMs !== null))
    return new EndpointFailure('busy', message, { waitMs, mayBePaid });
  if (LATER.has(status) || status >= 500) return new EndpointFailure('retry', message, { waitMs, mayBePaid });
  if (isUnsupported(said))
    return new EndpointFailure(
      'all',
      `${message} Leave that parameter out of the judge, or give it another value.`,
    );
  return new EndpointFailure('this', message);
}
