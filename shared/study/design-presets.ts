/**
 * Designs to start from. A preset sets every rule below, so that going from one to another leaves nothing of the first. It
 * never sets what people wrote: guideline, criteria, reasons, consent, and how long the study is kept.
 */
import type { StudyDesign } from './study.ts';
import { NO_CHECKS, USUAL_QUALITY_RULES } from './usual-rules.ts';

type PresetRules = Pick<
  StudyDesign,
  | 'scale'
  | 'ratersPerPair'
  | 'ratersWhereSplit'
  | 'overlapShare'
  | 'blockSize'
  | 'checks'
  | 'training'
  | 'asksConfidence'
  | 'breakAfterMinutes'
  | 'quality'
  | 'systemGuesses'
  | 'minimumViewingMs'
>;

export interface DesignPreset {
  readonly id: string;
  readonly label: string;
  /** For whom it is, and what it costs. */
  readonly about: string;
  /** Null where nothing is set and every field is shown. */
  readonly rules: PresetRules | null;
}

const pausing = (rule: (typeof USUAL_QUALITY_RULES)['gold']) => ({ ...rule, consequence: 'pause' }) as const;

export const DESIGN_PRESETS: readonly DesignPreset[] = [
  {
    id: 'afternoon',
    label: 'Check a judge in an afternoon',
    about: 'One label for most pairs, so that few people get through many.',
    rules: {
      // What people answer by themselves; a judge that calls neither usable can be compared, too.
      scale: 'with_tie_and_both_bad',
      // A second label costs as much as another pair, and for a first look pairs are worth more.
      ratersPerPair: 1,
      ratersWhereSplit: null,
      // Without pairs that all see, nobody knows how well people agree among themselves.
      overlapShare: 0.2,
      // One sitting: nothing to close between.
      blockSize: null,
      // One in twenty is enough to see somebody who answers at random, and is hardly felt.
      checks: { ...NO_CHECKS, repeatShare: 0.05 },
      // Colleagues who know the task.
      training: null,
      asksConfidence: false,
      breakAfterMinutes: 45,
      quality: USUAL_QUALITY_RULES,
      systemGuesses: 0,
      // Stops a key that was held down, not a quick reader.
      minimumViewingMs: 250,
    },
  },
  {
    id: 'certify',
    label: 'Certify a judge',
    about: 'Three labels for each pair, more where people part: figures others can rely on.',
    rules: {
      scale: 'with_tie_and_both_bad',
      // The least number of people with a majority.
      ratersPerPair: 3,
      // Two more settle most splits, and are asked for only there.
      ratersWhereSplit: 5,
      // Three see every pair already.
      overlapShare: 0,
      // Work of several days: what was said on one is final before the next.
      blockSize: 50,
      // Both kinds of check that need no known answers: steadiness, and whether texts are read.
      checks: { ...NO_CHECKS, repeatShare: 0.05, catchShare: 0.03 },
      training: null,
      // Labels that people were sure of can be looked at apart.
      asksConfidence: true,
      breakAfterMinutes: 30,
      quality: USUAL_QUALITY_RULES,
      systemGuesses: 0,
      minimumViewingMs: 1000,
    },
  },
  {
    id: 'vendor',
    label: 'A vendor’s job',
    about: 'Raters you do not know: they qualify first, and known answers go with the work.',
    rules: {
      scale: 'with_tie_and_both_bad',
      // A pair of labels shows how well raters agree, and a third is paid for only where it decides.
      ratersPerPair: 2,
      ratersWhereSplit: 3,
      // Each rater can be held against all others on the same pairs.
      overlapShare: 0.05,
      // What a vendor hands over in parts is final in parts.
      blockSize: 50,
      // 13 % of what is paid for checks the rest.
      checks: { ...NO_CHECKS, repeatShare: 0.05, catchShare: 0.03, goldShare: 0.05 },
      // Four of five right, and one more try for who misread the guideline.
      training: { passMark: 0.8, attempts: 2 },
      asksConfidence: false,
      breakAfterMinutes: 45,
      // Nobody looks on: work that known answers or the clock speak against stops by itself.
      quality: {
        ...USUAL_QUALITY_RULES,
        gold: pausing(USUAL_QUALITY_RULES.gold),
        catch: pausing(USUAL_QUALITY_RULES.catch),
        tooFast: pausing(USUAL_QUALITY_RULES.tooFast),
      },
      systemGuesses: 0,
      minimumViewingMs: 1000,
    },
  },
  {
    id: 'rank',
    label: 'Rank systems',
    about: 'Many pairs with one label each: a ranking lives on pairs, not on second opinions.',
    rules: {
      // “Both bad” says nothing of which is better.
      scale: 'with_tie',
      ratersPerPair: 1,
      ratersWhereSplit: null,
      // Enough to say how far a ranking rests on one rater’s taste.
      overlapShare: 0.1,
      blockSize: null,
      checks: { ...NO_CHECKS, repeatShare: 0.05 },
      training: null,
      asksConfidence: false,
      breakAfterMinutes: 45,
      quality: USUAL_QUALITY_RULES,
      // Whoever knows a system by its style may rank the name and not the text.
      systemGuesses: 10,
      minimumViewingMs: 250,
    },
  },
  {
    id: 'by-hand',
    label: 'Everything by hand',
    about: 'Changes nothing, and opens every field.',
    rules: null,
  },
];

/** A design with a preset’s rules. The first vote has fixed the scale, so from then on it stays. */
export function designWithPreset<Design extends PresetRules>(
  design: Design,
  { rules }: DesignPreset,
  hasVotes: boolean,
): Design {
  return { ...design, ...rules, ...(hasVotes ? { scale: design.scale } : {}) };
}
