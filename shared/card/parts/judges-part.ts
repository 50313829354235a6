import { pairedPatternsOf } from '../../labels/label-pairs.ts';
import { pairedKappas } from '../../stats/comparison/paired-kappas.ts';
import { undefinedBecause } from '../../stats/estimate.ts';
import { holm } from '../../stats/multiplicity/adjusted-p-values.ts';
import { FEWEST_ITEMS } from '../../stats/resampling/resample.ts';
import type { PeopleView } from '../columns/judge-view.ts';
import { addAgreement, agreementOf, agreementWithPeople, patternsOf } from '../figures/compared-columns.ts';
import { type CardPart, estimateOf, PartBuilder } from '../figures/figure.ts';
import { valueText } from '../figures/figure-text.ts';

/** All pairs of more judges than this would be more comparisons than any correction leaves power for. */
const MOST_JUDGES = 30;

/** The study's judges beside each other: each against people, and every two on the pairs both judged. */
export function judgesPart(view: PeopleView): CardPart {
  const builder = new PartBuilder('judges', view);
  const { data, options, people } = view;
  const { itemOfPair, itemCount } = data;
  const judges = data.judges.slice(0, MOST_JUDGES);
  if (judges.length < data.judges.length) {
    builder.say('judges', `The first ${MOST_JUDGES} of ${data.judges.length} judges are compared.`);
  }
  for (const judge of judges) {
    const { agreed } = agreementWithPeople({ ...view, judge });
    addAgreement(builder, { kind: 'judge', name: judge.name }, agreed, {
      between: { judge: judge.name },
    });
  }
  const compared = judges.flatMap((one, index) =>
    judges.slice(index + 1).map((two) => {
      const patterns = pairedPatternsOf(people, one.codes, two.codes, itemOfPair, itemCount, options);
      const items = patterns.itemCounts.reduce((sum, count) => sum + count, 0);
      const pairs = patterns.first.reduce(
        (sum, table, kind) =>
          sum + (patterns.itemCounts[kind] ?? 0) * table.reduce((total, count) => total + count, 0),
        0,
      );
      const difference =
        items < FEWEST_ITEMS
          ? undefinedBecause(
              `${items} items judged by both are too few to compare on (${FEWEST_ITEMS} needed)`,
            )
          : pairedKappas(patterns, options.level);
      return { one, two, pairs: Math.round(pairs), difference };
    }),
  );
  const adjusted = holm(
    compared.map(({ difference }) =>
      difference.defined && difference.test.defined ? difference.test.p : null,
    ),
  );
  const shown: string[] = [];
  compared.forEach(({ one, two, pairs, difference }, index) => {
    const subject = { kind: 'judges', first: one.name, second: two.name } as const;
    const p = adjusted[index] ?? null;
    const behind = { between: { judgeA: one.name, judgeB: two.name } };
    builder.add(
      subject,
      'judges_difference',
      pairs,
      difference.defined ? { defined: true, value: difference.difference } : difference,
      { interval: difference.defined ? difference.test : null, behind },
    );
    builder.add(
      subject,
      'adjusted_p',
      pairs,
      p !== null
        ? { defined: true, value: p }
        : difference.defined && !difference.test.defined
          ? difference.test
          : undefinedBecause(difference.defined ? 'not tested' : difference.reason),
    );
    const between = agreementOf(
      patternsOf({ rows: one.codes, columns: two.codes, itemOfPair, itemCount, weights: null }, options),
      options.level,
    );
    builder.add(subject, 'judges_kappa', between.n, estimateOf(between.kappa), {
      interval: between.kappaInterval,
      behind,
    });
    if (p !== null && difference.defined && p < 1 - options.level) {
      const [better, worse] = difference.difference > 0 ? [one, two] : [two, one];
      shown.push(
        `${better.name} agrees with people more than ${worse.name} does (${valueText(Math.abs(difference.difference), 'difference')} of kappa)`,
      );
    }
  });
  if (compared.length > 0) {
    const corrected = compared.length > 1 ? ` (Holm-corrected for ${compared.length} comparisons)` : '';
    builder.say(
      'judges',
      shown.length === 0
        ? `No judge is shown to agree with people more than another${corrected}.`
        : `${shown.join('; ')}${corrected}.`,
    );
  }
  return builder.part();
}
