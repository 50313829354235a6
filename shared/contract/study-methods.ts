import { z } from 'zod';
import type { KnownAnswerCounts } from '../study/known-answer.ts';
import { type StudyDesign, studyDesignSchema, studyNameSchema } from '../study/study.ts';
import { leadMethod } from './method.ts';

export interface StudySummary {
  readonly studyId: string;
  readonly name: string;
  readonly isSynthetic: boolean;
  readonly createdAt: number;
  readonly unblindedAt: number | null;
  /** Whether the day until which it may be kept is over. */
  readonly isOverdue: boolean;
  readonly pairs: number;
  readonly items: number;
  readonly raters: number;
  readonly votes: number;
  readonly judges: number;
}

export interface StudyDetails extends StudySummary {
  /** The seed is withheld while the study is blind: with it, the sides could be computed. */
  readonly design: Omit<StudyDesign, 'seed'> & { readonly seed: string | null };
  /** The version of guideline and rubric that counts. */
  readonly guidelineVersion: number;
  readonly knownAnswers: KnownAnswerCounts;
  readonly raterProgress: readonly {
    readonly name: string;
    readonly votes: number;
    readonly skipped: number;
    /** Whether the lead leaves the votes out. */
    readonly isExcluded: boolean;
  }[];
  readonly judgeNames: readonly string[];
  readonly systemCount: number;
  readonly identityFindings: number;
  readonly slices: readonly {
    readonly name: string;
    readonly values: readonly { value: string; pairs: number }[];
  }[];
}

/** What a lead may choose of a design: all but the seed. */
const chosenDesign = studyDesignSchema.omit({ seed: true }).partial();

const studyRef = z.strictObject({ studyId: z.string().min(1).max(64) });

export const studyMethods = {
  'studies.list': leadMethod<readonly StudySummary[]>()({
    kind: 'query',
    reveals: 'blind',
    about: 'Every study with its counts.',
    input: z.strictObject({}),
  }),
  'studies.show': leadMethod<StudyDetails>()({
    kind: 'query',
    reveals: 'blind',
    about: 'One study: design, raters, judges, slices. Systems are counted, not named.',
    input: studyRef,
  }),
  'studies.create': leadMethod<StudySummary>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Makes an empty study. What is left out takes its default. The seed is drawn and never chosen: whoever knows it could work out the sides.',
    input: z.strictObject({ name: studyNameSchema, design: chosenDesign.optional() }),
  }),
  'studies.configure': leadMethod<StudyDetails>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about:
      'Changes guideline, scale, raters per pair or minimum viewing time. The scale is fixed by the first vote.',
    input: studyRef.extend({ design: chosenDesign }),
  }),
  'studies.addSample': leadMethod<StudySummary>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Adds the synthetic sample study, or finds it if it is there.',
    input: z.strictObject({}),
  }),
  'studies.unblind': leadMethod<StudySummary>()({
    kind: 'command',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Lets the lead’s screens name systems and verdicts. Logged, one-way; later votes are marked.',
    input: studyRef.extend({ confirmName: z.string().max(200).describe('The study’s name, typed out.') }),
  }),
} as const;
