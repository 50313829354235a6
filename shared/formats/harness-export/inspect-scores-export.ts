import type { HumanVerdict } from '../../domain/verdict.ts';
import type { HarnessExporter } from './harness-exporter.ts';

const LABELS = 'scores.jsonl';
const RATERS = 'scores-raters.jsonl';
const CRITERIA = 'scores-criteria.jsonl';

/** How much better `a` is: a mean of these is its win rate. */
const SHARE: Readonly<Partial<Record<HumanVerdict, number>>> = { first: 1, tie: 0.5, second: 0 };

/**
 * For Inspect's `precomputed_scores()`: `id` is the comparison's, which must be the sample's. Three files for three scorers:
 * people's label as a number, all raters' votes as a list (for `krippendorff_alpha`), and criteria as a dictionary.
 */
export const inspectScoresExport: HarnessExporter = {
  name: 'inspect-scores',
  title: 'Inspect precomputed scores',
  files: { [LABELS]: 'json_lines', [RATERS]: 'json_lines', [CRITERIA]: 'json_lines' },
  writer: (sink) => ({
    add: ({ row, gold }) => {
      const { id, human = [] } = row;
      const value = gold.verdict === null ? undefined : SHARE[gold.verdict];
      if (value !== undefined)
        sink.write(LABELS, {
          id,
          value,
          answer: gold.verdict,
          metadata: { votes: gold.votes, agreeing: gold.agreeing },
        });
      else sink.leaveOut(gold.verdict === null ? 'pairs without a label' : 'labels “both bad”');
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
      if ((row.judge?.length ?? 0) > 0) sink.leaveOut('verdicts of judges');
    },
  }),
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
