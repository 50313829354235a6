/** Two judges on the same pairs: what changed from the one to the other, and whether it changed for the better. */

import type { AgreementOptions } from '../labels/agreement-options.ts';
import { foldCode } from '../labels/label-pairs.ts';
import { studentTwoSidedP } from '../stats/distribution/student-t.ts';
import type { Interval } from '../stats/estimate.ts';
import { mcNemar } from '../stats/paired-table/mcnemar.ts';
import { ratioByItem } from '../stats/resampling/ratio-by-item.ts';
import { CATEGORY_NAMES, type CategoryName } from '../study/verdict-codes.ts';
import type { CardData } from './columns/card-data.ts';
import { peopleView } from './columns/judge-view.ts';
import { splitCounts } from './columns/split-sides.ts';

export interface JudgeComparison {
  /** Pairs both have a verdict on, under the options. */
  readonly pairs: number;
  /** Of those, pairs with another verdict. */
  readonly changed: number;
  /** How often each verdict became which, most frequent first; unchanged ones too. */
  readonly changes: readonly {
    readonly from: CategoryName;
    readonly to: CategoryName;
    readonly pairs: number;
  }[];
  /** Pairs that people labelled as well. */
  readonly labelled: number;
  /** How many of those are on each side of the stable split. */
  readonly splits: { readonly dev: number; readonly test: number };
  readonly agreement: { readonly before: number; readonly after: number } | null;
  /** Pairs on which only the later one agrees with people, and only the earlier one. */
  readonly gained: number;
  readonly lost: number;
  /** Agreement of the later less the earlier, by item; null without a labelled pair. */
  readonly difference: number | null;
  readonly interval: Interval | null;
  /** Why there is no interval. */
  readonly noInterval: string | null;
  /** Of the paired test: McNemar's mid-p where every item has one pair, else t over items. */
  readonly p: number | null;
}

/** The comparison; null where one of the judges has no verdict in the data. */
export function judgeComparison(
  all: CardData,
  options: AgreementOptions,
  before: string,
  after: string,
): JudgeComparison | null {
  const { data, people } = peopleView(all, options);
  const [one, two] = [before, after].map((name) => data.judges.find((judge) => judge.name === name));
  if (one === undefined || two === undefined) return null;
  const changes = new Map<string, { from: CategoryName; to: CategoryName; pairs: number }>();
  const differences: number[] = [];
  const items: number[] = [];
  const labelledPairs: number[] = [];
  let [pairs, changed, rightBefore, rightAfter, gained, lost] = [0, 0, 0, 0, 0, 0];
  people.forEach((label, pair) => {
    const [from, to] = [foldCode(one.codes[pair] ?? -1, options), foldCode(two.codes[pair] ?? -1, options)];
    if (from < 0 || to < 0) return;
    pairs++;
    if (from !== to) changed++;
    count(changes, from, to);
    const gold = foldCode(label, options);
    if (gold < 0) return;
    const [wasRight, isRight] = [Number(from === gold), Number(to === gold)];
    rightBefore += wasRight;
    rightAfter += isRight;
    if (isRight > wasRight) gained++;
    if (wasRight > isRight) lost++;
    differences.push(isRight - wasRight);
    items.push(data.itemOfPair[pair] ?? 0);
    labelledPairs.push(pair);
  });
  const labelled = differences.length;
  const ratio = ratioByItem(
    differences,
    differences.map(() => 1),
    items,
    options.level,
  );
  return {
    pairs,
    changed,
    changes: [...changes.values()].sort((first, second) => second.pairs - first.pairs),
    labelled,
    splits: splitCounts(data, Int32Array.from(labelledPairs)),
    agreement: labelled === 0 ? null : { before: rightBefore / labelled, after: rightAfter / labelled },
    gained,
    lost,
    difference: labelled === 0 ? null : (rightAfter - rightBefore) / labelled,
    interval: ratio.defined ? ratio.interval : null,
    noInterval: ratio.defined ? null : ratio.reason,
    p: pOf(ratio, gained, lost, new Set(items).size === labelled),
  };
}

function pOf(
  ratio: ReturnType<typeof ratioByItem>,
  gained: number,
  lost: number,
  isApart: boolean,
): number | null {
  if (isApart) {
    const test = mcNemar(gained, lost);
    return test.defined ? test.midP : null;
  }
  return ratio.defined ? studentTwoSidedP(ratio.value / ratio.standardError, ratio.items - 1) : null;
}

function count(
  changes: Map<string, { from: CategoryName; to: CategoryName; pairs: number }>,
  from: number,
  to: number,
): void {
  const [nameFrom, nameTo] = [CATEGORY_NAMES[from], CATEGORY_NAMES[to]];
  if (nameFrom === undefined || nameTo === undefined) return;
  const key = `${from} ${to}`;
  const known = changes.get(key);
  if (known === undefined) changes.set(key, { from: nameFrom, to: nameTo, pairs: 1 });
  else known.pairs++;
}
