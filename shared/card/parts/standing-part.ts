import { judgeVersusPeople } from '../columns/judge-versus-people.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { labelMismatch, mismatchSentence } from '../columns/label-mismatch.ts';
import { addAgreement, agreementOf, patternsOf } from '../figures/compared-columns.ts';
import { type CardPart, PartBuilder } from '../figures/figure.ts';
import { ROW, SUBJECT } from '../figures/subject.ts';
import { verdictSentence } from '../figures/verdict-sentence.ts';

/** Below this mean kappa of raters with each other the card warns that its ceiling is low. */
const LITTLE_AGREEMENT = 0.4;

/** The card's first words: may this judge stand in for a rater, by which rule, and what would settle it. */
export function standingPart(view: JudgeView): CardPart {
  const { data, judge, options, people } = view;
  const builder = new PartBuilder('standing', view);
  const versus = judgeVersusPeople(data, judge.codes, options);
  const { standing, sentence, next, rule } = verdictSentence(judge.name, versus);
  builder.say('standing', standing);
  builder.say('sentence', sentence);
  builder.say('next', next);
  builder.say('rule', rule);
  sayWhoIsWarned(builder, view);
  addTuned(builder, view);
  const mismatch = labelMismatch(people, judge.codes);
  if (mismatch !== null) builder.say('mapping', mismatchSentence(mismatch));
  if (!versus.defined) {
    builder.add(SUBJECT.judge_less_rater, 'kappa_difference', 0, versus);
    return builder.part();
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  builder.add(
    SUBJECT.judge_less_rater,
    'kappa_difference',
    versus.pairs,
    { defined: true, value: versus.difference },
    {
      interval: { defined: true, interval: versus.interval },
      isWeighed: true,
    },
  );
  const { comparisons } = versus;
  const at = (value: number) => ({ defined: true as const, value });
  builder.add(
    SUBJECT.mean_over_raters,
    'judge_left_out_kappa',
    versus.pairs,
    at(mean(comparisons.map(({ judgeKappa }) => judgeKappa))),
    { isWeighed: true },
  );
  builder.add(
    SUBJECT.mean_over_raters,
    'rater_left_out_kappa',
    versus.pairs,
    at(mean(comparisons.map(({ raterKappa }) => raterKappa))),
    { isWeighed: true },
  );
  const ceiling = mean(comparisons.map(({ raterKappa }) => raterKappa));
  if (ceiling < LITTLE_AGREEMENT) {
    builder.say(
      'ceiling',
      `People here agree little with each other: a rater’s kappa with the others is ${ceiling.toFixed(3)} on average. To be as good as a rater says little then.`,
    );
  }
  for (const { rater, n, judgeKappa, raterKappa } of comparisons) {
    const behind = { between: { judge: judge.name, rater } };
    const subject = { kind: 'rater', name: rater } as const;
    builder.add(subject, 'judge_left_out_kappa', n, at(judgeKappa), { behind, isWeighed: true });
    builder.add(subject, 'rater_left_out_kappa', n, at(raterKappa), { behind, isWeighed: true });
  }
  for (const { rater, reason } of versus.leftOut)
    builder.say({ kind: 'rater', name: rater }, `${rater} could not be compared: ${reason}.`);
  return builder.part();
}

/** What the sentence would be without raters under warning: their votes count, and a reader should know what they carry. */
function sayWhoIsWarned(builder: PartBuilder, { data, judge, options }: JudgeView): void {
  const warned = data.warned().filter((name) => data.raters.some((rater) => rater.name === name));
  if (warned.length === 0) return;
  const raters = data.raters.filter(({ name }) => !warned.includes(name));
  const without = judgeVersusPeople({ ...data, raters }, judge.codes, options);
  const { sentence } = verdictSentence(judge.name, without);
  builder.say(
    'warned',
    `${warned.length} of ${data.raters.length} raters ${warned.length === 1 ? 'is' : 'are'} warned. Without ${warned.join(', ')}: ${sentence}`,
  );
}

/** Figures on what the judge was written against, named as that, so that nobody takes them for the others. */
function addTuned(builder: PartBuilder, { data, judge, options, people }: JudgeView): void {
  const { tunedCodes } = judge;
  if (tunedCodes === null) return;
  const { itemOfPair, itemCount, weights } = data;
  const compared = { rows: people, columns: tunedCodes, itemOfPair, itemCount, weights };
  const agreed = agreementOf(patternsOf(compared, options), options.level);
  addAgreement(builder, SUBJECT.tuned_on, agreed, null);
  builder.say(
    'tuned',
    `${judge.name} was written against ${agreed.n.toLocaleString('en')} of the labelled pairs. They are in no figure but those named “${ROW.tuned_on}”.`,
  );
}
