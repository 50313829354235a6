/** What programs that weigh a judge against people read: labels by rater and item, or plain arrays. */
import type { HumanVerdict, JudgeVerdict } from '../../domain/verdict.ts';
import type { HarnessExporter } from './harness-exporter.ts';

const HUMANS = 'humans_annotations.json';
const JUDGES = 'llm_annotations.json';
const JUDGY = 'judgy.json';

/** The alternative annotator test's own input: `{rater: {item: label}}`, and the same of each judge. */
export const altTestExport: HarnessExporter = {
  name: 'alt-test',
  title: 'alternative annotator test (humans and judges by item)',
  files: { [HUMANS]: 'document', [JUDGES]: 'document' },
  writer: (sink) => {
    const humans: Record<string, Record<string, HumanVerdict>> = {};
    const judges: Record<string, Record<string, JudgeVerdict>> = {};
    return {
      add: ({ row, judged }) => {
        for (const { rater, verdict } of row.human ?? []) {
          if (verdict === 'skipped') sink.leaveOut('skips');
          else place(humans, rater)[row.id] = verdict;
        }
        for (const [judge, verdict] of judged) {
          if (verdict === 'unparsed' || verdict === 'error') sink.leaveOut('replies that could not be read');
          else place(judges, judge)[row.id] = verdict;
        }
      },
      finish: () => {
        sink.write(HUMANS, humans);
        sink.write(JUDGES, judges);
      },
    };
  },
};

/** Own properties only, whatever a rater is called. */
function place<Label>(all: Record<string, Record<string, Label>>, name: string): Record<string, Label> {
  if (!Object.hasOwn(all, name))
    Object.defineProperty(all, name, {
      value: Object.create(null) as Record<string, Label>,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return all[name] as Record<string, Label>;
}

/** judgy's arrays: whether `a` is better, by people and by each judge, and by the judge where people say nothing. */
export const judgyExport: HarnessExporter = {
  name: 'judgy',
  title: 'judgy (labels and predictions as arrays)',
  files: { [JUDGY]: 'document' },
  writer: (sink, { judges }) => {
    const arrays = new Map(
      judges.map((judge) => [
        judge,
        { test_labels: [] as number[], test_preds: [] as number[], unlabeled_preds: [] as number[] },
      ]),
    );
    return {
      add: ({ gold, judged }) => {
        const label = binary(gold.verdict);
        if (gold.verdict !== null && label === null) sink.leaveOut('labels that are neither side');
        for (const [judge, verdict] of judged) {
          const prediction = binary(verdict);
          const of = arrays.get(judge);
          if (prediction === null || of === undefined) {
            sink.leaveOut('verdicts that are neither side');
            continue;
          }
          if (gold.verdict === null) of.unlabeled_preds.push(prediction);
          else if (label !== null) {
            of.test_labels.push(label);
            of.test_preds.push(prediction);
          }
        }
      },
      finish: () => sink.write(JUDGY, Object.fromEntries(arrays)),
    };
  },
};

function binary(verdict: HumanVerdict | JudgeVerdict | null): 0 | 1 | null {
  if (verdict === 'first') return 1;
  return verdict === 'second' ? 0 : null;
}
