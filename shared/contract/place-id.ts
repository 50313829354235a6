import { z } from 'zod';

/** A file or folder that was chosen through the host, or named by a command. */
export const placeId = z.string().min(1).max(64).describe('A place named or chosen through the host.');
