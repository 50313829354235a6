/** From a reply to a verdict about the places as shown, or to the class of its failure. */
import type { JudgeDefinition, ReplyContract } from './judge-definition.ts';
import type { Failure, JudgeReply } from './judge-reply.ts';
import { contradictsRationale } from './rationale.ts';
import {
  lastJsonObjectWith,
  type ShownVerdict,
  shownVerdict,
  statedScore,
  statedVerdict,
  verdictPlace,
} from './reply-grammar.ts';
import { probabilityOfA } from './verdict-probability.ts';

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
  const stated = statedVerdict(reply.text, grammar);
  const shown = stated === null ? null : shownVerdict(stated, scale);
  if (shown === null) return { failure: failureAfter(reply) };
  const criteria =
    contract.form === 'criteria'
      ? criteriaOf(
          reply.text,
          contract.criteria.map(({ name }) => name),
        )
      : null;
  if (contract.form === 'criteria' && criteria === null) return { failure: failureAfter(reply) };
  return {
    ...shown,
    failure: null,
    probabilityOfA: probabilityOfA(reply.tokens, shown.choice, verdictPlace(reply.text, grammar)),
    criteria,
    isContradictory: contradictsRationale(reply.text, shown.choice),
  };
}

/** Reads the reply of a judge that scores one output. */
export function readScore(
  reply: JudgeReply,
  contract: Extract<ReplyContract, { form: 'pointwise' }>,
): ReadScore | NotRead {
  const notRead = failureBefore(reply, contract);
  if (notRead !== null) return notRead;
  const stated = statedVerdict(reply.text, contract.grammar, 'score');
  const score = stated === null ? null : statedScore(stated, contract.lowest, contract.highest);
  return score === null ? { failure: failureAfter(reply) } : { failure: null, score };
}

/** The preference between two scores: the higher one, a tie within the band. */
export function preferenceOfScores(first: number, second: number, tieBand: number): ShownVerdict {
  const difference = first - second;
  // Scores are short decimals; a band of 0.1 must hold 7.2 and 7.3.
  if (Math.abs(difference) <= tieBand + 1e-9) return { choice: 'tie', strength: null };
  return { choice: difference > 0 ? 'A' : 'B', strength: null };
}

/** A whole object or a first line is complete where it stands; anything else may have been said otherwise later. */
function failureBefore({ finishReason, refusal }: JudgeReply, contract: ReplyContract): NotRead | null {
  if (refusal !== null && refusal !== '') return { failure: 'refused' };
  if (finishReason === 'content_filter') return { failure: 'refused' };
  const grammar = contract.form === 'criteria' ? 'json' : contract.grammar;
  if (finishReason === 'length' && grammar !== 'json' && grammar !== 'first_line')
    return { failure: 'truncated' };
  return null;
}

const REFUSALS =
  /^\W*(?:i(?:'|’)?m sorry|i am sorry|sorry,|i apologi[sz]e|i can(?:'|’)?t|i can ?not|i am (?:not able|unable)|i(?:'|’)m (?:not able|unable)|i won(?:'|’)?t|i must decline|i decline|as an ai\b)/iu;

function failureAfter({ text, finishReason }: JudgeReply): NotRead['failure'] {
  if (finishReason === 'length') return 'truncated';
  return REFUSALS.test(text) ? 'refused' : 'unparsed';
}

function criteriaOf(
  text: string,
  names: readonly string[],
): Readonly<Record<string, ShownVerdict['choice']>> | null {
  const found = lastJsonObjectWith(text, 'verdict')?.criteria;
  if (found === null || typeof found !== 'object') return null;
  const choices: Record<string, ShownVerdict['choice']> = {};
  for (const name of names) {
    const stated = (found as Record<string, unknown>)[name];
    const shown = typeof stated === 'string' ? shownVerdict(stated, 'with_tie') : null;
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
