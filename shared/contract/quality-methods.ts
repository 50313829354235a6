import { z } from 'zod';
import type { Figure } from '../card/figures/figure.ts';
import type { AgreementOptions } from '../labels/agreement-options.ts';
import type { ConsensusKind, ConsensusRule } from '../labels/consensus.ts';
import type { QualityWarning } from '../quality/quality-warnings.ts';
import type { RaterQuality } from '../quality/rater-quality.ts';
import { leadMethod, leadReport } from './method.ts';

/** Something that was decided about a rater. */
export interface RaterDecisionEntry {
  readonly about: 'exclusion' | 'pause';
  readonly isOn: boolean;
  readonly reason: string;
  readonly decidedBy: 'lead' | 'thresholds';
  readonly decidedAt: number;
}

/** A rater's figures, what of them chance does not explain, and what was decided. */
export interface RaterReport extends RaterQuality {
  readonly isExcluded: boolean;
  readonly isPaused: boolean;
  readonly decisions: readonly RaterDecisionEntry[];
  readonly warnings: readonly QualityWarning[];
}

/** Headline figures with and without one rater, judge by judge. */
export interface ExclusionEffect {
  readonly rater: string;
  readonly options: AgreementOptions;
  /** Votes of the rater that are labels. */
  readonly votes: number;
  /** Pairs with a label of people. */
  readonly labels: { readonly with: number; readonly without: number };
  readonly judges: readonly {
    /** Null where the study has no judge: then the figures are about people alone. */
    readonly judge: string | null;
    readonly figures: readonly {
      readonly id: string;
      readonly with: Figure;
      /** Null where the card without the rater does not have it. */
      readonly without: Figure | null;
    }[];
  }[];
}

/** How labels come about. */
export interface ConsensusReport {
  readonly pairs: number;
  /** By how the votes on them came together. */
  readonly kinds: Readonly<Record<ConsensusKind, number>> | null;
  /** Pairs that an adjudicator decided. */
  readonly adjudicated: number;
  /** How many pairs each rule gives a label by votes alone. */
  readonly rules: readonly { readonly rule: ConsensusRule; readonly labels: number }[];
  /** Dawid and Skene's model of the votes; null without a vote. */
  readonly model: {
    readonly classes: readonly string[];
    /** How often each class is the true one. */
    readonly priors: readonly number[];
    readonly iterations: number;
    readonly converged: boolean;
    /** Pairs whose likeliest label is not the majority's. */
    readonly differsFromMajority: number;
    readonly raters: readonly {
      readonly rater: string;
      readonly votes: number;
      /** The chance of each vote (row) where each class is true (column); null in columns the rater hardly met. */
      readonly said: readonly (readonly (number | null)[])[];
    }[];
  } | null;
}

const studyId = z.string().min(1).max(64);
const rater = z.string().min(1).max(120);

export const qualityMethods = {
  'quality.raters': leadReport<readonly RaterReport[]>()({
    reveals: 'blind',
    about:
      'How each rater works: pace, sides, ties, checks, repeats, agreement with the others, warnings, and what was decided.',
    input: z.strictObject({ studyId }),
  }),
  'quality.decide': leadMethod<readonly RaterReport[]>()({
    kind: 'command',
    reveals: 'blind',
    about:
      'Leaves a rater’s votes out of every figure, stops a rater’s work, or takes either back. Logged with the reason; nothing is deleted.',
    input: z.strictObject({
      studyId,
      rater,
      about: z.enum(['exclusion', 'pause']),
      isOn: z.boolean(),
      reason: z.string().trim().min(1).max(2000).describe('As it can be read to the rater.'),
    }),
  }),
  'quality.effect': leadReport<ExclusionEffect>()({
    reveals: 'blind',
    about: 'What every headline figure is with and without one rater’s votes.',
    input: z.strictObject({ studyId, rater }),
  }),
  'quality.eraseNotes': leadMethod<{
    readonly erased: number;
    /** Whether somebody still reads the journal that holds them: ask again later, or close every window. */
    readonly isPending: boolean;
  }>()({
    kind: 'command',
    changes: ['ratings'],
    reveals: 'blind',
    about:
      'Erases the text of a rater’s notes for good, on request. Votes stay; a row of the log stands for each note.',
    input: z.strictObject({ studyId, rater }),
  }),
  'quality.consensus': leadReport<ConsensusReport>()({
    reveals: 'blind',
    about:
      'How labels come about under each rule, and each rater’s confusion matrix under Dawid and Skene’s model.',
    input: z.strictObject({ studyId }),
  }),
} as const;
