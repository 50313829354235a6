import { joined } from '../../columns/column.ts';
import { swapConsistency } from '../../stats/bias/swap-consistency.ts';
import { tableOfPatterns } from '../../stats/resampling/item-patterns.ts';
import { ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
import { scottsPi } from '../../stats/two-raters/scotts-pi.ts';
import { CODE } from '../../study/verdict-codes.ts';
import { judgePlaces, NOT_BOTH, type PlaceCounts, placeCounts } from '../columns/judge-places.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { PLACE } from '../columns/place-verdicts.ts';
import { shareByItem } from '../columns/share-by-item.ts';
import { addAgreement, agreementOf, patternsOf, usedPatterns } from '../figures/compared-columns.ts';
import { type CardPart, estimateOf, PartBuilder } from '../figures/figure.ts';
import { SUBJECT } from '../figures/subject.ts';
import { jackknife } from './agreement-part.ts';

/** What the order of the outputs does to the judge: self-consistency, flips, and each order against people. */
export function ordersPart(view: JudgeView): CardPart {
  const { data, judge, options, people } = view;
  const builder = new PartBuilder('orders', view);
  const places = judgePlaces(view);
  const swap = swapConsistency(places.one, places.two);
  const between = { judge: judge.name };
  const same = shareByItem(places.same, data.itemOfPair, options.level, NOT_BOTH);
  const flipped = shareByItem(
    places.same.map((each) => (each < 0 ? each : 1 - each)),
    data.itemOfPair,
    options.level,
    NOT_BOTH,
  );
  builder.add(SUBJECT.both_orders, 'consistency', swap.n, swap.consistency, {
    interval: same.interval,
    behind: { between, orders: 'same' },
  });
  builder.add(SUBJECT.both_orders, 'flip_rate', swap.n, flipped.share, { interval: flipped.interval });
  if (swap.n > 0) {
    builder.count(SUBJECT.same_output_twice, 'flips', same.hits, { between, orders: 'same' });
    builder.count(SUBJECT.first_place_twice, 'flips', swap.bothFirst, { between, orders: 'both_first' });
    builder.count(SUBJECT.second_place_twice, 'flips', swap.bothSecond, { between, orders: 'both_second' });
    builder.count(SUBJECT.other_flips, 'flips', swap.otherFlips, { between, orders: 'other' });
    addPlaces(builder, placeCounts(places, view));
    addOrderKappa(builder, view);
    addPooled(builder, view);
  }
  const { itemOfPair, itemCount, weights } = data;
  for (const [subject, columns] of [
    [SUBJECT.first_output_shown_first, judge.firstShownFirst],
    [SUBJECT.second_output_shown_first, judge.secondShownFirst],
  ] as const) {
    if (columns.every((code) => code < 0)) continue;
    const agreed = agreementOf(
      patternsOf({ rows: people, columns, itemOfPair, itemCount, weights }, options),
      options.level,
    );
    addAgreement(builder, subject, agreed, null, true);
  }
  addRepeats(builder, view);
  if (swap.n === 0)
    builder.say(
      SUBJECT.both_orders,
      `${judge.name} has no pair with a verdict in both orders, so nothing can be said of its self-consistency.`,
    );
  return builder.part();
}

function addPlaces(builder: PartBuilder, { counts, decided, share, ratio }: PlaceCounts): void {
  builder.add(SUBJECT.both_orders, 'first_place_share', decided, share, { interval: ratio });
  for (const [subject, place] of [
    [SUBJECT.first_place, PLACE.first],
    [SUBJECT.second_place, PLACE.second],
    [{ kind: 'label', label: 'tie' }, PLACE.tie],
    [{ kind: 'label', label: 'unparsed' }, PLACE.unreadable],
  ] as const) {
    builder.count(subject, 'place_verdicts', counts[place] ?? 0);
  }
}

/** Everything the judge can say is a category of its own between its orders, but both bad, which is a tie. */
const BETWEEN_ORDERS = {
  ties: 'separate',
  bothBad: 'tie',
  unparsed: 'class',
  inconsistent: 'class',
} as const;

function addOrderKappa(builder: PartBuilder, { data, judge, options }: JudgeView): void {
  const { itemOfPair, itemCount } = data;
  const { kappa, kappaInterval, n } = agreementOf(
    patternsOf(
      {
        rows: judge.firstShownFirst,
        columns: judge.secondShownFirst,
        itemOfPair,
        itemCount,
        weights: null,
      },
      BETWEEN_ORDERS,
    ),
    options.level,
  );
  builder.add(SUBJECT.both_orders, 'order_kappa', n, estimateOf(kappa), { interval: kappaInterval });
}

/** Both orders as rows of their own, in terms of places: no output has to be called first. */
function addPooled(builder: PartBuilder, { data, judge, options, people }: JudgeView): void {
  const turnCodes = (codes: Int8Array) =>
    codes.map((code) => (code === CODE.first ? CODE.second : code === CODE.second ? CODE.first : code));
  const patterns = patternsOf(
    {
      rows: joined(people, turnCodes(people)),
      columns: joined(judge.firstShownFirst, turnCodes(judge.secondShownFirst)),
      itemOfPair: joined(data.itemOfPair, data.itemOfPair),
      itemCount: data.itemCount,
      weights: data.weights === null ? null : joined(data.weights, data.weights),
    },
    options,
  );
  const { n, kappa, kappaInterval, agreement, agreementInterval } = agreementOf(patterns, options.level);
  builder.add(SUBJECT.both_orders, 'agreement', n, agreement, {
    interval: agreementInterval,
    isWeighed: true,
  });
  builder.add(SUBJECT.both_orders, 'pooled_kappa', n, estimateOf(kappa), {
    interval: kappaInterval,
    isWeighed: true,
  });
  const used = usedPatterns(patterns);
  builder.add(SUBJECT.both_orders, 'pooled_pi', n, estimateOf(scottsPi(tableOfPatterns(used))), {
    isWeighed: true,
    interval: jackknife(used, (table) => scottsPi(table), options.level),
  });
}

function addRepeats(builder: PartBuilder, { data, judge, options }: JudgeView): void {
  if (judge.repeats === null) return;
  const { same, pairs } = judge.repeats;
  const total = pairs.reduce((sum, count) => sum + count, 0);
  if (total === 0) return;
  const value = same.reduce((sum, count) => sum + count, 0) / total;
  builder.add(
    SUBJECT.repeated_samples,
    'repeat_consistency',
    total,
    { defined: true, value },
    {
      interval: ratioByItem(same, pairs, data.itemOfPair, options.level),
    },
  );
}
