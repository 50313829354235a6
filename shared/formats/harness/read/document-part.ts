/** A part of a large JSON object that was taken apart: its path, such as `samples[]`, and what stands there. */
export interface DocumentPart {
  readonly path: string;
  readonly value: unknown;
}

/** The part that a record is: an object with one field. Null for any other. */
export function documentPart(record: unknown): DocumentPart | null {
  if (record === null || typeof record !== 'object' || Array.isArray(record)) return null;
  const [only, ...others] = Object.entries(record);
  return only === undefined || others.length > 0 ? null : { path: only[0], value: only[1] };
}
