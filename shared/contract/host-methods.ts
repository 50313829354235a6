import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { leadMethod, raterMethod } from './method.ts';

const capabilitiesSchema = z.strictObject({
  pickFiles: z.boolean().describe('The host opens its own file dialog; otherwise the page uploads.'),
  pickFolder: z.boolean(),
  packsBeside: z
    .boolean()
    .describe('A pack that is handed to a store with studies is opened in a store of its own beside it.'),
  studiesBeside: z
    .boolean()
    .describe('There are studies to go back to, in the store this one was opened from.'),
  download: z.boolean().describe('Exported files can be fetched from the host.'),
});

const pickedFileSchema = z.strictObject({ uploadId: z.string(), name: z.string(), bytes: z.int() });
export type PickedFile = DeepReadonly<z.infer<typeof pickedFileSchema>>;

/** Most characters of base64 in one part of a file. */
const MOST_PART_LENGTH = 4 * 1024 * 1024;

export const hostMethods = {
  'host.info': raterMethod({
    kind: 'query',
    about: 'Which host this is and what it can do.',
    input: z.strictObject({}),
    reply: () =>
      z.strictObject({
        version: z.string(),
        host: z.enum(['desktop', 'http', 'in_process']),
        capabilities: capabilitiesSchema,
      }),
  }),
  'host.pickFiles': leadMethod({
    kind: 'command',
    reveals: 'own_file',
    about: 'Opens the host’s file dialog. An empty list means it was dismissed.',
    input: z.strictObject({}),
    reply: () => z.array(pickedFileSchema),
  }),
  'host.handedFile': raterMethod({
    kind: 'command',
    about: 'Takes the pack that was handed to the app from outside, once. Null where there is none.',
    input: z.strictObject({}),
    reply: () => pickedFileSchema.nullable(),
  }),
  'host.receiveFile': leadMethod({
    kind: 'command',
    reveals: 'own_file',
    about:
      'Takes a part of a file that was dropped on a window without uploads; the first part without an id.',
    input: z.strictObject({
      uploadId: z.string().min(1).max(64).nullable(),
      name: z.string().min(1).max(255),
      data: z.base64().max(MOST_PART_LENGTH).describe('The next bytes.'),
    }),
    reply: () => pickedFileSchema,
  }),
  'host.nameFile': leadMethod({
    kind: 'command',
    callers: 'commands',
    reveals: 'own_file',
    about: 'Hands over a file of this machine, or a folder that stands for the files in it, by its path.',
    input: z.strictObject({ path: z.string().min(1).max(4096), name: z.string().min(1).max(255) }),
    reply: () => pickedFileSchema,
  }),
  'host.namePlace': leadMethod({
    kind: 'command',
    callers: 'commands',
    reveals: 'own_file',
    about: 'Names a file or folder of this machine that is to be written, by its path.',
    input: z.strictObject({ path: z.string().min(1).max(4096) }),
    reply: () => z.strictObject({ placeId: z.string() }),
  }),
  'host.showStudies': leadMethod({
    kind: 'command',
    reveals: 'blind',
    about:
      'Leads from a store that was opened for a pack back to the studies. Null means that the host shows them in the window itself.',
    input: z.strictObject({}),
    reply: () => z.strictObject({ address: z.string().nullable() }),
  }),
  'host.pickFolder': leadMethod({
    kind: 'command',
    reveals: 'blind',
    about: 'Opens the host’s folder dialog. Null means it was dismissed.',
    input: z.strictObject({}),
    reply: () =>
      z
        .strictObject({
          folderId: z.string(),
          path: z.string(),
        })
        .nullable(),
  }),
} as const;
