/** AlpacaEval's two kinds of annotations. A draw is 1.5, which its win rate counts as half. */
import type { JudgeVerdict } from '../../domain/verdict.ts';
import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields, threeTexts } from './harness-exporter.ts';

const CROSS = 'human_crossannotations.json';
const ANNOTATIONS = 'annotations.json';

const PREFERENCES: Readonly<Partial<Record<JudgeVerdict, number | null>>> = {
  first: 1,
  second: 2,
  tie: 1.5,
  unparsed: null,
  error: null,
};

/** For `analyze_evaluators`, as `gold_crossannotations`: several raters' votes on each pair. */
export const alpacaEvalCrossExport: HarnessExporter = {
  name: 'alpacaeval-crossannotations',
  title: 'AlpacaEval human cross-annotations',
  files: { [CROSS]: 'json_array' },
  writer: (sink, { raters }) => {
    const numberOf = numbersOf(raters);
    return {
      add: (pair) => {
        const { row } = pair;
        leaveOutRest(row, sink);
        leaveOutVoteFields(row, sink);
        const texts = threeTexts(pair, sink);
        if (texts === null) return;
        for (const { rater, verdict } of row.human ?? []) {
          if (verdict === 'skipped' || verdict === 'both_bad') {
            sink.leaveOut(verdict === 'skipped' ? 'skips' : 'votes that both are bad');
            continue;
          }
          sink.write(CROSS, {
            instruction: texts.prompt,
            output_1: texts.first,
            output_2: texts.second,
            generator_1: row.a.system,
            generator_2: row.b.system,
            preference: PREFERENCES[verdict],
            annotator_index: numberOf.get(rater),
          });
        }
      },
    };
  },
};

/** Numbers of raters: those an import made their names of, else their places by name. */
function numbersOf(raters: readonly string[]): Map<string, number> {
  const numbers = raters.map((rater) => /^annotator (\d{1,9})$/u.exec(rater)?.[1]);
  const areNumbers = numbers.every((number) => number !== undefined);
  return new Map(raters.map((rater, index) => [rater, areNumbers ? Number(numbers[index]) : index]));
}

/** One row for each judge's verdict over both orders. */
export const alpacaEvalAnnotationsExport: HarnessExporter = {
  name: 'alpacaeval-annotations',
  title: 'AlpacaEval annotations of judges',
  files: { [ANNOTATIONS]: 'json_array' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, judged } = pair;
      leaveOutRest(row, sink, ['judge']);
      if ((row.human?.length ?? 0) > 0) sink.leaveOut('votes of people');
      const texts = threeTexts(pair, sink);
      if (texts === null) return;
      for (const [judge, verdict] of judged) {
        const preference = PREFERENCES[verdict];
        if (preference === undefined) {
          sink.leaveOut(`verdicts “${verdict.replace('_', ' ')}”`);
          continue;
        }
        sink.write(ANNOTATIONS, {
          instruction: texts.prompt,
          output_1: texts.first,
          generator_1: row.a.system,
          output_2: texts.second,
          generator_2: row.b.system,
          dataset: '',
          annotator: judge,
          preference,
        });
      }
    },
  }),
};
