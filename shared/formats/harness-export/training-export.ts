/** People's labels as examples for a judge: to test one (promptfoo, OpenAI evals) or to train one. */
import type { HumanVerdict } from '../../domain/verdict.ts';
import type { ExportedPair, ExportSink, HarnessExporter } from './harness-exporter.ts';
import { outputTurns, promptTurns, threeTexts } from './harness-exporter.ts';

const LETTERS = { first: 'A', second: 'B', tie: 'C', both_bad: 'D' } as const satisfies Partial<
  Record<HumanVerdict, string>
>;

const ASKED =
  'Which answer is better? Reply with one letter: A or B for the better answer, C where they are equally good, D where both are bad.';

/** Test cases: the judge under test is asked with `prompt`, `output_a` and `output_b`, and must reply with a letter. */
export const promptfooTestsExport: HarnessExporter = {
  name: 'promptfoo-tests',
  title: 'promptfoo test cases',
  files: { 'promptfoo-tests.json': 'json_array' },
  writer: (sink) => ({
    add: (pair) => {
      const letter = letterOf(pair, sink);
      const texts = letter === null ? null : threeTexts(pair, sink);
      if (letter === null || texts === null) return;
      sink.write('promptfoo-tests.json', {
        description: pair.row.id,
        vars: { prompt: texts.prompt, output_a: texts.first, output_b: texts.second },
        assert: [{ type: 'equals', value: letter }],
        metadata: { votes: pair.gold.votes, agreeing: pair.gold.agreeing, ...pair.row.slices },
      });
    },
  }),
};

/** Samples for `match`: chat messages, and the letter that is right. */
export const openAiEvalsExport = chatExport(
  'openai-evals',
  'OpenAI evals samples',
  'samples.jsonl',
  (input, ideal) => ({ input, ideal }),
);

/** Chat examples to fine-tune a judge with: the same question, and people's label as its answer. */
export const openAiFineTuneExport = chatExport(
  'openai-finetune',
  'OpenAI fine-tuning examples for a judge',
  'finetune.jsonl',
  (question, content) => ({ messages: [...question, { role: 'assistant', content }] }),
);

/** A line for each labelled pair, of the question to a judge and the letter that is right. */
function chatExport(
  name: string,
  title: string,
  file: string,
  recordOf: (question: ReturnType<typeof questionTo>, letter: string) => unknown,
): HarnessExporter {
  return {
    name,
    title,
    files: { [file]: 'json_lines' },
    writer: (sink) => ({
      add: (pair) => {
        const letter = letterOf(pair, sink);
        if (letter !== null) sink.write(file, recordOf(questionTo(pair), letter));
      },
    }),
  };
}

/** Unpaired rows for KTO: each output, and whether it is wanted. A tie is two wanted ones, both bad two unwanted ones. */
export const ktoExport: HarnessExporter = {
  name: 'kto',
  title: 'unpaired preference (KTO)',
  files: { 'kto.jsonl': 'json_lines' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, gold } = pair;
      if (gold.verdict === null || gold.verdict === 'skipped') return sink.leaveOut('pairs without a label');
      const isWanted = (side: 'first' | 'second') => gold.verdict === 'tie' || gold.verdict === side;
      for (const [side, response] of [
        ['first', row.a],
        ['second', row.b],
      ] as const)
        sink.write('kto.jsonl', {
          prompt: promptTurns(row),
          completion: outputTurns(response),
          label: isWanted(side),
          id: row.id,
          n_raters: gold.votes,
          agreement: gold.votes === 0 ? null : gold.agreeing / gold.votes,
        });
    },
  }),
};

function letterOf({ gold }: ExportedPair, sink: ExportSink): string | null {
  if (gold.verdict !== null && gold.verdict !== 'skipped') return LETTERS[gold.verdict];
  sink.leaveOut('pairs without a label');
  return null;
}

function questionTo({ row }: ExportedPair): { readonly role: string; readonly content: string }[] {
  const text = (turns: ReturnType<typeof promptTurns>) =>
    turns.map(({ role, content }) => (turns.length === 1 ? content : `${role}: ${content}`)).join('\n\n');
  return [
    { role: 'system', content: ASKED },
    {
      role: 'user',
      content: `Question:\n${text(promptTurns(row))}\n\nAnswer A:\n${text(outputTurns(row.a))}\n\nAnswer B:\n${text(outputTurns(row.b))}`,
    },
  ];
}
