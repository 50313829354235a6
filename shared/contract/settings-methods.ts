import { z } from 'zod';
import { leadMethod, raterMethod } from './method.ts';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  keys: z
    .record(z.string().max(64), z.array(z.string().min(1).max(32)).max(4))
    .default({})
    .describe('Changed key bindings: action name to keys. What is not named keeps its default.'),
  linkedScrolling: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

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
