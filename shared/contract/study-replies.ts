import { z } from 'zod';
import type { KnownAnswerCounts } from '../study/known-answer.ts';
import { KNOWN_STAGES } from '../study/known-answer.ts';
import { schemaOf } from './reply-schema.ts';

/** How many pairs have a known answer, by how it is used. */
export const knownAnswerCounts = schemaOf<KnownAnswerCounts>()(() => z.record(z.enum(KNOWN_STAGES), z.int()));
