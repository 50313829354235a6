import { z } from 'zod';

/** Names a job for a call that answers only at its end. */
export const ownJobId = z
  .string()
  .regex(/^[0-9a-f-]{16,64}$/u)
  .optional()
  .describe('Under this id the caller can follow the work as a job, and stop it.');
