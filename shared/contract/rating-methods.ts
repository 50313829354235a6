import { z } from 'zod';
import { blindPresentationSchema } from '../blind/blind-presentation.ts';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { STAGES } from '../rating/sitting.ts';
import { RATER_ROLES } from '../study/rater-role.ts';
import { rubricSchema } from '../study/rubric.ts';
import { raterNameSchema } from '../study/study.ts';
import { ANSWERS, SKIP_REASONS, VERDICT_SCALES } from '../study/verdict.ts';
import { shownDetailsSchema } from '../study/vote-details.ts';
import { raterMethod } from './method.ts';

const sessionId = z.string().min(16).max(128);
const commandId = z.uuid().describe('Made once per decision; the same id gives the same receipt.');

const progressSchema = z.strictObject({
  done: z.int(),
  total: z.int(),
  medianSeconds: z
    .number()
    .nullable()
    .describe('Median time per pair over the last votes without idle time, in seconds.'),
  canUndo: z.boolean(),
  blockLeft: z.int().nullable().describe('Pairs left in the open block; null where work has no blocks.'),
  suggestsBreak: z
    .boolean()
    .describe('The rater’s own answers to the same pairs differ more often lately. For the rater alone.'),
});

const trainingSchema = z.strictObject({
  done: z.int(),
  total: z.int(),
  passMark: z.number(),
  attemptsLeft: z.int(),
  lastResult: z.strictObject({ correct: z.int(), answered: z.int() }).nullable(),
});

/** What is known about a practice pair, in terms of the screen. */
const feedbackSchema = z.strictObject({
  isAsKnown: z.boolean(),
  known: z.enum(ANSWERS),
  explanation: z.string(),
});
export type PracticeFeedback = DeepReadonly<z.infer<typeof feedbackSchema>>;

/** What is said of a pair that has no vote yet. */
const draftSchema = z.strictObject({
  note: z.string().max(20_000),
  confidence: z.int().min(1).max(3).nullable(),
  details: shownDetailsSchema,
  earlier: z
    .strictObject({
      answer: z.enum(ANSWERS),
      strength: z.int().nullable(),
      skipReason: z.enum(SKIP_REASONS).nullable(),
    })
    .nullable()
    .describe('An answer that was taken back, or could not be recorded.'),
  keptAt: z.int().min(0).describe('Milliseconds since 1970 by the page’s clock: the newest one counts.'),
});
export type VoteDraft = DeepReadonly<z.infer<typeof draftSchema>>;

/** The pair to rate now and the one after it, which the page prepares meanwhile. */
const queueSchema = z.array(blindPresentationSchema).max(2);

const receiptSchema = z.strictObject({
  commandId: z.string(),
  presentationId: z.string(),
  recordedAt: z.int().describe('Milliseconds since 1970; the vote was on disk before this reply was sent.'),
});

const turnSchema = z.strictObject({
  queue: queueSchema,
  drafts: z
    .array(z.strictObject({ presentationId: z.string(), draft: draftSchema }))
    .describe('What was said before of these pairs.'),
  progress: progressSchema,
  stage: z.enum(STAGES),
  guidelineVersion: z.int().describe('Of guideline and rubric, as it stands now.'),
  guessesLeft: z.int().describe('Last questions once all pairs are answered: which output a system wrote.'),
  training: trainingSchema.nullable().describe('How far practice or qualifying is; null while working.'),
});

export type Turn = DeepReadonly<z.infer<typeof turnSchema>>;

/** What a rater said of a pair before, in terms of the screen. */
const saidSchema = z.strictObject({
  answer: z.enum(ANSWERS),
  strength: z.int().nullable(),
  confidence: z.int().nullable(),
  note: z.string().nullable(),
  details: shownDetailsSchema,
  skipReason: z.enum(SKIP_REASONS).nullable(),
});

/** A vote that was taken back, with all that was said in it. */
const takenBackSchema = saidSchema.extend({
  presentationId: z.string(),
});
export type TakenBackVote = DeepReadonly<z.infer<typeof takenBackSchema>>;

/** What raters said of a pair that an adjudicator has just voted on, in terms of the screen. */
const revealedSchema = z.array(
  z.strictObject({
    rater: z.string(),
    answer: z.enum(ANSWERS),
    strength: z.int().nullable(),
    note: z.string().nullable(),
  }),
);
export type RevealedVotes = DeepReadonly<z.infer<typeof revealedSchema>>;

/** One of the rater’s own votes, in terms of the screen it was given on. */
const ownVoteSchema = z.strictObject({
  presentationId: z.string(),
  task: z.string().describe('The beginning of what was asked.'),
  answer: z.enum(ANSWERS),
  strength: z.int().nullable(),
  note: z.string().nullable(),
  recordedAt: z.int(),
  changes: z.int().describe('How often it was changed.'),
  canChange: z.boolean().describe('Its block is not closed.'),
});

