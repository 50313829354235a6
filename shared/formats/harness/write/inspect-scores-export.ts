import type { HumanVerdict } from '../../../study/verdict.ts';
import type { Comparison } from '../../own/native.ts';
import { type HarnessExporter, leaveOutRest, leaveOutVoteFields } from './harness-exporter.ts';
import { plainFileName } from './plain-file-name.ts';

const LABELS = 'scores.jsonl';
const RATERS = 'scores-raters.jsonl';
const CRITERIA = 'scores-criteria.jsonl';

/** How much better `a` is: a mean of these is its win rate. */
const SHARE: Readonly<Partial<Record<HumanVerdict, number>>> = { first: 1, tie: 0.5, second: 0 };

/**
 * For Inspect's `precomputed_scores()`: `id` is the comparison's, which must be the sample's. Three files for three scorers:
 * people's label as a number, all raters' votes as a list (for `krippendorff_alpha`), and criteria as a dictionary. Pairs that
 * were made of the logs of two runs go back to those: a file a run, with the share of wins of each of its samples.
 */
export const inspectScoresExport: HarnessExporter = {
  name: 'inspect-scores',
  title: 'Inspect precomputed scores',
  files: { [LABELS]: 'json_lines', [RATERS]: 'json_lines', [CRITERIA]: 'json_lines' },
  namesFiles: 'json_lines',
  writer: (sink) => {
    const runs = new Map<string, Map<string, Sample>>();
    return {
      add: ({ row, gold, split }) => {
        const { id, human = [] } = row;
        leaveOutRest(row, sink, ['meta.sample_id', 'meta.epoch']);
        leaveOutVoteFields(row, sink, ['criteria']);
        const value = gold.verdict === null ? undefined : SHARE[gold.verdict];
        if (value !== undefined)
          sink.write(LABELS, {
            id,
            value,
            answer: gold.verdict,
            metadata: { votes: gold.votes, agreeing: gold.agreeing, split },
          });
        else sink.leaveOut(gold.verdict === null ? 'pairs without a label' : 'labels “both bad”');
        if (value !== undefined) {
          addToRun(runs, row.a, row.b.system, value);
          addToRun(runs, row.b, row.a.system, 1 - value);
        }
        const votes = human.flatMap(({ rater, verdict }) => {
          const share = SHARE[verdict];
          return share === undefined ? [] : [{ rater, share }];
        });
        if (votes.length < human.length) sink.leaveOut('skips, and votes that both are bad');
        if (votes.length > 0)
          sink.write(RATERS, {
            id,
            value: votes.map(({ share }) => share),
            metadata: { raters: votes.map(({ rater }) => rater) },
          });
        const criteria = new Map<string, number[]>();
        for (const { criteria: said } of human)
          for (const [name, verdict] of Object.entries(said ?? {}))
            criteria.set(name, [...(criteria.get(name) ?? []), SHARE[verdict] ?? 0]);
        if (criteria.size > 0)
          sink.write(CRITERIA, {
            id,
            value: Object.fromEntries([...criteria].map(([name, all]) => [name, mean(all)])),
          });
      },
      finish: () => {
        for (const [run, samples] of [...runs].sort(([one], [other]) => (one < other ? -1 : 1)))
          for (const { id, epoch, shares, against } of samples.values())
            sink.write(`runs/${plainFileName(run)}.jsonl`, {
              id,
              epoch,
              value: mean(shares),
              metadata: { against },
            });
      },
    };
  },
};

/** A sample of a run, with its share in each pair that people gave a label. */
interface Sample {
  readonly id: string;
  readonly epoch: number;
  readonly shares: number[];
  readonly against: string[];
}

/** An output that says which sample of a log it was; of any other nothing is known. */
function addToRun(
  runs: Map<string, Map<string, Sample>>,
  { system, meta }: Comparison['a'],
  against: string,
  share: number,
): void {
  const { sample_id: id, epoch } = meta ?? {};
  if (typeof id !== 'string' || typeof epoch !== 'string' || !/^[1-9]\d{0,8}$/u.test(epoch)) return;
  const samples = runs.get(system) ?? new Map<string, Sample>();
  runs.set(system, samples);
  const key = JSON.stringify([id, epoch]);
  const sample = samples.get(key) ?? { id, epoch: Number(epoch), shares: [], against: [] };
  samples.set(key, sample);
  sample.shares.push(share);
  sample.against.push(against);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
