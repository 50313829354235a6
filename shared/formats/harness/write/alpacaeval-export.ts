/**
 * AlpacaEval's two kinds of annotations. A draw is 1.5, which its win rate counts as half. What is neither a side nor a draw is
 * written as the draw that its code makes of it, with the verdict in a column of its own, which its code passes over.
 */
import type { JudgeVerdict } from '../../../study/verdict.ts';
import type { Comparison, JudgeRow } from '../../own/native.ts';
import type { ExportedPair, ExportSink, HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields, threeTexts } from './harness-exporter.ts';

const CROSS = 'human_crossannotations.json';
const ANNOTATIONS = 'annotations.json';

/** Slices for which its rows have a column. */
const COLUMNS = ['dataset', 'datasplit'];

const PREFERENCES: Readonly<Record<JudgeVerdict, number | null>> = {
  first: 1,
  second: 2,
  tie: 1.5,
  both_bad: 1.5,
  inconsistent: 1.5,
  unparsed: null,
  error: null,
};

/** For `analyze_evaluators`, as `gold_crossannotations`: several raters' votes on each pair. */
export const alpacaEvalCrossExport: HarnessExporter = {
  name: 'alpacaeval-crossannotations',
  title: 'AlpacaEval human cross-annotations',
  isForChat: true,
  files: { [CROSS]: 'json_array' },
  writer: (sink, { raters }) => {
    const numberOf = numbersOf(raters);
    return {
      add: (pair) => {
        const { row } = pair;
        leaveOutRest(row, sink, ['slices']);
        leaveOutSlices(row, sink);
        leaveOutVoteFields(row, sink);
        const texts = comparedTexts(pair, sink, isTurned(row));
        if (texts === null) return;
        for (const { rater, verdict } of row.human ?? []) {
          if (verdict === 'skipped') {
            sink.leaveOut('skips');
            continue;
          }
          if (verdict === 'both_bad')
            sink.leaveOut('votes that both are bad, which its code takes for draws');
          sink.write(CROSS, {
            ...texts,
            ...columnsOf(row),
            preference: placePreference(PREFERENCES[verdict], isTurned(row)),
            annotator_index: numberOf.get(rater),
            ...(verdict === 'both_bad' ? { verdict } : {}),
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

/**
 * A row for each verdict of a judge: of one that was asked in both orders two, so that its contradictions stay what they are;
 * its win rate is then the mean over both. The preference is the judge's own number where that is one.
 */
export const alpacaEvalAnnotationsExport: HarnessExporter = {
  name: 'alpacaeval-annotations',
  title: 'AlpacaEval annotations of judges',
  isForChat: true,
  files: { [ANNOTATIONS]: 'json_array' },
  writer: (sink) => ({
    add: (pair) => {
      const { row } = pair;
      leaveOutRest(row, sink, ['judge', 'slices']);
      leaveOutSlices(row, sink);
      if ((row.human?.length ?? 0) > 0) sink.leaveOut('votes of people');
      const texts = comparedTexts(pair, sink, isTurned(row));
      if (texts === null) return;
      for (const judgment of row.judge ?? []) {
        leaveOutOf(judgment, sink);
        sink.write(ANNOTATIONS, {
          ...texts,
          dataset: '',
          ...columnsOf(row),
          ...annotationOf(judgment, isTurned(row)),
        });
      }
    },
  }),
};

/** Says what of a verdict its rows have no place for, or make something else of. */
function leaveOutOf({ verdict, score, at, failure }: JudgeRow, sink: ExportSink): void {
  if (verdict === 'both_bad' || verdict === 'inconsistent')
    sink.leaveOut(`verdicts “${verdict.replace('_', ' ')}”, which its code takes for draws`);
  if (at !== undefined) sink.leaveOut('times of verdicts');
  if (failure !== undefined) sink.leaveOut('why there is no verdict');
  if (score !== undefined && preferenceOf(score, false) === null)
    sink.leaveOut('numbers of judges that are no preference');
}

/** @param turned whether output_1 is the pair's second output */
function annotationOf(judgment: JudgeRow, turned: boolean): Record<string, unknown> {
  const { judge, order, verdict, sample, score, raw } = judgment;
  const said = score === undefined ? null : preferenceOf(score, turned);
  const isSaid = verdict !== 'unparsed' && verdict !== 'error';
  const preference = isSaid && said !== null ? said : placePreference(PREFERENCES[verdict], turned);
  const read =
    preference === null ? 'unparsed' : preference === 1.5 ? 'tie' : preference < 1.5 ? 'first' : 'second';
  const named = placeVerdict(verdict, turned);
  const completion = raw === undefined ? undefined : parseIfJson(raw);
  return {
    annotator: judge,
    preference,
    ...(completion === undefined
      ? {}
      : { raw_completion: completion, ...reasoningColumns(completion, preference) }),
    ...(order === 'unknown' ? {} : { order: placeOrder(order, turned) }),
    ...(sample === 0 ? {} : { sample }),
    ...(read === named ? {} : { verdict: named }),
  };
}

function placePreference(preference: number | null, turned: boolean): number | null {
  return preference === null || !turned ? preference : 3 - preference;
}

function placeVerdict(verdict: JudgeVerdict, turned: boolean): JudgeVerdict {
  if (!turned || (verdict !== 'first' && verdict !== 'second')) return verdict;
  return verdict === 'first' ? 'second' : 'first';
}

function placeOrder(order: JudgeRow['order'], turned: boolean): JudgeRow['order'] {
  if (!turned || (order !== 'a_first' && order !== 'b_first')) return order;
  return order === 'a_first' ? 'b_first' : 'a_first';
}

/** A number as a preference from 1, output_1, to 2; null for one that says nothing of the sides. */
function preferenceOf(score: NonNullable<JudgeRow['score']>, turned: boolean): number | null {
  if (typeof score === 'number') return null;
  if (score.kind === 'first_probability') return turned ? 1 + score.value : 2 - score.value;
  if (score.kind !== 'preference') return null;
  const [one, two] = turned ? [score.second, score.first] : [score.first, score.second];
  // As it is where it is one already: working it out again may change its last digit.
  return one === 1 && two === 2 ? score.value : 1 + (score.value - one) / (two - one);
}

/** Whether the pair's second output was the file's first, as all preferences say that came from one. */
function isTurned({ judge = [] }: Comparison): boolean {
  const ends = judge.flatMap(({ score }) =>
    typeof score === 'object' && score.kind === 'preference' && score.first + score.second === 3
      ? [score.first]
      : [],
  );
  return ends.length > 0 && ends.every((end) => end === 2);
}

function comparedTexts(pair: ExportedPair, sink: ExportSink, turned: boolean) {
  const texts = threeTexts(pair, sink);
  if (texts === null) return null;
  const { a, b } = pair.row;
  const sides = [
    { output: texts.first, generator: a.system },
    { output: texts.second, generator: b.system },
  ];
  const [one, two] = turned ? sides.reverse() : sides;
  return {
    instruction: texts.prompt,
    output_1: one?.output,
    generator_1: one?.generator,
    output_2: two?.output,
    generator_2: two?.generator,
  };
}

function columnsOf({ slices = {} }: Comparison): Record<string, string> {
  return Object.fromEntries(
    COLUMNS.flatMap((name) => (Object.hasOwn(slices, name) ? [[name, slices[name] ?? '']] : [])),
  );
}

function leaveOutSlices({ slices = {} }: Comparison, sink: ExportSink): void {
  if (Object.keys(slices).some((name) => !COLUMNS.includes(name)))
    sink.leaveOut('slices other than dataset and datasplit');
}

/** A reply as its decoders keep it: an object where it is the text of one. */
function parseIfJson(raw: string): unknown {
  if (!raw.startsWith('{')) return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

/** The two columns that its processor of reasoning makes of a reply that is JSON: what it thought, and who is who in that. */
function reasoningColumns(completion: unknown, preference: number | null): Record<string, unknown> {
  if (completion === null || typeof completion !== 'object' || preference === null) return {};
  const { concise_explanation, ordered_models } = completion as Record<string, unknown>;
  if (typeof concise_explanation !== 'string' || !Array.isArray(ordered_models)) return {};
  const winner = Math.trunc(preference);
  const named = (ordered_models as { readonly model?: unknown; readonly rank?: unknown }[]).flatMap((each) =>
    typeof each?.model === 'string' && (each.rank === 1 || each.rank === 2)
      ? [[each.model, `output_${each.rank === 1 ? winner : 3 - winner}`] as const]
      : [],
  );
  return { referenced_models: Object.fromEntries(named), concise_explanation };
}
