/** What programs that weigh a judge against people read: labels by rater and item, or plain arrays. */
import type { HumanVerdict, JudgeVerdict } from '../../../study/verdict.ts';
import { type HarnessExporter, leaveOutRest, leaveOutVoteFields } from './harness-exporter.ts';

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
        leaveOutRest(row, sink, ['judge']);
        leaveOutVoteFields(row, sink);
        sink.leaveOut('texts of prompts and outputs: items are named by the comparison');
        if (row.judge?.some(({ order }) => order === 'a_first' || order === 'b_first'))
          sink.leaveOut('orders and replies of judges: one label over both orders is written');
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

/**
 * judgy's arrays, for each judge and each two systems: whether the one wins, by people and by the judge on the test split, the
 * same on the split that a judge may be made from, and by the judge where people say nothing.
 */
export const judgyExport: HarnessExporter = {
  name: 'judgy',
  title: 'judgy (labels and predictions as arrays)',
  files: { [JUDGY]: 'document' },
  writer: (sink) => {
    const all = new Map<string, JudgyArrays>();
    const arraysOf = (judge: string, system: string, against: string): JudgyArrays => {
      const key = JSON.stringify([judge, system, against]);
      const known = all.get(key) ?? {
        judge,
        system,
        against,
        test_labels: [],
        test_preds: [],
        unlabeled_preds: [],
        dev_labels: [],
        dev_preds: [],
      };
      all.set(key, known);
      return known;
    };
    return {
      add: ({ row, gold, split, judged }) => {
        leaveOutRest(row, sink, ['judge']);
        leaveOutVoteFields(row, sink);
        sink.leaveOut('texts and names of comparisons, and how many people agreed');
        const isTurned = row.b.system < row.a.system;
        const [system, against] = isTurned ? [row.b.system, row.a.system] : [row.a.system, row.b.system];
        const label = binary(gold.verdict, isTurned);
        if (gold.verdict !== null && label === null)
          sink.leaveOut('labels that are neither side: the rates are of those that are');
        for (const [judge, verdict] of judged) {
          const prediction = binary(verdict, isTurned);
          if (prediction === null) {
            sink.leaveOut('verdicts that are neither side: the rates are of those that are');
            continue;
          }
          const of = () => arraysOf(judge, system, against);
          if (gold.verdict === null) {
            // People who split over a pair are no people who have not seen it.
            if (gold.votes > 0) sink.leaveOut('pairs over which people split');
            else of().unlabeled_preds.push(prediction);
          } else if (label !== null) {
            of()[`${split}_labels`].push(label);
            of()[`${split}_preds`].push(prediction);
          }
        }
      },
      finish: () =>
        sink.write(
          JUDGY,
          [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, arrays]) => arrays),
        ),
    };
  },
};

interface JudgyArrays {
  readonly judge: string;
  /** Whose win is 1. */
  readonly system: string;
  readonly against: string;
  readonly test_labels: number[];
  readonly test_preds: number[];
  readonly unlabeled_preds: number[];
  readonly dev_labels: number[];
  readonly dev_preds: number[];
}

function binary(verdict: HumanVerdict | JudgeVerdict | null, isTurned: boolean): 0 | 1 | null {
  if (verdict !== 'first' && verdict !== 'second') return null;
  return (verdict === 'first') !== isTurned ? 1 : 0;
}
