/**
 * Tells by hand what nearly every row of a return is: a vote with nothing unusual about it, in its canonical form. Whatever it
 * says yes to, the schema takes as it stands; whatever it says no to, the schema decides.
 */
import { ANSWERS } from '../study/verdict.ts';
import type { VoteRow } from './return-rows.ts';

type Fields = Readonly<Record<string, unknown>>;

const SAID: ReadonlySet<unknown> = new Set(ANSWERS.filter((answer) => answer !== 'skipped'));
const PRESENTATION = /^[0-9a-f]{32}$/u;
/** A random UUID, as windows make them (RFC 9562, version 4). */
const COMMAND = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

/** Names of the fields in the order in which canonical JSON has them. */
const FIELDS = [
  'answer',
  'at',
  'command',
  'guideline',
  'idleMs',
  'n',
  'presentation',
  'rater',
  'type',
  'viewedMs',
] as const;

/** @param text the line that the value was parsed from */
export function plainVoteRow(value: unknown, text: string): VoteRow | null {
  if (value === null || typeof value !== 'object') return null;
  let place = 0;
  for (const key in value) if (key !== FIELDS[place++]) return null;
  if (place !== FIELDS.length) return null;
  const { answer, at, command, guideline, idleMs, n, presentation, rater, type, viewedMs } = value as Fields;
  const isOne =
    type === 'vote' &&
    SAID.has(answer) &&
    isWhole(n, 1, 1e9) &&
    isWhole(at, 0, 8.64e15) &&
    isWhole(guideline, 1, Number.MAX_SAFE_INTEGER) &&
    isWhole(idleMs, 0, 1e12) &&
    isWhole(viewedMs, 0, 1e12) &&
    typeof presentation === 'string' &&
    PRESENTATION.test(presentation) &&
    typeof command === 'string' &&
    COMMAND.test(command) &&
    typeof rater === 'string' &&
    rater.length > 0 &&
    rater.length <= 120 &&
    rater.trim() === rater;
  return isOne && JSON.stringify(value) === text ? (value as VoteRow) : null;
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
