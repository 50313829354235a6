import { z } from 'zod';
import { leadMethod, raterMethod } from './method.ts';

const capabilitiesSchema = z.strictObject({
  pickFiles: z.boolean().describe('The host opens its own file dialog; otherwise the page uploads.'),
  pickFolder: z.boolean(),
  download: z.boolean().describe('Exported files can be fetched from the host.'),
});

export interface PickedFile {
  readonly uploadId: string;
  readonly name: string;
  readonly bytes: number;
}

export const hostMethods = {
  'host.info': raterMethod({
    kind: 'query',
    about: 'Which host this is and what it can do.',
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.string(),
      host: z.enum(['desktop', 'http', 'in_process']),
      capabilities: capabilitiesSchema,
    }),
  }),
  'host.pickFiles': leadMethod<readonly PickedFile[]>()({
    kind: 'command',
    reveals: 'own_file',
    about: 'Opens the host’s file dialog. An empty list means it was dismissed.',
    input: z.strictObject({}),
  }),
  'host.pickFolder': leadMethod<{ readonly folderId: string; readonly path: string } | null>()({
    kind: 'command',
    reveals: 'blind',
    about: 'Opens the host’s folder dialog. Null means it was dismissed.',
    input: z.strictObject({}),
  }),
} as const;
