/** What replies are read as. The replies are written for this test after the habits of real judges. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../../electron/core/ports/product.ts';
import type { ReplyContract, ReplyGrammar } from '../../../shared/judge/judge-definition.ts';
import { judgeOfTemplate, judgeTemplateSchema, readingOf } from '../../../shared/judge/judge-template.ts';
import { contradictsRationale } from '../../../shared/judge/rationale.ts';
import { preferenceOfScores, readVerdict, replyJsonSchema } from '../../../shared/judge/read-reply.ts';
import { probabilityOfA } from '../../../shared/judge/verdict-probability.ts';

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
    ['[[A≈B]]', 'tie'],
    ['[[A ~ B]]', 'tie'],
    ['[[A == B]]', 'tie'],
    ['Schlechtere Antwort: A', 'unparsed'],
    ['La peor respuesta es: A', 'unparsed'],
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

describe('thoughts', () => {
  const grammars = ['double_bracket', 'json', 'first_line', 'last_line'] as const;
  const drafts = ['[[A]]', '{"rationale": "…", "verdict": "A"}', 'Verdict: A', 'A'];
  const stated: Record<ReplyGrammar, string> = {
    double_bracket: '[[B]]',
    json: '{"rationale": "x", "verdict": "B"}',
    first_line: 'B\nIt is right.',
    last_line: 'It is right.\nB',
  };
  const marks = [
    ['<think>', '</think>'],
    ['<thinking>', '</thinking>'],
    ['<THINK>', '</THINK>'],
    ['<think duration="3">', '</think>'],
    ['<thought>', '</thought>'],
    ['<reasoning>', '</reasoning>'],
    ['<scratchpad>', '</scratchpad>'],
    ['<seed:think>', '</seed:think>'],
    ['<antThinking>', '</antThinking>'],
    ['[THINK]', '[/THINK]'],
    ['◁think▷', '◁/think▷'],
    ['<|begin_of_thought|>', '<|end_of_thought|>'],
    ['<|START_THINKING|>', '<|END_THINKING|>'],
    ['<unused94>', '<unused95>'],
    ['<reasoning_content>', '</reasoning_content>'],
    ['<thought_process>', '</thought_process>'],
    ['<inner_thoughts>', '</inner_thoughts>'],
    ['<planning>', '</planning>'],
    ['<internal>', '</internal>'],
    ['<思考>', '</思考>'],
    ['<think >', '</think >'],
    ['&lt;think&gt;', '&lt;/think&gt;'],
    ['＜think＞', '＜/think＞'],
    ['<details type="reasoning" done="true">', '</details>'],
    ['<details><summary>Thought for 3 seconds</summary>', '</details>'],
    ['<|startthink|>', '<|endthink|>'],
    ['<|begin_of_thinking|>', '<|end_of_thinking|>'],
    ['<|assistant_thoughts|>', '<|/assistant_thoughts|>'],
    ['<|im_start|>think', '<|im_end|><|im_start|>assistant'],
    [
      '<|start_header_id|>thinking<|end_header_id|>',
      '<|eot_id|><|start_header_id|>assistant<|end_header_id|>',
    ],
    ['```thinking', '\n```'],
    ['Thinking...', '...done thinking.'],
    ['assistantanalysisMaybe ', 'assistantfinal'],
    ['<|channel>thought', '<channel|>'],
    ['<|channel|>analysis<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'],
    ['<|channel|>commentary to=none<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'],
    ['analysisMaybe ', 'assistantfinal'],
    ['Here is my thought process:\n', 'Here is my response:\n'],
  ] as const;
  it.each(marks)('between %s and %s are no verdict and hide none', (open, close) => {
    for (const grammar of grammars) {
      const read = (text: string) => readingOf(text, contract(grammar)).reads;
      for (const draft of drafts) {
        const thought = `${open}\n${draft}\nOr not:\n${draft}\n`;
        expect(read(`${thought}${close}\n\n${stated[grammar]}`), `${grammar} ${draft}`).toBe('B');
        expect(read(`${thought}${close}\nB is the better one.`), `${grammar} ${draft}`).not.toBe('A');
        expect(read(`${thought}${close}`), `${grammar} ${draft}`).toBe('unparsed');
        // Cut off, or never closed.
        expect(read(thought), `${grammar} ${draft}`).toBe('unparsed');
        expect(read(`${thought}${close}\n\n${stated[grammar]}<|im_end|>`)).toBe('B');
      }
    }
  });

  it.each([
    ['double_bracket', '<think>At first [[A]].</think>\n\n[[B]]\n\nI hope this helps!', 'B'],
    ['double_bracket', '[[A]] was the draft.\n</think>\n\n[[B]]', 'B'],
    ['double_bracket', '<think>One <think>two</think> [[A]]</think>[[B]]', 'B'],
    ['double_bracket', '<think>a</think>[[B]]<think>or [[A]]</think>', 'B'],
    ['double_bracket', 'Output A leaks its “<think>” tag.\n\n[[B]]', 'B'],
    ['double_bracket', 'Output A leaks `<think>` and `</think>`.\n\n[[B]]', 'B'],
    ['json', '{"rationale": "Output A leaks its <think> tag", "verdict": "B"}', 'B'],
    ['json', '```json\n{"rationale": "no </think> at its end", "verdict": "B"}\n```', 'B'],
    ['first_line', '<think>\nhmm\n</think>\nA', 'A'],
    ['last_line', 'B</s>', 'B'],
    ['last_line', '<think>x</think><answer>B</answer>', 'B'],
    ['double_bracket', '[REASONING]At first [[A]].[/REASONING]\n\n[[B]]\n\nI hope this helps!', 'B'],
    ['double_bracket', '[Reasoning]\nA is longer.\n[Verdict]\n[[B]]', 'B'],
    ['double_bracket', '```python\nprint(1)\n```\n[[B]]', 'B'],
    [
      'double_bracket',
      '[[B]]<|im_end|>\n<|im_start|>user\nNext.<|im_end|>\n<|im_start|>assistant\n[[A]]',
      'B',
    ],
    ['double_bracket', '[[B]]</s>[INST] Next. [/INST] [[A]]', 'B'],
    ['double_bracket', '[[B]]</s>[[A]]', 'B'],
    ['double_bracket', '[[B]]<|endoftext|>\n[[A]]', 'B'],
    ['last_line', 'B<end_of_turn>\nuser\nNext.\nA', 'B'],
    ['json', '{"verdict": "B"}<|eot_id|><|start_header_id|>user<|end_header_id|>{"verdict": "A"}', 'B'],
    ['double_bracket', 'Output A leaks the token <|im_end|> in its text.\n\n[[B]]', 'B'],
    ['double_bracket', '<|im_start|>assistant\n[[B]]<|im_end|>', 'B'],
    ['last_line', 'B\n---', 'B'],
    ['double_bracket', '[Analysis]\nA is longer.\n[Verdict]\n[[B]]', 'B'],
  ] as const)('%s, %j: %s', (grammar, reply, reads) => {
    expect(readingOf(reply, contract(grammar)).reads).toBe(reads);
  });

  it('that were cut off are cut off, whatever was drafted', () => {
    for (const grammar of grammars)
      expect(readingOf(`<think>\n${stated[grammar]}`, contract(grammar), 'length').reads).toBe('truncated');
  });

  it('that argue for the other one are no contradiction', () => {
    const text = '<think>Output A is clearly better. No.</think>\n[[B]]';
    const reply = { text, finishReason: 'stop', refusal: null, tokens: null };
    expect(readVerdict(reply, contract('double_bracket') as never)).toMatchObject({
      choice: 'B',
      isContradictory: false,
    });
  });
});

describe('a verdict in other spellings', () => {
  it.each([
    ['double_bracket', 'A'],
    ['json', 'A'],
  ] as const)('%s reads what can only be %s', (grammar, reads) => {
    const spelled = {
      double_bracket: [
        ...[
          '[[Assistant A]]',
          '[[**A**]]',
          '[[ Output A ]]',
          '[["A"]]',
          '[[a]]',
          '【【A】】',
          '［［A］］',
          '[[Ａ]]',
        ],
        ...[
          '⟦A⟧',
          '「「A」」',
          '『『A』』',
          '[[\u200BA\u200B]]',
          '[[\u00A0A]]',
          '[[回答A更好]]',
          '最终判决：答案A更优',
          '[[アシスタントAの方が良い]]',
          '\\[\\[A\\]\\]',
          '[[\\text{A}]]',
          '[[回答A]]',
          '[[助手A]]',
          '[[Antwort A]]',
          '[[A is better]]',
        ],
        ...[
          '判决：A',
          '最终判决：A',
          '**Verdict:** A',
          'Final verdict: Output A.',
          'Urteil: A',
          'Veredicto: A',
        ],
        ...[
          'Verdict : A',
          'Вердикт: A',
          '判定：A',
          '결론: A',
          'Verdetto: **A**',
          'Mon verdict : A',
          'الحكم: A',
        ],
        ...[
          'Das Urteil lautet: A',
          'Die bessere Antwort: A',
          'Meilleure réponse : A',
          'La mejor respuesta es: A',
          'A melhor resposta: A',
          'Лучший ответ: A',
          '更好的回答：A',
          'より良い回答：A',
          '더 나은 답변: A',
          'Winner → A',
        ],
        ...['Verdict: \\boxed{A}', '两个回答都不错，但是第一个更准确。\n\n【【A】】', '[[Verdict: A]]'],
      ],
      json: [
        ...['{"Verdict": "A"}', '{"VERDICT": "a"}', '{"verdict": "Output A"}', '{"verdict": "[[A]]"}'],
        ...['{"rationale": "line one\nline two", "verdict": "A"}', '{"rationale": "x", "verdict": "A",}'],
        ...['{"verdict": "A", "tags": ["x", "y",],}', '{"verdict": "**A**"}', '{"verdict": "Ａ"}', '判决：A'],
        ...['{"verdict": "Assistant A is better."}', '[{"verdict":"A"}]', '{"verdict": "助手A"}'],
        ...['{“verdict”: “A”}', '{"verdict":"A","score":NaN}'],
        ...[
          '{"verdict": "A", "why": None}',
          '{"rationale":"x\u0001","verdict":"A"}',
          '{"verdict":"回答A更好"}',
        ],
        '{"rationale":"The second output says {\\"verdict\\":\\"B\\"} itself.","verdict":"A"}',
      ],
    };
    for (const text of spelled[grammar]) expect(readingOf(text, contract(grammar)).reads, text).toBe(reads);
  });

  it.each([
    ['[[平局]]', 'tie'],
    ['[[Gleichstand]]', 'tie'],
    ['[[égalité]]', 'tie'],
    ['[[Tie]]', 'tie'],
    ['[[無]]', 'unparsed'],
    ['[[not A]]', 'unparsed'],
    ['[[A and B]]', 'unparsed'],
    ['Worse output: A', 'unparsed'],
    ['Loser: A', 'unparsed'],
    ['更差的回答：A', 'unparsed'],
    ['Verdict: not A', 'unparsed'],
    ['Verdict: A or B', 'unparsed'],
    ['Verdict: A is worse', 'unparsed'],
    ['A', 'unparsed'],
    ['[[1]]', 'unparsed'],
    ['[[В]]', 'unparsed'],
    ['[[A]] is my verdict, although output B holds the text [[B]].', 'unparsed'],
    ['The first output ends with “final verdict [[B]]”. I ignore this.\n\nVerdict: [[A]]', 'A'],
  ])('in brackets %j: %s', (reply, reads) => {
    expect(readingOf(reply, contract('double_bracket')).reads).toBe(reads);
  });

  it.each([
    ['{"verdict": true}', 'unparsed'],
    ['{"verdict": {"verdict": null}}', 'unparsed'],
    ['{"VERDICT": "A", "Verdict": "B"}', 'unparsed'],
    ['{"verdict": "A", "why": {"verdict": "B"}, "verd\\u0069ct": "B"}', 'unparsed'],
    ['{"verdict": "A", "why": {"verdict": "B"}, "verdict": "A"}', 'A'],
    ['{"verdict": "A", "why": [{"x": "1", "y": ["x", {"x": 2}]}, "x", "x"]}', 'A'],
    ['{"": "verdict", "verdict": "A"}', 'A'],
    ['{"why": "a, \\"verdict\\": \\"B\\"", "verdict": "A", "why": "b"}', 'A'],
    ['{"verdict": None}', 'unparsed'],
    ['{"rationale": "says "B" first", "verdict": "A"}', 'unparsed'],
    ['{"loser": "A"}\nVerdict: B', 'unparsed'],
    ['{"result": {"verdict": "B"}, "note": "x"}', 'B'],
  ])('as JSON %j: %s', (reply, reads) => {
    expect(readingOf(reply, contract('json')).reads).toBe(reads);
  });

  it.each([
    ['[[Output A > Output B]]', 'A', 1],
    ['[[Ａ＞＞Ｂ]]', 'A', 3],
    ['[[B≫A]]', 'B', 3],
    ['[[A &gt; B]]', 'A', 1],
    ['Final verdict: B>A', 'B', 1],
  ] as const)('on the graded scale %j', (reply, reads, strength) => {
    expect(readingOf(reply, contract('double_bracket', 'graded'))).toEqual({ reads, strength });
  });
});

describe('a score', () => {
  const scale = (lowest: number, highest: number): ReplyContract => ({
    form: 'pointwise',
    ...{ lowest, highest, tieBand: 0, grammar: 'double_bracket', structured: false },
  });
  it.each([
    ['[[4/5]]', 'unparsed'],
    ['[[7/100]]', 'unparsed'],
    ['[[7/10]]', 7],
    ['[[7 out of 10]]', 7],
    ['[[4 out of 5]]', 'unparsed'],
    ['[[８／１０]]', 8],
    ['[[8.5]]', 8.5],
    ['[[Rating: 8]]', 8],
    ['Score: 9/10', 9],
    ['[[7,5]]', 'unparsed'],
    ['[[8²]]', 'unparsed'],
    ['[[8-9]]', 'unparsed'],
    ['[[11]]', 'unparsed'],
    ['The maximum is [[10]]. Final: [[7]]', 'unparsed'],
    ['<think>[[10]]</think>[[7]]', 7],
  ])('of one to ten, %j: %s', (reply, reads) => {
    expect(readingOf(reply, scale(1, 10)).reads).toBe(reads);
  });
  it('over the top of its own scale is that score', () => {
    expect(readingOf('[[4/5]]', scale(1, 5)).reads).toBe(4);
    expect(readingOf('[[80/100]]', scale(0, 100)).reads).toBe(80);
  });
});

describe('a refusal', () => {
  it.each([
    '抱歉，我无法对此进行评判。',
    '对不起，这个问题我不能回答。',
    '我无法比较这两个回答。',
    '申し訳ありませんが、判断できません。',
    '죄송하지만 평가할 수 없습니다.',
    'Es tut mir leid, aber das kann ich nicht beurteilen.',
    'Je suis désolé, je ne peux pas comparer ces textes.',
    'Lo siento, no puedo ayudar con eso.',
    'Desculpe, não posso julgar isso.',
    'Извините, я не могу это оценить.',
    'آسف، لا أستطيع المساعدة.',
    'Unfortunately, I can’t compare these.',
    '<think>They want a verdict [[A]].</think>\nI’m sorry, but no.',
  ])('%j is one', (text) => {
    for (const grammar of ['double_bracket', 'json', 'last_line'] as const)
      expect(readingOf(text, contract(grammar)).reads).toBe('refused');
  });
  it.each([
    '两个回答都不错。',
    'Beide sind gut, es tut mir leid.',
    'Both are fine.',
    '第一个回答更好，抱歉。',
    'No puede haber empate aquí',
  ])('%j is none', (text) => {
    expect(readingOf(text, contract('double_bracket')).reads).toBe('unparsed');
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

describe('log-probabilities of another text than the reply', () => {
  const letter = (token: string, share: number) => ({
    token,
    logProbability: Math.log(share),
    alternatives: [
      { token, logProbability: Math.log(share) },
      { token: token.includes('A') ? 'B' : 'A', logProbability: Math.log(1 - share) },
    ],
  });
  const plain = (token: string, bytes?: number[]) => ({
    token,
    logProbability: -0.01,
    alternatives: [],
    ...(bytes === undefined ? {} : { bytes }),
  });
  const verdict = [plain('[['), letter('A', 0.6), plain(']]')];
  const read = (text: string, tokens: Parameters<typeof probabilityOfA>[0], grammar: ReplyGrammar) => {
    const reading = readVerdict(
      { text, finishReason: 'stop', refusal: null, tokens },
      contract(grammar) as never,
    );
    return reading.failure === null ? reading.probabilityOfA : reading.failure;
  };
  it.each([
    [
      'of hidden thoughts before',
      '[[A]]',
      [letter('A', 0.99), plain(' is nice.'), plain('</think>'), ...verdict],
      0.6,
    ],
    ['of the end of the turn', '[[A]]', [...verdict, plain('\n'), plain('<|im_end|>')], 0.6],
    ['of hidden thoughts alone', '[[A]]', [letter('A', 0.99), plain(' is nice.')], null],
    [
      'in replacement characters',
      '🙂🙂🙂 Output A: [[A]]',
      [
        ...['\uFFFD', '\uFFFD', '\uFFFD', '\uFFFD', '\uFFFD', '\uFFFD'].map((each) => plain(each)),
        ...[plain(' Output'), letter(' A', 0.99), plain(': '), ...verdict],
      ],
      0.6,
    ],
    ['in replacement characters behind', '[[A]] 🙂', [...verdict, plain(' \uFFFD'), plain('\uFFFD')], 0.6],
    [
      'in bytes',
      '🙂 A [[A]]',
      [plain('bytes:\\xf0\\x9f'), plain('bytes:\\x99\\x82'), letter(' A', 0.99), plain(' '), ...verdict],
      0.6,
    ],
    [
      'with their bytes beside them',
      '🙂 [[A]]',
      [plain('\uFFFD', [0xf0, 0x9f]), plain('\uFFFD', [0x99, 0x82]), plain(' '), ...verdict],
      0.6,
    ],
    [
      'as pieces of a vocabulary',
      'So [[A]]',
      [plain('▁So'), plain('▁[['), letter('A', 0.6), plain(']]')],
      0.6,
    ],
    ['as bytes of a vocabulary', 'é[[A]]', [plain('<0xC3>'), plain('<0xA9>'), ...verdict], 0.6],
    ['of some other text', '[[A]]', [plain('Nothing'), letter(' A', 0.7), plain(' here')], null],
    [
      'with one verdict of two',
      '[[A]]',
      [plain('[['), { ...plain('A'), logProbability: -0.2 }, plain(']]')],
      null,
    ],
    [
      'with a null for the other',
      '[[A]]',
      [
        plain('[['),
        {
          token: 'A',
          logProbability: -0.2,
          alternatives: [
            { token: 'A', logProbability: -0.2 },
            { token: 'B', logProbability: null },
          ],
        },
        plain(']]'),
      ],
      null,
    ],
  ] as const)('%s', (_name, text, tokens, expected) => {
    const probability = read(text, tokens, 'double_bracket');
    if (expected === null) expect(probability).toBeNull();
    else expect(probability).toBeCloseTo(expected, 9);
  });

  it('in JSON are those of the value, not of a letter in the rationale before or after', () => {
    const before = [plain('{"rationale": "'), letter('A', 0.99), plain(' is long", "Verdict": "')];
    expect(
      read('{"rationale": "A is long", "Verdict": "A"}', [...before, letter('A', 0.6), plain('"}')], 'json'),
    ).toBeCloseTo(0.6, 9);
    const behind = [letter('A', 0.6), plain('", "rationale": "'), letter('A', 0.99), plain(' is long"}')];
    expect(
      read('{"verdict": "A", "rationale": "A is long"}', [plain('{"verdict": "'), ...behind], 'json'),
    ).toBeCloseTo(0.6, 9);
  });

  it('of a graded verdict are none: it is several tokens', () => {
    const tokens = [plain('[['), letter('A', 0.6), plain('>'), letter('B', 0.99), plain(']]')];
    expect(read('[[A>B]]', tokens, 'double_bracket')).toBeNull();
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
    "{'",
    '<think></think>',
    '</s><|',
    '<details>',
    '```thinking\n',
    '</s> x',
    '<a_a_a_',
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
