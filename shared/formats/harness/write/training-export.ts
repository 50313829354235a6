/** People's labels as examples for a judge: to test one (OpenAI evals) or to train one. */
import type { ExportedPair, HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields, letterOf, outputTurns, promptTurns } from './harness-exporter.ts';

const ASKED =
  'Which answer is better? Reply with one letter: A or B for the better answer, C where they are equally good, D where both are bad.';

/** Samples for `match`: chat messages, and the letter that is right. Its own code reads these two and passes over the rest. */
export const openAiEvalsExport: HarnessExporter = {
  name: 'openai-evals',
  title: 'OpenAI evals samples',
  isForChat: true,
  files: { 'samples.jsonl': 'json_lines' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, gold, split } = pair;
      const letter = letterOf(pair, sink);
      if (letter === null) return;
      leaveOutRest(row, sink, ['slices']);
      leaveOutVoteFields(row, sink);
      sink.write('samples.jsonl', {
        input: questionTo(pair),
        ideal: letter,
        id: row.id,
        split,
        votes: gold.votes,
        agreeing: gold.agreeing,
        ...(row.slices === undefined ? {} : { slices: row.slices }),
      });
    },
  }),
};

/**
 * Chat examples to fine-tune a judge with: the same question, and people's label as its answer. A line may have nothing but
 * messages, so that each split is a file: the test split measures a judge that was not made from it.
 */
export const openAiFineTuneExport: HarnessExporter = {
  name: 'openai-finetune',
  title: 'OpenAI fine-tuning examples for a judge',
  isForChat: true,
  files: { 'finetune-dev.jsonl': 'json_lines', 'finetune-test.jsonl': 'json_lines' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, split } = pair;
      const letter = letterOf(pair, sink);
      if (letter === null) return;
      leaveOutRest(row, sink);
      leaveOutVoteFields(row, sink);
      sink.leaveOut('names of pairs, and how many people agreed');
      sink.write(`finetune-${split}.jsonl`, {
        messages: [...questionTo(pair), { role: 'assistant', content: letter }],
      });
    },
  }),
};

/** Unpaired rows for KTO: each output, and whether it is wanted. A tie is two wanted ones, both bad two unwanted ones. */
export const ktoExport: HarnessExporter = {
  name: 'kto',
  title: 'unpaired preference (KTO)',
  isForChat: true,
  files: { 'kto.jsonl': 'json_lines' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, gold, split } = pair;
      if (gold.verdict === null || gold.verdict === 'skipped') return sink.leaveOut('pairs without a label');
      leaveOutRest(row, sink);
      leaveOutVoteFields(row, sink);
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
          split,
          n_raters: gold.votes,
          agreement: gold.votes === 0 ? null : gold.agreeing / gold.votes,
        });
    },
  }),
};

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
