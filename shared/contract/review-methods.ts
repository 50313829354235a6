import { z } from 'zod';
import { blindPresentationSchema } from '../blind/blind-presentation.ts';
import type { ConsensusKind } from '../labels/consensus.ts';
import type { AuditResult } from '../review/audit-result.ts';
import { DISAGREEMENT_CLASSES, type DisagreementClass } from '../review/disagreement-class.ts';
import { disagreementFilterSchema } from '../review/disagreement-filter.ts';
import type { GuessResult } from '../review/guess-result.ts';
import type { GapReport } from '../review/guideline-gaps.ts';
import { type ReviewStratum, reviewPlanSchema } from '../review/review-plan.ts';
import type { Conversation } from '../study/conversation.ts';
import { conversationSchema } from '../study/conversation-schema.ts';
import type { Answer } from '../study/verdict.ts';
import { leadMethod, leadReport, raterMethod } from './method.ts';

/** A pair on which people, or a judge, part, with both outputs on sides that say nothing of the pair's own order. */
export interface Disagreement {
  readonly pair: number;
  readonly task: Conversation;
  /** Systems are null while the study is blind. */
  readonly left: { readonly output: Conversation; readonly system: string | null };
  readonly right: { readonly output: Conversation; readonly system: string | null };
  readonly slices: Readonly<Record<string, string>>;
  readonly lengthGap: number;
  readonly consensus: ConsensusKind;
  /** What more than half of the raters say; null where they are split. */
  readonly label: Answer | null;
  readonly votes: readonly {
    readonly rater: string;
    readonly answer: Answer;
    readonly strength: number | null;
    readonly confidence: number | null;
    readonly note: string | null;
    readonly guidelineVersion: number | null;
    readonly isExcluded: boolean;
  }[];
  readonly decisions: readonly {
    readonly by: string;
    readonly answer: Answer;
    readonly note: string | null;
    /** Changed after the raters' votes could be seen. */
    readonly isChanged: boolean;
  }[];
  /** Empty while the study is blind. */
  readonly judgments: readonly {
    readonly judge: string;
    readonly shownFirst: 'left' | 'right' | null;
    readonly sample: number;
    readonly answer: Exclude<Answer, 'skipped'> | 'unparsed' | 'error' | 'inconsistent';
    readonly score: string | null;
    readonly rationale: string | null;
  }[];
  readonly class: DisagreementClass | null;
  /** The guideline that was in force when it was classed. */
  readonly classVersion: number | null;
}

export interface DisagreementPage {
  readonly total: number;
  readonly classified: number;
  readonly disagreements: readonly Disagreement[];
}

/** A review and how far it is. */
export interface ReviewSummary {
  readonly reviewId: string;
  readonly madeAt: number;
  readonly kind: 'adjudication' | 'audit';
  readonly judge: string | null;
  readonly pairs: number;
  readonly answered: number;
  readonly skipped: number;
  /** How many pairs were chosen for which reason. */
  readonly strata: Readonly<Partial<Record<ReviewStratum, number>>>;
  /** Decisions that are not what the raters’ label was; null while that is not told. */
  readonly changed: number | null;
  /** Whether what was found is told: of a blind study’s review only once all of its pairs were looked at. */
  readonly isTold: boolean;
  /** Of an audit: pairs with a label on which the judge gave no verdict that could be compared. */
  readonly notJudged: number;
  /** Whether pairs of the study were drawn with different chances: an audit is of the drawn ones as they are. */
  readonly isWeighted: boolean;
  /** Of an audit with answers. */
  readonly audit: AuditResult | null;
}

export interface GuidelineGaps {
  readonly version: number;
  readonly gaps: readonly GapReport[];
}

const studyId = z.string().min(1).max(64);
const session = z.string().min(16).max(128);

const guessTurnSchema = z.strictObject({
  left: z.int().describe('Questions left, this one among them.'),
  guess: z
    .strictObject({
      guessId: z.string(),
      sample: conversationSchema.describe('An output of the system that is asked about, for another item.'),
      pair: blindPresentationSchema,
    })
    .nullable(),
});

export const GUESS_ANSWERS = ['left', 'right', 'cannot_tell'] as const;

export const reviewMethods = {
  'disagreements.find': leadReport<DisagreementPage>()({
    reveals: 'blind',
    about:
      'Pairs on which raters part, with texts, votes and notes. After unblinding also where a judge parts from them, with systems and what the judge said.',
    input: z.strictObject({
      studyId,
      filter: disagreementFilterSchema.prefault({}),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(50).default(1),
    }),
  }),
  'disagreements.classify': leadMethod<{ readonly class: DisagreementClass | null }>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Says why people, or a judge, part on a pair; null takes it back. A guideline gap is one of the version in force.',
    input: z.strictObject({
      studyId,
      pair: z.int().min(1),
      class: z.enum(DISAGREEMENT_CLASSES).nullable(),
    }),
  }),
  'disagreements.gaps': leadReport<GuidelineGaps>()({
    reveals: 'blind',
    about:
      'Gaps of each guideline version, and whether raters contradict each other less there under a later one.',
    input: z.strictObject({ studyId }),
  }),
  'disagreements.askAgain': leadMethod<{ readonly opened: number }>()({
    kind: 'command',
    changes: ['ratings'],
    reveals: 'blind',
    about:
      'Gives raters the pairs once more that showed a gap of an earlier guideline, on the sides they had. Votes given stay until there are new ones.',
    input: z.strictObject({ studyId }),
  }),
  'reviews.make': leadMethod<{ readonly reviewId: string; readonly pairs: number }>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Chooses pairs for adjudicators to look at once more, blind: the most informative ones, or a random audit of disagreements with a judge mixed with agreements.',
    input: z.strictObject({ studyId, plan: reviewPlanSchema }),
  }),
  'reviews.list': leadReport<readonly ReviewSummary[]>()({
    reveals: 'blind',
    about: 'The reviews of a study, how far they are, and what audits say of the labels.',
    input: z.strictObject({ studyId }),
  }),
  'guess.next': raterMethod({
    kind: 'command',
    about:
      'The next of the last questions: which output of a pair was written by the system that wrote another one.',
    input: z.strictObject({ session }),
    output: guessTurnSchema,
  }),
  'guess.answer': raterMethod({
    kind: 'command',
    changes: ['ratings'],
    about: 'Answers a last question, once.',
    input: z.strictObject({ session, guessId: z.string().max(64), answer: z.enum(GUESS_ANSWERS) }),
    output: guessTurnSchema,
  }),
  'guess.report': leadReport<GuessResult>()({
    reveals: 'blind',
    about: 'How often raters could tell which system wrote what, beside chance.',
    input: z.strictObject({ studyId }),
  }),
} as const;
