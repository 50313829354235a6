import { placesWhere, valuesAt } from '../../columns/column.ts';
import { fleissKappa } from '../../stats/many-raters/fleiss-kappa.ts';
import { fleissScoreInterval } from '../../stats/many-raters/fleiss-score-interval.ts';
import { holm } from '../../stats/multiplicity/adjusted-p-values.ts';
import { SPLIT_SLICE } from '../columns/card-data.ts';
import type { ComparisonFilter } from '../columns/comparison-filter.ts';
import { judgePlaces, NOT_BOTH } from '../columns/judge-places.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { kappaLessRest, wholeKappa } from '../columns/kappa-less-rest.ts';
import { peopleUnits } from '../columns/people-votes.ts';
import { shareByItem } from '../columns/share-by-item.ts';
import { splitSides } from '../columns/split-sides.ts';
import {
  addAgreement,
  agreementOf,
  agreementWithPeople,
  comparedWithPeople,
  ofPairs,
  patternsOfCells,
} from '../figures/compared-columns.ts';
import { type CardPart, estimateOf, PartBuilder, type PartName } from '../figures/figure.ts';
import { rowOf, type Subject, type Topic } from '../figures/subject.ts';

/** Some of a study's pairs under a name. */
interface Group {
  readonly subject: Subject;
  readonly pairs: Int32Array;
  readonly filter: Partial<ComparisonFilter>;
}

/** More groups than this are shown as the largest ones: a slice per pair is an identifier, not a slice. */
const MOST_GROUPS = 200;

/** Agreement on every slice value. */
export function slicesPart(view: JudgeView): CardPart {
  return groupsPart(
    'slices',
    view,
    sliceGroups(view, (name) => name !== SPLIT_SLICE),
    'This study has no slices.',
  );
}

/** Agreement on each side of the stable split: what a judge may be tuned on, and what it is measured by. */
export function splitsPart(view: JudgeView): CardPart {
  return groupsPart(
    'splits',
    view,
    sliceGroups(view, (name) => name === SPLIT_SLICE),
    'There are no pairs.',
    'as given',
  );
}

function sliceGroups({ data }: JudgeView, isWanted: (name: string) => boolean): Group[] {
  return data
    .slices()
    .filter(({ name }) => isWanted(name))
    .map(
      ({ name, value, pairs }): Group => ({
        subject: { kind: 'slice', name, value },
        pairs,
        filter: { slice: { name, value } },
      }),
    );
}

/** Agreement on every pair of systems. */
export function systemsPart(view: JudgeView): CardPart {
  const { systems } = view.data;
  const systemOf = view.data.systemOf();
  const byPair = new Map<number, number[]>();
  for (let pair = 0; pair < systemOf.first.length; pair++) {
    const [one, two] = [systemOf.first[pair] ?? 0, systemOf.second[pair] ?? 0];
    const key = Math.min(one, two) * systems.length + Math.max(one, two);
    const pairs = byPair.get(key);
    if (pairs === undefined) byPair.set(key, [pair]);
    else pairs.push(pair);
  }
  const groups = [...byPair].map(([key, pairs]): Group => {
    const [one, two] = [systems[Math.floor(key / systems.length)] ?? '', systems[key % systems.length] ?? ''];
    return {
      subject: { kind: 'systems', first: one, second: two },
      pairs: Int32Array.from(pairs),
      filter: { systems: [one, two] },
    };
  });
  return groupsPart('systems', view, groups, 'This study has no systems.');
}

const GAP_QUARTERS = [0.25, 0.5, 0.75];

