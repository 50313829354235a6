/** A design as one reads it: a sentence for each of its parts. */
import type { StudyDesign } from '../study/study.ts';
import { countedText, countText } from './number-texts.ts';

/** The parts of a design, in the order in which they are told. */
export const DESIGN_PARTS = ['answers', 'raters', 'checks', 'pace', 'texts'] as const;
export type DesignPart = (typeof DESIGN_PARTS)[number];

type Told = Omit<StudyDesign, 'seed'>;

interface Known {
  /** The answers of the scale in words. */
  readonly answers: string;
  /** How many pairs with a known answer there are, for what needs some. */
  readonly knownAnswers: { readonly qualifying: number; readonly gold: number };
}

export function designSentences(design: Told, known: Known): Readonly<Record<DesignPart, string>> {
  return {
    answers: `${answersText(design, known)}.`,
    raters: `${ratersText(design)}.`,
    checks: `${checksText(design, known)}; ${qualityText(design.quality)}.`,
    pace: `${paceText(design)}.`,
    texts: `${textsText(design)}.`,
  };
}

function answersText(
  { training, asksConfidence, marksSpans, rubric }: Told,
  { answers, knownAnswers }: Known,
): string {
  const also = [
    rubric.criteria.length > 0 && `judge ${countedText(rubric.criteria.length, 'criterion', 'criteria')}`,
    rubric.reasonTags.length > 0 && 'tick reasons',
    marksSpans && 'mark the reason in the texts',
    asksConfidence && 'say how sure they are',
  ].filter((each) => each !== false);
  const answering = `answer ${answers}${also.length === 0 ? '' : `, and may ${listed(also)}`}`;
  if (training === null) return `Raters ${answering}`;
  const none = knownAnswers.qualifying === 0 ? ', for which no pair is known yet' : '';
  const tries = countedText(training.attempts, 'attempt');
  return `Raters qualify first (${percentText(training.passMark)} right in ${tries}${none}), then ${answering}`;
}

function ratersText({ ratersPerPair, ratersWhereSplit, overlapShare }: Told): string {
  if (ratersPerPair === null) return 'Every rater sees every pair';
  const base = `${ratersPerPair === 1 ? 'One rater sees' : `${countText(ratersPerPair)} raters see`} each pair`;
  const more =
    ratersWhereSplit === null || ratersWhereSplit <= ratersPerPair
      ? ''
      : `, ${countText(ratersWhereSplit)} where those before were split`;
  return `${base}${more}${overlapShare === 0 ? '' : `; ${percentText(overlapShare)} of all pairs are seen by every rater`}`;
}

function checksText({ checks }: Told, { knownAnswers }: Known): string {
  const { repeatShare, catchShare, goldShare } = checks;
  const kinds = [
    repeatShare > 0 && `${percentText(repeatShare)} earlier pairs with sides swapped`,
    catchShare > 0 && `${percentText(catchShare)} catch pairs`,
    goldShare > 0 &&
      `${percentText(goldShare)} gold pairs${knownAnswers.gold === 0 ? ' (none is known yet)' : ''}`,
  ].filter((each) => each !== false);
  return kinds.length === 0 ? 'No pair is a check' : `Of what raters see, ${listed(kinds)} are checks`;
}

/** Drift, outliers and the like count as much as what a check finds. */
function qualityText(quality: Told['quality']): string {
  const consequences = Object.values(quality).map(({ consequence }) => consequence);
  const warned = consequences.filter((each) => each === 'warn').length;
  const paused = consequences.filter((each) => each === 'pause').length;
  const told = [
    warned > 0 && `${countedText(warned, 'rule')} ${warned === 1 ? 'warns' : 'warn'} you of a rater`,
    paused > 0 && `${countedText(paused, 'rule')} ${paused === 1 ? 'pauses' : 'pause'} the rater’s work`,
  ].filter((each) => each !== false);
  return told.length === 0 ? 'no rule warns you of a rater' : told.join(' and ');
}

function paceText({ minimumViewingMs, breakAfterMinutes, blockSize }: Told): string {
  const first =
    minimumViewingMs === 0
      ? 'A pair may be answered at once'
      : `A pair may be answered after ${countText(minimumViewingMs / 1000)} s`;
  const pause =
    breakAfterMinutes === null
      ? 'no break is suggested'
      : `a break is suggested after ${breakAfterMinutes} minutes`;
  const blocks =
    blockSize === null
      ? 'there are no blocks'
      : `votes are final after each block of ${countText(blockSize)} pairs`;
  return `${first}; ${pause}; ${blocks}`;
}

function textsText({ guideline, consent, systemGuesses, retainUntil }: Told): string {
  const words = guideline.split(/\s+/u).filter((word) => word !== '').length;
  const read =
    words === 0 ? 'Raters read no guideline' : `Raters read a guideline of ${countedText(words, 'word')}`;
  const agreed = consent.trim() === '' ? 'agree to nothing beforehand' : 'agree to a text beforehand';
  const guessed =
    systemGuesses === 0 ? '' : `, and guess ${countedText(systemGuesses, 'time')} at the end who wrote what`;
  const kept = retainUntil === null ? '' : `; the study is kept until ${retainUntil}`;
  return `${read}${guessed === '' ? ' and' : ','} ${agreed}${guessed}${kept}`;
}

function percentText(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
