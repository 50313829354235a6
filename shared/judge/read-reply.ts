/** From a reply to a verdict about the places as shown, or to the class of its failure. */
import type { JudgeDefinition, ReplyContract } from './judge-definition.ts';
import type { Failure, JudgeReply } from './judge-reply.ts';
import { ownValue } from './lenient-json.ts';
import { contradictsRationale } from './rationale.ts';
import { isRefusal } from './refusal.ts';
import {
  bareStatement,
  lastJsonObjectWith,
  type ShownVerdict,
  statedScore,
  statedVerdict,
  verdictOfToken,
} from './reply-grammar.ts';
import { probabilityOfA } from './verdict-probability.ts';
import { visibleReply } from './visible-reply.ts';

export interface ReadVerdict extends ShownVerdict {
  readonly failure: null;
  /** That A is the better one, ties as half, from the log-probabilities of the verdict; null without them. */
  readonly probabilityOfA: number | null;
  /** By criterion, where the contract has them. */
  readonly criteria: Readonly<Record<string, ShownVerdict['choice']>> | null;
  /** The rationale says the opposite: for review, the verdict stays what it is. */
  readonly isContradictory: boolean;
}

export interface ReadScore {
  readonly failure: null;
  readonly score: number;
}

export interface NotRead {
  readonly failure: Exclude<Failure, 'error'>;
}

/** Reads the reply of a judge that compares. */
export function readVerdict(
  reply: JudgeReply,
  contract: Exclude<ReplyContract, { form: 'pointwise' }>,
): ReadVerdict | NotRead {
  const notRead = failureBefore(reply, contract);
  if (notRead !== null) return notRead;
  const scale = contract.form === 'criteria' ? 'with_tie' : contract.scale;
  const grammar = contract.form === 'criteria' ? 'json' : contract.grammar;
  const visible = visibleReply(reply.text);
  const stated = statedVerdict(visible, grammar);
  const shown = stated === null ? null : verdictOfToken(stated.text, scale);
  if (stated === null || shown === null) return { failure: failureAfter(reply, visible) };
  const criteria =
    contract.form === 'criteria'
      ? criteriaOf(
          visible,
          contract.criteria.map(({ name }) => name),
        )
      : null;
  if (contract.form === 'criteria' && criteria === null) return { failure: failureAfter(reply, visible) };
  return {
    ...shown,
    failure: null,
    // The letters of A>B are several tokens, and no list of alternatives is about the whole.
    probabilityOfA:
      stated.place === null || stated.text.length > 1
        ? null
        : probabilityOfA(reply.tokens, shown.choice, { ...stated.place, text: reply.text }),
    criteria,
    isContradictory: contradictsRationale(visible, shown.choice),
  };
}

/** Reads the reply of a judge that scores one output. */
export function readScore(
  reply: JudgeReply,
  contract: Extract<ReplyContract, { form: 'pointwise' }>,
): ReadScore | NotRead {
  const notRead = failureBefore(reply, contract);
  if (notRead !== null) return notRead;
  const visible = visibleReply(reply.text);
  const stated = statedVerdict(visible, contract.grammar, 'score');
  const score = stated === null ? null : statedScore(stated.text, contract.lowest, contract.highest);
  return score === null ? { failure: failureAfter(reply, visible) } : { failure: null, score };
}

/** The preference between two scores: the higher one, a tie within the band. */
export function preferenceOfScores(first: number, second: number, tieBand: number): ShownVerdict {
  const difference = first - second;
  // Scores are short decimals; a band of 0.1 must hold 7.2 and 7.3.
  if (Math.abs(difference) <= tieBand + 1e-9) return { choice: 'tie', strength: null };
  return { choice: difference > 0 ? 'A' : 'B', strength: null };
}

/** How endpoints say that a filter took the reply, and that it was cut off. */
const FILTERED: ReadonlySet<string> = new Set([
  ...[
    'content_filter',
    'content_filtered',
    'safety',
    'prohibited_content',
    'blocklist',
    'recitation',
    'spii',
  ],
  ...['refusal', 'sensitive', 'guardrail_intervened', 'moderation', 'blocked'],
]);
const CUT_OFF: ReadonlySet<string> = new Set([
  ...[
    'length',
    'max_tokens',
    'max_output_tokens',
    'model_length',
    'model_context_window_exceeded',
    'token_limit',
  ],
]);

/** A whole object or a first line is complete where it stands; anything else may have been said otherwise later. */
function failureBefore({ finishReason, refusal }: JudgeReply, contract: ReplyContract): NotRead | null {
  if (refusal !== null && refusal !== '') return { failure: 'refused' };
  if (isReason(finishReason, FILTERED)) return { failure: 'refused' };
  const grammar = contract.form === 'criteria' ? 'json' : contract.grammar;
  if (isReason(finishReason, CUT_OFF) && grammar !== 'json' && grammar !== 'first_line')
    return { failure: 'truncated' };
  return null;
}

function isReason(finishReason: string | null, reasons: ReadonlySet<string>): boolean {
  return finishReason !== null && reasons.has(finishReason.toLowerCase());
}

function failureAfter({ finishReason }: JudgeReply, visible: string): NotRead['failure'] {
  if (isReason(finishReason, CUT_OFF)) return 'truncated';
  return isRefusal(visible) ? 'refused' : 'unparsed';
}

function criteriaOf(
  text: string,
  names: readonly string[],
): Readonly<Record<string, ShownVerdict['choice']>> | null {
  const object = lastJsonObjectWith(text, 'verdict')?.object;
  const found = object === undefined ? null : ownValue(object, 'criteria');
  if (found === null || typeof found !== 'object') return null;
  const choices: Record<string, ShownVerdict['choice']> = {};
  for (const name of names) {
    const value = ownValue(found as Record<string, unknown>, name);
    const stated = typeof value === 'string' ? bareStatement(value) : null;
    const shown = stated === null ? null : verdictOfToken(stated, 'with_tie');
    if (shown === null) return null;
    choices[name] = shown.choice;
  }
  return choices;
}

/** What to ask of an endpoint with structured output: the schema of the whole reply; null where it is not asked for. */
export function replyJsonSchema(
  contract: JudgeDefinition['reply'],
): Readonly<Record<string, unknown>> | null {
  if (!contract.structured) return null;
  const rationale = { type: 'string', description: 'Why, in a few sentences.' };
  const object = (properties: Record<string, unknown>) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  switch (contract.form) {
    case 'pointwise':
      return object({
        rationale,
        score: { type: 'integer', minimum: contract.lowest, maximum: contract.highest },
      });
    case 'criteria': {
      const choice = { type: 'string', enum: ['A', 'B', 'tie'] };
      const criteria = object(Object.fromEntries(contract.criteria.map(({ name }) => [name, choice])));
      return object({ rationale, criteria, verdict: choice });
    }
    case 'pairwise':
      return object({ rationale, verdict: { type: 'string', enum: [...CHOICES[contract.scale]] } });
  }
}

const CHOICES = {
  forced: ['A', 'B'],
  with_tie: ['A', 'B', 'tie'],
  with_tie_and_both_bad: ['A', 'B', 'tie', 'both_bad'],
  graded: ['A>>B', 'A>B', 'A=B', 'B>A', 'B>>A'],
} as const;