/** Agreement on quarters of the pairs by how much the outputs differ in length. */
export function lengthPart(view: JudgeView): CardPart {
  const { first, second } = view.data.features().length;
  const gaps = new Float64Array(first.length);
  for (let pair = 0; pair < gaps.length; pair++) {
    const [one, two] = [first[pair] ?? 0, second[pair] ?? 0];
    gaps[pair] = one + two === 0 ? 0 : Math.abs(one - two) / (one + two);
  }
  const sorted = gaps.slice().sort();
  const edges = [
    ...new Set([
      ...GAP_QUARTERS.map((share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0),
      sorted.at(-1) ?? 0,
    ]),
  ];
  const groups = edges.map((high, index): Group => {
    const low = index === 0 ? -1 : (edges[index - 1] ?? 0);
    return {
      subject: { kind: 'length_gap', group: index + 1, low: index === 0 ? null : low, high },
      pairs: placesWhere(gaps.length, (pair) => (gaps[pair] ?? 0) > low && (gaps[pair] ?? 0) <= high),
      filter: { lengthGap: [low, high] },
    };
  });
  return groupsPart('length', view, groups, 'This study has no pairs.', 'as given');
}

function groupsPart(
  name: Extract<PartName, Topic>,
  view: JudgeView,
  groups: readonly Group[],
  nothing: string,
  order: 'by evidence' | 'as given' = 'by evidence',
): CardPart {
  const builder = new PartBuilder(name, view);
  const { data, judge, options } = view;
  const compared = comparedWithPeople(view);
  const kept = groups.toSorted((one, two) => two.pairs.length - one.pairs.length).slice(0, MOST_GROUPS);
  if (kept.length === 0) builder.say(name, nothing);
  if (kept.length < groups.length) {
    builder.say(
      name,
      `The ${MOST_GROUPS} largest of ${groups.length.toLocaleString('en')} are shown and tested.`,
    );
  }
  const whole = view.once(`whole|${judge.name}`, () => wholeKappa(agreementWithPeople(view).patterns));
  const tested = (order === 'as given' ? groups : kept).map((group) => {
    const patterns = patternsOfCells(ofPairs(compared, group.pairs));
    return { group, patterns, difference: kappaLessRest(whole, patterns, options.level) };
  });
  const adjusted = holm(tested.map(({ difference }) => (difference.defined ? difference.p : null)));
  const rows = tested.map((each, index) => ({ ...each, adjusted: adjusted[index] ?? null }));
  if (order === 'by evidence') rows.sort(byEvidence);
  const { same: orders } = judgePlaces(view);
  const hasOrders = orders.some((same) => same >= 0);
  for (const { group, patterns, difference, adjusted: p } of rows) {
    const behind: ComparisonFilter = { between: { judge: judge.name }, ...group.filter };
    const agreed = agreementOf(patterns, options.level);
    builder.subjectIsOf(group.subject, splitSides(data, group.pairs));
    addAgreement(builder, group.subject, agreed, behind);
    builder.add(
      group.subject,
      'kappa_less_rest',
      agreed.n,
      difference.defined ? { defined: true, value: difference.difference } : difference,
      { interval: difference, behind, isWeighed: true },
    );
    builder.add(
      group.subject,
      'adjusted_p',
      agreed.n,
      p === null || !difference.defined
        ? { defined: false, reason: difference.defined ? 'not tested' : difference.reason }
        : { defined: true, value: p },
      { isWeighed: true },
    );
    const { pairs, fleiss, interval } = view.once(`${name}|${rowOf(group.subject)}`, () =>
      peopleOf(view, group.pairs),
    );
    builder.add(group.subject, 'people_kappa', pairs, estimateOf(fleiss), { interval });
    if (!hasOrders) continue;
    const same = shareByItem(
      valuesAt(orders, group.pairs),
      valuesAt(data.itemOfPair, group.pairs),
      options.level,
      NOT_BOTH,
    );
    builder.add(group.subject, 'consistency', same.n, same.share, { interval: same.interval });
  }
  const shown = rows.filter(({ adjusted: p }) => p !== null && p < 1 - options.level);
  if (rows.length > 1) {
    builder.say(
      name,
      shown.length === 0
        ? noneShown(rows.length, rows.filter(({ adjusted: p }) => p !== null).length)
        : shown
            .map(
              ({ group, difference }) =>
                `${rowOf(group.subject)}: kappa is ${difference.defined && difference.difference < 0 ? 'lower' : 'higher'} than on the rest`,
            )
            .join('; ')
            .concat(' (Holm-corrected).'),
    );
  }
  return builder.part();
}

function noneShown(rows: number, tested: number): string {
  if (tested === 0) return `None of the ${rows} has enough items to be tested against the rest.`;
  const which =
    tested === rows
      ? ''
      : `${tested} of ${rows} ${tested === 1 ? 'has' : 'have'} enough items to be tested. `;
  const corrected = tested > 1 ? ' (Holm-corrected)' : '';
  return `${which}Kappa is nowhere shown to differ from the rest${corrected}.`;
}

/** People's agreement on some pairs: the same for every judge. */
function peopleOf(view: JudgeView, pairs: Int32Array) {
  const units = peopleUnits(view, { pairs, bothBad: 'category' });
  const fleiss = fleissKappa(units.counts);
  return {
    pairs: units.counts.pairable,
    fleiss,
    interval: fleiss.defined ? fleissScoreInterval(units, view.options.level) : null,
  };
}

/** Surest difference first, then the larger group. */
function byEvidence(
  one: {
    readonly adjusted: number | null;
    readonly group: Group;
    readonly difference: { readonly defined: boolean; readonly p?: number };
  },
  two: typeof one,
): number {
  return (
    (one.adjusted ?? 2) - (two.adjusted ?? 2) ||
    (one.difference.p ?? 2) - (two.difference.p ?? 2) ||
    two.group.pairs.length - one.group.pairs.length ||
    (rowOf(one.group.subject) < rowOf(two.group.subject) ? -1 : 1)
  );
}
