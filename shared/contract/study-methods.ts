import { z } from 'zod';
import { studyDesignSchema, studyNameSchema } from '../study/study.ts';
import { leadMethod, leadReport, leadTask } from './method.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';
import { knownAnswerCounts } from './study-replies.ts';

const studySummary = lazily(() =>
  z.strictObject({
    studyId: z.string(),
    name: z.string(),
    isSynthetic: z.boolean(),
    createdAt: z.int(),
    unblindedAt: z.int().nullable(),
    archivedAt: z.int().nullable(),
    isOverdue: z.boolean().describe('Whether the day until which it may be kept is over.'),
    pairs: z.int(),
    items: z.int(),
    raters: z.int(),
    votes: z.int(),
    judges: z.int(),
    labels: z
      .strictObject({
        given: z
          .int()
          .describe(
            'While the study is blind, an estimate where some pairs check raters: nobody is told which.',
          ),
        asked: z
          .int()
          .describe('What the design asks for: so many raters on each pair that is to be labelled.'),
      })
      .describe('Labels of raters who are not left out, skipped pairs not counted.'),
    lastVoteAt: z.int().nullable().describe('When the newest vote was given that was not imported.'),
  }),
);
export type StudySummary = ReplyOfSchema<typeof studySummary>;

const studyDetails = lazily(() =>
  studySummary().extend({
    design: studyDesignSchema
      .extend({ seed: z.string().nullable() })
      .describe('The seed is withheld while the study is blind: with it, the sides could be computed.'),
    guidelineVersion: z.int().describe('The version of guideline and rubric that counts.'),
    knownAnswers: knownAnswerCounts(),
    raterProgress: z.array(
      z.strictObject({
        name: z.string(),
        votes: z.int(),
        skipped: z.int(),
        isExcluded: z.boolean().describe('Whether the lead leaves the votes out.'),
      }),
    ),
    judgeNames: z.array(z.string()),
    systemCount: z.int(),
    identityFindings: z.number(),
    slices: z.array(
      z.strictObject({
        name: z.string(),
        values: z.array(
          z.strictObject({
            value: z.string(),
            pairs: z.int(),
          }),
        ),
      }),
    ),
  }),
);
export type StudyDetails = ReplyOfSchema<typeof studyDetails>;

const studyProgress = lazily(() =>
  z.strictObject({
    votesByDay: z
      .array(
        z.strictObject({
          day: z.string().describe('YYYY-MM-DD, by the clock of this machine.'),
          votes: z.int(),
        }),
      )
      .describe(
        'Votes given here on each day that had any, checks and skips among them, over the sixty days before the last vote.',
      ),
    warned: z.array(z.string()).describe('Raters under warning.'),
    answerIsLook: z
      .boolean()
      .describe(
        'Whether a card of the study is a look at the test side of a judge that can still be changed.',
      ),
    openReviews: z.int().describe('Decisions that adjudicators have still to make.'),
    exports: z.int(),
    lastExportAt: z.int().nullable(),
    packsOut: z.int().describe('Packs that were made and are not closed.'),
  }),
);
export type StudyProgress = ReplyOfSchema<typeof studyProgress>;

/** What a lead may choose of a design: all but the seed. */
const chosenDesign = studyDesignSchema.omit({ seed: true }).partial();

const studyRef = z.strictObject({ studyId: z.string().min(1).max(64) });

export const studyMethods = {
  'studies.list': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'Every study with its counts.',
    input: z.strictObject({}),
    reply: () => z.array(studySummary()),
  }),
  'studies.show': leadMethod({
    kind: 'query',
    reveals: 'blind',
    about: 'One study: design, raters, judges, slices. Systems are counted, not named.',
    input: studyRef,
    reply: studyDetails,
  }),
  'studies.progress': leadReport({
    reveals: 'blind',
    about: 'What became of a study so far: votes a day, warnings, decisions, packs and exports.',
    input: studyRef,
    reply: studyProgress,
  }),
  'studies.create': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Makes an empty study. What is left out takes its default. The seed is drawn and never chosen: whoever knows it could work out the sides.',
    input: z.strictObject({ name: studyNameSchema, design: chosenDesign.optional() }),
    reply: studySummary,
  }),
  'studies.configure': leadMethod({
    beginsWork: true,
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Changes guideline, scale, raters per pair or minimum viewing time. The scale is fixed by the first vote.',
    input: studyRef.extend({ design: chosenDesign }),
    reply: studyDetails,
  }),
  'studies.addSample': leadTask({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Adds the synthetic sample study, or finds it if it is there.',
    input: z.strictObject({}),
    reply: studySummary,
  }),
  'studies.rename': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Gives a study another name. Logged; nothing else of it changes.',
    input: studyRef.extend({ name: studyNameSchema }),
    reply: studySummary,
  }),
  'studies.archive': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Puts a study out of the way. Logged and reversible. Nothing new begins in it: no import, draw, pack, judge’s run, review or rater. What was begun comes to its end, returns are taken in, and everything can be read and exported.',
    input: studyRef,
    reply: studySummary,
  }),
  'studies.restore': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Takes a study out of the archive. Logged.',
    input: studyRef,
    reply: studySummary,
  }),
  'studies.delete': leadTask({
    kind: 'command',
    changes: ['studies', 'ratings'],
    reveals: 'blind',
    about:
      'Deletes a study for good: its rows are overwritten in the store’s file, and what the log says of it is emptied, row by row. The log keeps that it was deleted, under its last name, and can be checked as before. It can be stopped until the last row is gone.',
    input: studyRef.extend({
      confirmName: z.string().max(200).describe('The study’s name, typed out.'),
      losesOpenWork: z
        .boolean()
        .default(false)
        .describe('Delete it although packs are out, or a judge’s run or batch has not ended.'),
    }),
    reply: () =>
      z.strictObject({
        name: z.string(),
        pairs: z.int(),
        votes: z.int(),
        isPending: z
          .boolean()
          .describe(
            'Whether the store’s journal still holds what was deleted, while somebody reads from it.',
          ),
        backups: z
          .array(z.string())
          .describe('Backups beside the store, which hold the study as long as they are kept.'),
      }),
  }),
  'studies.unblind': leadMethod({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Lets the lead’s screens name systems and verdicts. Logged, one-way; later votes are marked.',
    input: studyRef.extend({ confirmName: z.string().max(200).describe('The study’s name, typed out.') }),
    reply: studySummary,
  }),
} as const;
