/** What replies are read as. The replies are written for this test after the habits of real judges. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../../electron/core/product.ts';
import type { ReplyContract, ReplyGrammar } from '../../../shared/domain/judge/judge-definition.ts';
import {
  judgeOfTemplate,
  judgeTemplateSchema,
  readingOf,
} from '../../../shared/domain/judge/judge-template.ts';
import { contradictsRationale } from '../../../shared/domain/judge/rationale.ts';
import { preferenceOfScores, readVerdict, replyJsonSchema } from '../../../shared/domain/judge/read-reply.ts';
import { probabilityOfA } from '../../../shared/domain/judge/verdict-probability.ts';

const folder = join(productFolder, 'resources', 'judges');
const templates = readdirSync(folder).map(
  (file) => [file, judgeTemplateSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))] as const,
);

describe('every template', () => {
  it.each(templates)('%s is a judge, and reads its own examples', (_file, template) => {
    const judge = judgeOfTemplate(template, { name: 'j', model: 'm', endpoint: 'http://127.0.0.1:1/v1' });
    expect(judge.orders).toBe('both');
    for (const { reply, reads, strength } of template.examples) {
      expect(readingOf(reply, judge.reply), reply).toMatchObject({
        reads,
        ...(strength === undefined ? {} : { strength }),
      });
    }
  });

  it('is there for each form', () => {
    expect(templates.map(([file]) => file)).toEqual([
      'criteria.json',
      'pairwise-forced.json',
      'pairwise-graded.json',
      'pairwise-with-tie.json',
      'pointwise-score.json',
      'reference-guided.json',
      'structured-with-tie.json',
    ]);
  });
});

const contract = (
  grammar: ReplyGrammar,
  scale: 'forced' | 'with_tie' | 'with_tie_and_both_bad' | 'graded' = 'with_tie',
): ReplyContract => ({
  form: 'pairwise',
  scale,
  grammar,
  structured: false,
});

describe('a verdict in double brackets', () => {
  it.each([
    ['[[A]]', 'A'],
    ['My final verdict is: [[B]].', 'B'],
    ['**[[ b ]]**', 'B'],
    ['[[C]]', 'tie'],
    ['[[Tie]]', 'tie'],
    ['Assistant A says 4, assistant B says 5. A is friendlier and B is right.\n\n[[B]]', 'B'],
    ['If only style mattered: [[A]]. But it does not.\n\nFinal verdict: [[B]]', 'B'],
    ['[[A]] for style, [[B]] for truth. I cannot decide.', 'unparsed'],
    ['[[A]]\n\n[[B]]\n\nOn reflection [[A]] or [[B]]', 'unparsed'],
    ['[A]', 'unparsed'],
    ['[[A or B]]', 'unparsed'],
    ['Output A is better.', 'unparsed'],
    ['[[both bad]]', 'unparsed'],
    ['', 'unparsed'],
    ['I cannot help with comparing these texts.', 'refused'],
    ['I’m sorry, but as they stand I will not judge these.', 'refused'],
    ['I cannot find a fault in output A.\n\n[[A]]', 'A'],
  ])('%j: %s', (reply, reads) => {
    expect(readingOf(reply, contract('double_bracket')).reads).toBe(reads);
  });

  it('that was cut off is truncated, even if a token stands in it', () => {
    expect(readingOf('[[A]] might be said, but', contract('double_bracket'), 'length').reads).toBe(
      'truncated',
    );
    expect(readingOf('A\nBecause it', contract('first_line'), 'length').reads).toBe('A');
    expect(readingOf('{"rationale": "cut', contract('json'), 'length').reads).toBe('truncated');
    expect(readingOf('{"verdict": "B"} and then', contract('json'), 'length').reads).toBe('B');
  });
});

describe('a verdict in JSON', () => {
  it.each([
    ['{"verdict": "A"}', 'A'],
    ['Here it is:\n```json\n{"rationale": "B has {braces} and \\"quotes\\"", "verdict": "B"}\n```', 'B'],
    ['{"verdict": "A"} is what I thought first. {"verdict": "B"}', 'B'],
    ['{"winner": "A"}', 'unparsed'],
    ['{"verdict": "A or B"}', 'unparsed'],
    ["{'verdict': 'A'}", 'unparsed'],
    ['{"verdict": null}', 'unparsed'],
    ['{"verdict": "A", "rationale": "a brace } and { in a text"}', 'A'],
    ['{"verdict": ', 'unparsed'],
  ])('%j: %s', (reply, reads) => {
    expect(readingOf(reply, contract('json')).reads).toBe(reads);
  });

  it('is found in no time in a reply of braces', () => {
    expect(readingOf('{'.repeat(200_000) + '}'.repeat(200_000), contract('json')).reads).toBe('unparsed');
  });
});

describe('a verdict on a line of its own', () => {
  it.each([
    ['first_line', 'A\n\nBecause B is wrong.', 'A'],
    ['first_line', '**B**\nA is longer.', 'B'],
    ['first_line', 'Verdict: A', 'A'],
    ['first_line', 'Both have merits.\nB', 'unparsed'],
    ['last_line', 'A is longer.\n\nAnswer: B', 'B'],
    ['last_line', 'So:\n> Output A', 'A'],
    ['last_line', 'So:\n\nThe winner is Response B.', 'B'],
    ['last_line', 'Assistant A is better', 'A'],
    ['last_line', 'My final verdict is: tie', 'tie'],
    ['last_line', '```\nB\n```', 'B'],
    ['last_line', 'A is better than B', 'unparsed'],
    ['last_line', 'A or B', 'unparsed'],
    ['last_line', 'neither A nor B', 'unparsed'],
    ['last_line', 'A\nHope this helps!', 'unparsed'],
  ] as const)('%s, %j: %s', (grammar, reply, reads) => {
    expect(readingOf(reply, contract(grammar)).reads).toBe(reads);
  });
});

describe('a scale', () => {
  it.each([
    ['forced', '[[C]]', 'unparsed', null],
    ['forced', '[[A>B]]', 'A', null],
    ['with_tie_and_both_bad', '[[both bad]]', 'both_bad', null],
    ['graded', '[[A >> B]]', 'A', 3],
    ['graded', '[[A<B]]', 'B', 1],
    ['graded', '[[A]]', 'A', null],
    ['graded', '[[A>A]]', 'unparsed', null],
  ] as const)('%s reads %s as %s', (scale, reply, reads, strength) => {
    expect(readingOf(reply, contract('double_bracket', scale))).toEqual({ reads, strength });
  });
});

describe('a reply that argues for one and chooses the other', () => {
  const flag = (text: string) => {
    const read = readVerdict(
      { text, finishReason: 'stop', refusal: null, tokens: null },
      contract('double_bracket') as never,
    );
    return read.failure === null ? [read.choice, read.isContradictory] : null;
  };
  it.each([
    ['Output A is clearly better: it is correct.\n\n[[B]]', ['B', true]],
    ['Response B is more accurate. I prefer A for brevity.\n\n[[A]]', ['A', false]],
    ['Overall, A provides a more helpful answer.\n\n[[B]]', ['B', true]],
    ['A is not better than B.\n\n[[B]]', ['B', false]],
    ['B is the stronger answer.\n\n[[B]]', ['B', false]],
    ['A is better.\n\n[[C]]', ['tie', false]],
  ])('%j is flagged and not changed', (text, expected) => {
    expect(flag(text)).toEqual(expected);
  });
});

describe('scores turned into a preference', () => {
  it('tie within the band only', () => {
    expect(preferenceOfScores(7.3, 7.2, 0.1).choice).toBe('tie');
    expect(preferenceOfScores(7.4, 7.2, 0.1).choice).toBe('A');
    expect(preferenceOfScores(3, 4, 0).choice).toBe('B');
  });
});

describe('log-probabilities', () => {
  const token = (text: string, alternatives: Record<string, number>) => ({
    token: text,
    logProbability: Math.log(alternatives[text] ?? 0.5),
    alternatives: Object.entries(alternatives).map(([each, probability]) => ({
      token: each,
      logProbability: Math.log(probability),
    })),
  });
  it('of the token that states the verdict, over its spellings, ties as half', () => {
    const tokens = [
      token(' A', { ' A': 1 }),
      token(' is', { ' is': 1 }),
      token('[[', { '[[': 1 }),
      token('B', { B: 0.6, A: 0.1, C: 0.2, ' B': 0.05, Banana: 0.05 }),
      token(']]', { ']]': 1 }),
    ];
    expect(probabilityOfA(tokens, 'B')).toBeCloseTo((0.1 + 0.1) / 0.95, 12);
    expect(probabilityOfA(tokens, 'tie')).toBeNull();
    expect(probabilityOfA(null, 'A')).toBeNull();
    expect(probabilityOfA([token('word', { word: 1 })], 'A')).toBeNull();
  });
});

describe('log-probabilities of a reply that goes on after its verdict', () => {
  it('are those of the verdict, where the grammar reads it', () => {
    const tokens = [
      {
        token: 'A',
        logProbability: Math.log(0.55),
        alternatives: [
          { token: 'A', logProbability: Math.log(0.55) },
          { token: 'B', logProbability: Math.log(0.45) },
        ],
      },
      { token: '\n', logProbability: 0, alternatives: [] },
      { token: 'Output', logProbability: 0, alternatives: [] },
      { token: ' A', logProbability: -0.0001, alternatives: [{ token: ' A', logProbability: -0.0001 }] },
      { token: ' is right.', logProbability: 0, alternatives: [] },
    ];
    const reply = { text: 'A\nOutput A is right.', finishReason: 'stop', refusal: null, tokens };
    const read = readVerdict(reply, contract('first_line') as never);
    expect(read.failure === null && read.probabilityOfA).toBeCloseTo(0.55, 9);
  });
});

describe('structured output', () => {
  it('asks for exactly what is read', () => {
    const schema = replyJsonSchema({ form: 'pairwise', scale: 'graded', grammar: 'json', structured: true });
    expect(schema).toMatchObject({ required: ['rationale', 'verdict'], additionalProperties: false });
    const choices = (schema as { properties: { verdict: { enum: string[] } } }).properties.verdict.enum;
    for (const choice of choices) {
      expect(
        readingOf(JSON.stringify({ rationale: '', verdict: choice }), contract('json', 'graded')).reads,
      ).not.toBe('unparsed');
    }
    expect(replyJsonSchema(contract('json'))).toBeNull();
  });
});

describe('a hostile reply', () => {
  // Bounded work, not bounded time: a pattern that backtracks over these would not come back within the test’s limit.
  it.each([
    '\n',
    ' ',
    '[[',
    '*_`',
    '{"verdict":',
    '"}{',
    'the output ',
    'A is clearly ',
    'I prefer the ',
    'thus ',
  ])('of nothing but %j is read like any other', (piece) => {
    const text = piece.repeat(Math.floor(400_000 / piece.length));
    for (const grammar of ['double_bracket', 'json', 'first_line', 'last_line'] as const) {
      expect(readingOf(text, contract(grammar)).reads).toBe('unparsed');
    }
    expect(contradictsRationale(text, 'A')).toBe(false);
  });
});