export const ratingMethods = {
  'rating.raters': raterMethod({
    kind: 'query',
    about: 'The pseudonyms that may continue in a study.',
    input: z.strictObject({ studyId: z.string() }),
    reply: () => z.array(z.strictObject({ name: z.string(), role: z.enum(RATER_ROLES), done: z.int() })),
  }),
  'rating.begin': raterMethod({
    beginsWork: true,
    kind: 'command',
    changes: ['ratings'],
    about: 'Starts or resumes a rater’s work and takes it over from wherever it was open before.',
    input: z.strictObject({
      studyId: z.string(),
      rater: raterNameSchema,
      role: z
        .enum(RATER_ROLES)
        .default('rater')
        .describe('An adjudicator decides on pairs of reviews; nobody is both under one pseudonym.'),
      passphrase: z
        .string()
        .max(1000)
        .optional()
        .describe('In a pack: what keeps the others at this machine from this rater’s votes.'),
      earlierSession: sessionId
        .optional()
        .describe('In a pack: instead of the passphrase, the session this window had.'),
    }),
    reply: () =>
      turnSchema.extend({
        session: sessionId,
        study: z.strictObject({
          name: z.string(),
          guideline: z.string(),
          guidelineVersion: z.int(),
          rubric: rubricSchema,
          scale: z.enum(VERDICT_SCALES),
          minimumViewingMs: z.int(),
          asksConfidence: z.boolean(),
          marksSpans: z.boolean(),
          breakAfterMinutes: z.int().nullable(),
          examples: z.int().describe('Worked examples to read.'),
          consent: z.string().describe('What is to be agreed to, in Markdown; empty where nothing is.'),
          role: z.enum(RATER_ROLES),
          isSynthetic: z.boolean(),
          isUnblinded: z.boolean(),
        }),
      }),
  }),
  'rating.submit': raterMethod({
    kind: 'command',
    changes: ['ratings'],
    about: 'Records one vote. The reply is sent after the vote is on disk.',
    input: z
      .strictObject({
        session: sessionId,
        commandId,
        presentationId: z.string().max(64),
        answer: z.enum(ANSWERS),
        strength: z.int().min(1).max(3).optional(),
        skipReason: z.enum(SKIP_REASONS).optional(),
        note: z.string().max(20_000).optional(),
        confidence: z.int().min(1).max(3).optional().describe('1: a guess, 2: fairly sure, 3: sure.'),
        details: shownDetailsSchema.optional(),
        guidelineVersion: z.int().min(1).optional().describe('The one the rater saw; the newest without it.'),
        viewedMs: z.int().min(0),
        idleMs: z.int().min(0).default(0).describe('Part of it in which nothing was touched.'),
        revises: z.boolean().default(false).describe('Changes an earlier vote of an open block.'),
      })
      .refine(({ viewedMs, idleMs }) => idleMs <= viewedMs, {
        message: 'idle time is part of viewing time',
        path: ['idleMs'],
      })
      .refine((vote) => (vote.answer === 'skipped') === (vote.skipReason !== undefined), {
        message: 'a skipped pair needs a reason, and only a skipped pair has one',
        path: ['skipReason'],
      }),
    reply: () =>
      turnSchema.extend({
        receipt: receiptSchema,
        feedback: feedbackSchema.nullable().describe('After a practice pair; null otherwise.'),
        revealed: revealedSchema
          .nullable()
          .describe('The raters’ votes, after an adjudication that shows them; null otherwise.'),
      }),
  }),
  'rating.keepDraft': raterMethod({
    kind: 'command',
    about:
      'Keeps what a rater has said of a pair before the vote; null takes it away. It goes with the vote.',
    input: z.strictObject({
      session: sessionId,
      presentationId: z.string().max(64),
      draft: draftSchema.nullable(),
    }),
    reply: () => z.strictObject({ isKept: z.boolean().describe('False once the pair has a vote.') }),
  }),
  'rating.consent': raterMethod({
    kind: 'command',
    changes: ['ratings'],
    about: 'Agrees to the consent text of a study, as it was read.',
    input: z.strictObject({ session: sessionId, text: z.string().max(100_000) }),
    reply: () => turnSchema,
  }),
  'rating.undo': raterMethod({
    kind: 'command',
    changes: ['ratings'],
    about: 'Retracts the rater’s latest vote and opens its pair again. Nothing is deleted.',
    input: z.strictObject({ session: sessionId, commandId }),
    reply: () =>
      turnSchema.extend({
        takenBack: takenBackSchema.nullable().describe('The vote as it was, so that nothing is typed twice.'),
      }),
  }),
  'rating.examples': raterMethod({
    kind: 'query',
    about: 'The worked examples of a study: pairs with their answer and why.',
    input: z.strictObject({ session: sessionId }),
    reply: () =>
      z.array(
        z.strictObject({ pair: blindPresentationSchema, answer: z.enum(ANSWERS), explanation: z.string() }),
      ),
  }),
  'rating.history': raterMethod({
    kind: 'query',
    about: 'The rater’s own votes, newest first, found by words of the task, the texts or the note.',
    input: z.strictObject({
      session: sessionId,
      search: z.string().max(200).default(''),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(100).default(30),
    }),
    reply: () =>
      z.strictObject({
        total: z.int(),
        isAll: z.boolean().describe('Whether no vote is too old to be looked at.'),
        votes: z.array(ownVoteSchema),
      }),
  }),
  'rating.revisit': raterMethod({
    kind: 'query',
    about: 'A pair the rater voted on, on the sides it had, with the vote.',
    input: z.strictObject({ session: sessionId, presentationId: z.string().max(64) }),
    reply: () => saidSchema.extend({ pair: blindPresentationSchema, canChange: z.boolean() }),
  }),
  'rating.closeBlock': raterMethod({
    kind: 'command',
    changes: ['ratings'],
    about: 'Makes the votes of the open block final and opens the next one.',
    input: z.strictObject({ session: sessionId }),
    reply: () => turnSchema,
  }),
} as const;
