import { z } from 'zod';
import { blindPresentationSchema } from '../blind/blind-presentation.ts';
import { LEAST_BLIND_PAIRS } from '../blind/few-pairs.ts';
import { CONSENSUS_KINDS } from '../labels/consensus.ts';
import type { AuditResult } from '../review/audit-result.ts';
import { DISAGREEMENT_CLASSES } from '../review/disagreement-class.ts';
import { disagreementFilterSchema } from '../review/disagreement-filter.ts';
import type { GuessResult } from '../review/guess-result.ts';
import type { GapReport } from '../review/guideline-gaps.ts';
import { REVIEW_STRATA, reviewPlanSchema } from '../review/review-plan.ts';
import { conversationSchema } from '../study/conversation-schema.ts';
import { ANSWERS } from '../study/verdict.ts';
import { interval, outcomeOf } from './figure-schemas.ts';
import { leadMethod, leadReport, leadTask, raterMethod } from './method.ts';
import { saidOfPair } from './pair-methods.ts';
import { lazily, type ReplyOfSchema, schemaOf } from './reply-schema.ts';

const shareWithInterval = lazily(() => outcomeOf({ value: z.number(), interval: interval() }));

const auditShare = lazily(() =>
  z.strictObject({ value: z.number(), interval: interval(), successes: z.int(), n: z.int() }),
);

const auditResult = schemaOf<AuditResult>()(() =>
  z.strictObject({
    drawn: z.int(),
    answered: z
      .int()
      .describe(
        'Looks the result rests on: those before the first pair in the order of the draw nobody looked at yet.',
      ),
    waiting: z.int().describe('Answered, and waiting for a pair before them.'),
    skipped: z
      .int()
      .describe('Of the looks the result rests on, those that were skipped. They are in no share.'),
    labelsWrong: shareWithInterval().describe(
      'Pairs on which the second look says other than people’s label.',
    ),
    withSkips: z
      .strictObject({ allRight: z.number(), allWrong: z.number() })
      .nullable()
      .describe('What it would be if every skipped pair’s label were right, and if every one were wrong.'),
    wrongWhereDiffering: auditShare().nullable().describe('The same where the judge differs from people.'),
    wrongWhereAgreeing: auditShare().nullable().describe('The same where the judge agrees with people.'),
    judgeRightWhereDiffering: auditShare()
      .nullable()
      .describe('Of the pairs it differs on, those on which the second look says what the judge said.'),
    judgeRight: shareWithInterval().describe(
      'Pairs on which the judge says what the second look says, of all.',
    ),
  }),
);

const gapReport = schemaOf<GapReport>()(() =>
  z.strictObject({
    version: z.int(),
    pairs: z.int(),
    compared: z.int().describe('Pairs with two labels or more under a later version: those that can tell.'),
    before: z.number().nullable().describe('How often two raters of a pair contradicted each other there.'),
    after: z.number().nullable().describe('The same under a later version.'),
    interval: interval().nullable().describe('Of “after”.'),
    elsewhere: z.number().nullable().describe('The same on the study’s other pairs.'),
    outcome: z.enum(['closed', 'open', 'not_shown', 'not_asked']),
  }),
);

const guessShare = lazily(() =>
  z.strictObject({
    asked: z.int().describe('Questions with an answer, those without a guess among them.'),
    cannotTell: z.int(),
    right: z.int(),
    rate: z
      .strictObject({ value: z.number(), interval: interval(), p: z.number() })
      .nullable()
      .describe('Of the guesses; null without one. Whoever cannot tell is right in half of them.'),
  }),
);

const guessResult = schemaOf<GuessResult>()(() =>
  guessShare().extend({
    raters: z.array(guessShare().extend({ rater: z.string() })),
    withheld: z
      .int()
      .describe(
        `Raters of whom a page is told nothing while the study is blind: they guessed fewer than ${LEAST_BLIND_PAIRS} times.`,
      ),
  }),
);

const disagreement = lazily(() =>
  z.strictObject({
    pair: z.int(),
    task: conversationSchema,
    left: z
      .strictObject({
        output: conversationSchema,
        system: z.string().nullable(),
      })
      .describe('Systems are null while the study is blind.'),
    right: z.strictObject({
      output: conversationSchema,
      system: z.string().nullable(),
    }),
    slices: z.record(z.string(), z.string()),
    lengthGap: z.number(),
    consensus: z.enum(CONSENSUS_KINDS),
    label: z
      .enum(ANSWERS)
      .nullable()
      .describe('What more than half of the raters say; null where they are split.'),
    ...saidOfPair().shape,
    class: z.enum(DISAGREEMENT_CLASSES).nullable(),
    classVersion: z.int().nullable().describe('The guideline that was in force when it was classed.'),
  }),
);
/** A pair on which people, or a judge, part, with both outputs on sides that say nothing of the pair's own order. */
export type Disagreement = ReplyOfSchema<typeof disagreement>;

