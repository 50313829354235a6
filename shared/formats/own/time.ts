import { z } from 'zod';

/** A time as most files write it: in UTC, on a day that every month has. */
const PLAIN_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/u;

const isoTime = z.iso.datetime({ offset: true });

/** Whether it is a time, and told to be one without the schema; others may be times, too. */
export function isPlainTime(value: unknown): value is string {
  return typeof value === 'string' && PLAIN_TIME.test(value);
}

/** When something happened, as another tool wrote it: ISO 8601 with an offset. What is none says nothing. */
export const otherToolsTime = z
  .custom<string>((value) => isPlainTime(value) || isoTime.safeParse(value).success)
  .nullable()
  .optional()
  .catch(undefined);
