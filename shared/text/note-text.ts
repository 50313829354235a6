import type { ErrorMessage } from '../errors/messages.ts';

/**
 * Characters that no note says anything with, and that hide or turn round what stands beside them: controls but for tab and
 * line ends, and marks that embed, override or isolate a direction of writing.
 */
const HIDING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

const LINES: ReadonlySet<string> = new Set(['\t', '\n', '\r']);

/** A note as it is recorded: without what nobody sees. */
function plainNote(note: string): string {
  return note.replace(HIDING, (sign) => (LINES.has(sign) ? sign : ''));
}

/** A note as votes keep it; null where it says nothing. */
export function noteToKeep(note: string | undefined): string | null {
  const plain = plainNote(note ?? '');
  return plain.trim() === '' ? null : plain;
}

/** Why a note cannot be one that was recorded; null where it can. */
export function noteProblem(note: string | undefined): ErrorMessage | null {
  return note === undefined || plainNote(note) === note ? null : { key: 'rating.note_hides' };
}