const disagreementPage = lazily(() =>
  z.strictObject({
    total: z.int(),
    classified: z.int(),
    disagreements: z.array(disagreement()),
  }),
);
export type DisagreementPage = ReplyOfSchema<typeof disagreementPage>;

const reviewSummary = lazily(() =>
  z.strictObject({
    reviewId: z.string(),
    madeAt: z.int(),
    kind: z.enum(['adjudication', 'audit']),
    judge: z.string().nullable(),
    pairs: z.int(),
    answered: z.int(),
    skipped: z.int(),
    strata: z
      .partialRecord(z.enum(REVIEW_STRATA), z.int())
      .describe('How many pairs were chosen for which reason.'),
    changed: z
      .int()
      .nullable()
      .describe('Decisions that are not what the raters’ label was; null while that is not told.'),
    isTold: z
      .boolean()
      .describe(
        'Whether what was found is told: of a blind study’s review only once all of its pairs were looked at.',
      ),
    notJudged: z
      .int()
      .describe('Of an audit: pairs with a label on which the judge gave no verdict that could be compared.'),
    isWeighted: z
      .boolean()
      .describe(
        'Whether pairs of the study were drawn with different chances: an audit is of the drawn ones as they are.',
      ),
    audit: auditResult().nullable().describe('Of an audit with answers.'),
  }),
);
/** A review and how far it is. */
export type ReviewSummary = ReplyOfSchema<typeof reviewSummary>;

const guidelineGaps = lazily(() =>
  z.strictObject({
    version: z.int(),
    gaps: z.array(gapReport()),
  }),
);
export type GuidelineGaps = ReplyOfSchema<typeof guidelineGaps>;

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
  'disagreements.find': leadReport({
    reveals: 'blind',
    about:
      'Pairs on which raters part, with texts, votes and notes. After unblinding also where a judge parts from them, with systems and what the judge said.',
    input: z.strictObject({
      studyId,
      filter: disagreementFilterSchema.prefault({}),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(50).default(1),
    }),
    reply: disagreementPage,
  }),
  'disagreements.classify': leadMethod({
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
    reply: () =>
      z.strictObject({
        class: z.enum(DISAGREEMENT_CLASSES).nullable(),
      }),
  }),
  'disagreements.gaps': leadReport({
    reveals: 'blind',
    about:
      'Gaps of each guideline version, and whether raters contradict each other less there under a later one.',
    input: z.strictObject({ studyId }),
    reply: guidelineGaps,
  }),
  'disagreements.askAgain': leadMethod({
    beginsWork: true,
    kind: 'command',
    changes: ['ratings'],
    reveals: 'blind',
    about:
      'Gives raters the pairs once more that showed a gap of an earlier guideline, on the sides they had. Votes given stay until there are new ones.',
    input: z.strictObject({ studyId }),
    reply: () =>
      z.strictObject({
        opened: z.int(),
      }),
  }),
  'reviews.make': leadTask({
    beginsWork: true,
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Chooses pairs for adjudicators to look at once more, blind: the most informative ones, or a random audit of disagreements with a judge mixed with agreements.',
    input: z.strictObject({ studyId, plan: reviewPlanSchema }),
    reply: () =>
      z.strictObject({
        reviewId: z.string(),
        pairs: z.int(),
      }),
  }),
  'reviews.list': leadReport({
    reveals: 'blind',
    about: 'The reviews of a study, how far they are, and what audits say of the labels.',
    input: z.strictObject({ studyId }),
    reply: () => z.array(reviewSummary()),
  }),
  'guess.next': raterMethod({
    kind: 'command',
    about:
      'The next of the last questions: which output of a pair was written by the system that wrote another one.',
    input: z.strictObject({ session }),
    reply: () => guessTurnSchema,
  }),
  'guess.answer': raterMethod({
    kind: 'command',
    changes: ['ratings'],
    about: 'Answers a last question, once.',
    input: z.strictObject({ session, guessId: z.string().max(64), answer: z.enum(GUESS_ANSWERS) }),
    reply: () => guessTurnSchema,
  }),
  'guess.report': leadReport({
    reveals: 'blind',
    about: 'How often raters could tell which system wrote what, beside chance.',
    input: z.strictObject({ studyId }),
    reply: guessResult,
  }),
} as const;
