import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { RATER_ROLES } from '../study/rater-role.ts';
import { raterNameSchema } from '../study/study.ts';
import { leadMethod, raterMethod } from './method.ts';

/** Who sits at the windows of this store. A vendor’s store works on packs and has nothing of a lead’s. */
export const seatSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('lead') }),
  z.strictObject({ role: z.literal('vendor') }),
  z.strictObject({
    role: z.enum(RATER_ROLES),
    studyId: z.string(),
    study: z.string().describe('The study’s name.'),
    rater: z.string(),
    hasPassphrase: z.boolean().describe('Whether the lead takes the seat back with a passphrase.'),
  }),
]);
export type Seat = DeepReadonly<z.infer<typeof seatSchema>>;

const passphrase = z.string().max(1000);

export const seatMethods = {
  'seat.get': raterMethod({
    kind: 'query',
    about: 'Who the windows of this store are for.',
    input: z.strictObject({}),
    reply: () => seatSchema,
  }),
  'seat.hand': leadMethod({
    beginsWork: true,
    kind: 'command',
    changes: ['settings'],
    reveals: 'blind',
    about:
      'Hands the windows of this store to one rater or adjudicator: they open with that person’s work, and answer nothing else until the lead takes them back. Commands are not bound by it.',
    input: z.strictObject({
      studyId: z.string().min(1).max(64),
      rater: raterNameSchema,
      role: z.enum(RATER_ROLES).default('rater'),
      passphrase: passphrase
        .default('')
        .describe('Asked for when the lead takes the seat back; none where empty.'),
    }),
    reply: () => seatSchema,
  }),
  'seat.takeBack': raterMethod({
    kind: 'command',
    changes: ['settings'],
    about: 'Gives the windows back to the lead.',
    input: z.strictObject({ passphrase: passphrase.default('') }),
    reply: () => seatSchema,
  }),
} as const;
