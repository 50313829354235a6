import { z } from 'zod';
import { leadMethod, raterMethod } from './method.ts';

export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'de', 'ar']).describe('Of the rater’s screens.'),
  theme: z.enum(['system', 'light', 'dark']),
  keys: z
    .record(z.string().max(64), z.array(z.string().min(1).max(32)).max(4))
    .describe('Changed key bindings: action name to keys. What is not named keeps its default.'),
  linkedScrolling: z.boolean(),
  textSize: z.number().min(0.8).max(2).describe('Size of task and outputs, as a multiple of the usual one.'),
  textWidth: z.number().int().min(45).max(140).describe('Longest line of a text, in characters.'),
  isFocused: z.boolean().describe('Whether everything but the pair and the answers is hidden while rating.'),
  showsRawText: z.boolean().describe('Whether texts are shown as they were written, with their markup.'),
  sessionGoal: z.int().min(1).max(10_000).nullable().describe('Votes to give in one session.'),
});
export interface DoctorReport {
  readonly version: string;
  readonly node: string;
  readonly nodeApi: number;
  readonly sqlite: string;
  readonly electronBinary: 'present' | 'missing';
  readonly storePath: string;
  readonly schemaVersion: number;
  readonly pragmas: Readonly<Record<string, string | number>>;
  readonly integrity: readonly string[];
  readonly studies: number;
  readonly pairs: number;
  readonly ratings: number;
  readonly backups: readonly string[];
  readonly problems: readonly string[];
}

export const settingsMethods = {
  'settings.get': raterMethod({
    kind: 'query',
    about: 'Theme, keys and reading options of this store.',
    input: z.strictObject({}),
    output: settingsSchema,
  }),
  'settings.put': raterMethod({
    kind: 'command',
    changes: ['settings'],
    about: 'Changes some settings and returns all of them.',
    input: settingsSchema.partial(),
    output: settingsSchema,
  }),
  'doctor.report': leadMethod<DoctorReport>()({
    kind: 'query',
    reveals: 'blind',
    about: 'Versions, store health and what is missing.',
    input: z.strictObject({}),
  }),
} as const;
