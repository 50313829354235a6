import { z } from 'zod';
import { TASK_SHARE } from '../study/settings.ts';
import { leadReport, leadTask, raterMethod } from './method.ts';
import { placeId } from './place-id.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';

export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'de', 'ar']).describe('Of the rater’s screens.'),
  theme: z.enum(['system', 'light', 'dark']),
  keys: z
    .record(z.string().max(64), z.array(z.string().min(1).max(32)).max(4))
    .describe('Changed key bindings: action name to keys. What is not named keeps its default.'),
  linkedScrolling: z.boolean(),
  textSize: z.number().min(0.8).max(2).describe('Size of task and outputs, as a multiple of the usual one.'),
  textWidth: z.number().int().min(45).max(140).describe('Longest line of a text, in characters.'),
  taskShare: z
    .int()
    .min(TASK_SHARE.least)
    .max(TASK_SHARE.most)
    .describe('How much of the room of a pair its task has, in percent.'),
  isFocused: z.boolean().describe('Whether everything but the pair and the answers is hidden while rating.'),
  showsRawText: z.boolean().describe('Whether texts are shown as they were written, with their markup.'),
  sessionGoal: z.int().min(1).max(10_000).nullable().describe('Votes to give in one session.'),
});
const doctorReport = lazily(() =>
  z.strictObject({
    version: z.string(),
    node: z.string(),
    nodeApi: z.int(),
    sqlite: z.string(),
    electronBinary: z.enum(['present', 'missing']),
    storePath: z.string(),
    schemaVersion: z.int(),
    pragmas: z.record(z.string(), z.union([z.string(), z.number()])),
    integrity: z.array(z.string()),
    studies: z.int(),
    pairs: z.int(),
    ratings: z.int(),
    backups: z.array(z.string()),
    problems: z.array(z.string()),
  }),
);
export type DoctorReport = ReplyOfSchema<typeof doctorReport>;

export const settingsMethods = {
  'settings.get': raterMethod({
    kind: 'query',
    about: 'Theme, keys and reading options of this store.',
    input: z.strictObject({}),
    reply: () => settingsSchema,
  }),
  'settings.put': raterMethod({
    kind: 'command',
    changes: ['settings'],
    about: 'Changes some settings and returns all of them.',
    input: settingsSchema.partial(),
    reply: () => settingsSchema,
  }),
  'store.backup': leadTask({
    kind: 'command',
    callers: 'commands',
    reveals: 'blind',
    about:
      'Makes a whole copy of the store, every page of it checked; beside the store where no place is named.',
    input: z.strictObject({ placeId: placeId.optional() }),
    reply: () => z.strictObject({ path: z.string(), of: z.string() }),
  }),
  'doctor.report': leadReport({
    reveals: 'blind',
    about: 'Versions, store health and what is missing.',
    input: z.strictObject({}),
    reply: doctorReport,
  }),
} as const;
