import { z } from 'zod';
import { PAIR_STATUSES, pairFilterSchema, REVIEW_STATES } from '../pairs/pair-filter.ts';
import { PAIRS_CHANGED, PAIRS_FOUND, PAIRS_SHOWN } from '../pairs/pair-limits.ts';
import { DISAGREEMENT_CLASSES } from '../review/disagreement-class.ts';
import { conversationSchema } from '../study/conversation-schema.ts';
import { KNOWN_STAGES } from '../study/known-answer.ts';
import { ANSWERS } from '../study/verdict.ts';
import { leadMethod, leadReport } from './method.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';
import { knownAnswerCounts } from './study-replies.ts';

const found = lazily(() =>
  z.strictObject({
    numbers: z
      .array(z.int())
      .describe(`Numbers of pairs in the order of the study, ${PAIRS_FOUND} at most; the first pair is 1.`),
    next: z
      .int()
      .nullable()
      .describe('Where to go on: a call looks at so many pairs at most. Null where the study ends.'),
    pairs: z.int().describe('Of the whole study.'),
  }),
);

const answer = lazily(() => z.enum(ANSWERS).exclude(['skipped']));

const row = lazily(() =>
  z.strictObject({
    pair: z.int(),
    number: z.int(),
    id: z.string().nullable().describe('In its file; null while the study is blind.'),
    task: z.string().describe('How the last turn of the user begins.'),
    slices: z.record(z.string(), z.string()),
    split: z.enum(['dev', 'test']),
    labels: z.int().describe('Of raters who count.'),
    skips: z.int(),
    status: z.enum(PAIR_STATUSES).nullable().describe('Null where the answer is known.'),
    check: z.enum(KNOWN_STAGES).nullable(),
    class: z.enum(DISAGREEMENT_CLASSES).nullable(),
    review: z.enum(REVIEW_STATES).nullable(),
    isLeftOut: z.boolean(),
  }),
);
/** A pair as a list has it. */
export type PairRow = ReplyOfSchema<typeof row>;

const SAID = ['left', 'right', 'tie', 'both_bad'] as const;

const output = lazily(() =>
  z.strictObject({
    output: conversationSchema,
    system: z.string().nullable().describe('Null while the study is blind.'),
  }),
);

/** What was said of a pair, in terms of the sides it stands on. */
export const saidOfPair = lazily(() =>
  z.strictObject({
    votes: z.array(
      z.strictObject({
        rater: z.string(),
        answer: z.enum(ANSWERS),
        strength: z.int().nullable(),
        confidence: z.int().nullable(),
        note: z.string().nullable(),
        guidelineVersion: z.int().nullable(),
        isExcluded: z.boolean(),
      }),
    ),
    decisions: z.array(
      z.strictObject({
        by: z.string(),
        answer: z.enum(ANSWERS),
        note: z.string().nullable(),
        isChanged: z.boolean().describe('Changed after the raters’ votes could be seen.'),
      }),
    ),
    judgments: z
      .array(
        z.strictObject({
          judge: z.string(),
          shownFirst: z.enum(['left', 'right']).nullable(),
          sample: z.int(),
          answer: z.enum([...SAID, 'unparsed', 'error', 'inconsistent']),
          score: z.string().nullable(),
          rationale: z.string().nullable(),
        }),
      )
      .describe('Empty while the study is blind.'),
  }),
);

const details = lazily(() =>
  row()
    .omit({ task: true })
    .extend({
      task: conversationSchema,
      left: output().describe('On sides that say nothing of the pair’s own order.'),
      right: output(),
      ...saidOfPair().shape,
      known: z
        .strictObject({ stage: z.enum(KNOWN_STAGES), answer: answer(), explanation: z.string() })
        .nullable(),
      classVersion: z.int().nullable().describe('The guideline that was in force when it was classed.'),
      reviews: z.array(
        z.strictObject({
          kind: z.enum(['adjudication', 'audit']),
          madeAt: z.int(),
          isDecided: z.boolean(),
        }),
      ),
      draw: z.strictObject({ wave: z.int(), probability: z.number() }).nullable(),
      leavingOut: z
        .array(z.strictObject({ isLeftOut: z.boolean(), reason: z.string(), decidedAt: z.int() }))
        .describe('What was decided about it, first to last.'),
    }),
);
/** Everything that a lead may know of a pair. */
export type PairDetails = ReplyOfSchema<typeof details>;

const studyId = z.string().min(1).max(64);
const number = z.int().min(1);
const chosen = z.array(z.int().min(1)).min(1).max(PAIRS_CHANGED);

export const pairMethods = {
  'pairs.find': leadReport({
    reveals: 'blind',
    about:
      'Numbers of the pairs of a study that fit a filter, from a number on. Looks at so many pairs a call; ask on from where it stopped.',
    input: z.strictObject({ studyId, filter: pairFilterSchema.prefault({}), from: number.default(1) }),
    reply: found,
  }),
  'pairs.list': leadReport({
    reveals: 'blind',
    about: 'Pairs of a study by their numbers, each with how far it is. A number without a pair is left out.',
    input: z.strictObject({ studyId, numbers: z.array(number).min(1).max(PAIRS_SHOWN) }),
    reply: () => z.array(row()),
  }),
  'pairs.show': leadReport({
    reveals: 'blind',
    about:
      'One pair with texts, votes, notes, decisions, class and reviews. With ids, systems and what judges said once the study is unblinded.',
    input: z.strictObject({ studyId, number }),
    reply: details,
  }),
  'pairs.leaveOut': leadMethod({
    kind: 'command',
    changes: ['studies', 'ratings'],
    reveals: 'blind',
    about:
      'Leaves pairs out: raters are shown them no more, and no figure, pack or export counts them. Logged with the reason; nothing is deleted.',
    input: z.strictObject({ studyId, pairs: chosen, reason: z.string().trim().min(1).max(2000) }),
    reply: () => z.strictObject({ changed: z.int() }),
  }),
  'pairs.takeBack': leadMethod({
    kind: 'command',
    changes: ['studies', 'ratings'],
    reveals: 'blind',
    about: 'Takes pairs back in that were left out. Logged with the reason.',
    input: z.strictObject({ studyId, pairs: chosen, reason: z.string().trim().min(1).max(2000) }),
    reply: () => z.strictObject({ changed: z.int() }),
  }),
  'pairs.markKnown': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Makes a pair one whose answer is known: an example, practice, part of the qualifying set or gold. It may have no vote.',
    input: z.strictObject({
      studyId,
      pair: z.int().min(1),
      stage: z.enum(KNOWN_STAGES),
      answer: z.enum(SAID).describe('On the sides on which the pair is shown to the lead.'),
      explanation: z.string().trim().max(4000).default(''),
    }),
    reply: knownAnswerCounts,
  }),
  'pairs.queue': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Gives pairs to adjudicators, in the order of the study, but for those that stand in an adjudication or have a decision.',
    input: z.strictObject({ studyId, pairs: chosen, showsVotes: z.boolean().default(true) }),
    reply: () => z.strictObject({ reviewId: z.string(), pairs: z.int() }),
  }),
} as const;
