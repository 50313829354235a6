import { type JudgeVersusPeople, judgeVersusPeople } from '../columns/judge-versus-people.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { labelMismatch, mismatchSentence } from '../columns/label-mismatch.ts';
import { addAgreement, agreementOf, patternsOf } from '../figures/compared-columns.ts';
import { type CardPart, PartBuilder } from '../figures/figure.ts';
import { ROW, SUBJECT } from '../figures/subject.ts';
import { type VerdictSentence, verdictSentence } from '../figures/verdict-sentence.ts';

/** Below this mean kappa of raters with each other the card warns that its ceiling is low. */
const LITTLE_AGREEMENT = 0.4;

/** The card's first words: may this judge stand in for a rater, by which rule, and what would settle it. */
export function standingPart(view: JudgeView): CardPart {
  const { data, judge, options, people } = view;
  const builder = new PartBuilder('standing', view);
  const versus = judgeVersusPeople(data, judge.codes, options);
  const said = verdictSentence(judge.name, versus);
  const mismatch = labelMismatch(people, judge.codes);
  const ceiling = versus.defined ? mean(versus.comparisons.map(({ raterKappa }) => raterKappa)) : null;
  const isCeilingLow = ceiling !== null && ceiling < LITTLE_AGREEMENT;
  builder.say('standing', said.standing);
  builder.say('answer', answerOf(said, mismatch !== null, isCeilingLow));
  builder.say('sentence', said.sentence);
  builder.say('next', said.next);
  builder.say('rule', said.rule);
  sayWhoIsWarned(builder, view);
  addTuned(builder, view);
  if (mismatch !== null) builder.say('mapping', mismatchSentence(mismatch));
  if (isCeilingLow)
    builder.say(
      'ceiling',
      `People here agree little with each other: a rater’s kappa with the others is ${ceiling.toFixed(3)} on average. To be as good as a rater says little then.`,
    );
  if (versus.defined) addComparison(builder, judge.name, versus);
  else builder.add(SUBJECT.judge_less_rater, 'kappa_difference', 0, versus);
  if (said.morePairs !== null) builder.count(SUBJECT.judge_less_rater, 'pairs_to_settle', said.morePairs);
  return builder.part();
}

/** What may be said in a word is less where labels look mixed up, or where to be as good as a rater says little. */
function answerOf({ standing, answer }: VerdictSentence, isMixedUp: boolean, isCeilingLow: boolean): string {
  if (isMixedUp) return 'Not yet: its labels look mapped to others than people’s.';
  return isCeilingLow && (standing === 'better' || standing === 'as_good')
    ? 'Yes, but that says little: raters here hardly agree with each other.'
    : answer;
}

/** The difference, and each rater beside the judge. */
function addComparison(builder: PartBuilder, judge: string, versus: JudgeVersusPeople): void {
  const { pairs, difference, interval, comparisons, leftOut } = versus;
  const at = (value: number) => ({ defined: true as const, value });
  builder.add(SUBJECT.judge_less_rater, 'kappa_difference', pairs, at(difference), {
    interval: { defined: true, interval },
    isWeighed: true,
  });
  const ofJudge = mean(comparisons.map(({ judgeKappa }) => judgeKappa));
  const ofRaters = mean(comparisons.map(({ raterKappa }) => raterKappa));
  builder.add(SUBJECT.mean_over_raters, 'judge_left_out_kappa', pairs, at(ofJudge), { isWeighed: true });
  builder.add(SUBJECT.mean_over_raters, 'rater_left_out_kappa', pairs, at(ofRaters), { isWeighed: true });
  for (const { rater, n, judgeKappa, raterKappa } of comparisons) {
    const behind = { between: { judge, rater } };
    const subject = { kind: 'rater', name: rater } as const;
    builder.add(subject, 'judge_left_out_kappa', n, at(judgeKappa), { behind, isWeighed: true });
    builder.add(subject, 'rater_left_out_kappa', n, at(raterKappa), { behind, isWeighed: true });
  }
  for (const { rater, reason } of leftOut)
    builder.say({ kind: 'rater', name: rater }, `${rater} could not be compared: ${reason}.`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
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
