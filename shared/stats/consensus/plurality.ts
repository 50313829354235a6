import type { Annotations } from './dawid-skene.ts';
import { voteShares } from './dawid-skene.ts';

/** The most frequent label of each task: a plurality, where a majority would be more than half. */
export interface PluralityLabels {
  /** The most frequent label of each task; −1 where several are equally frequent or nobody labelled it. */
  readonly labels: Int32Array;
  /** Tasks on which several labels are equally frequent. They are named, never decided by order or by chance. */
  readonly splits: Int32Array;
  /** The share of the most frequent label less that of the next, per task; 0 on a split. */
  readonly margins: Float64Array;
}

/** The plurality of each task's labels, splits stated. */
export function pluralityLabels(annotations: Annotations): PluralityLabels {
  const { tasks, classes } = annotations;
  const shares = voteShares(annotations);
  const labels = new Int32Array(tasks).fill(-1);
  const margins = new Float64Array(tasks);
  const splits: number[] = [];
  for (let task = 0; task < tasks; task++) {
    let [best, most, next] = [-1, 0, 0];
    for (let label = 0; label < classes; label++) {
      const share = shares[task * classes + label] ?? 0;
      if (share > most) [best, most, next] = [label, share, most];
      else next = Math.max(next, share);
    }
    margins[task] = most - next;
    if (most > next) labels[task] = best;
    else if (most > 0) splits.push(task);
  }
  return { labels, splits: Int32Array.from(splits), margins };
}
