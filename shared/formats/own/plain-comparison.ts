/**
 * Reads by hand what most records are: comparisons with nothing unusual about them. Whatever it reads, the schema reads as the
 * same; whatever it does not, the schema decides. It takes a tenth of the schema's time.
 */
import { MAX_TEXT_LENGTH } from '../../study/conversation-schema.ts';
import { HUMAN_VERDICTS, JUDGE_ORDERS, JUDGE_VERDICTS } from '../../study/verdict.ts';
import { isPlainTime } from './time.ts';

type Fields = Readonly<Record<string, unknown>>;

const VOTES: ReadonlySet<unknown> = new Set(HUMAN_VERDICTS);
const VERDICTS: ReadonlySet<unknown> = new Set(JUDGE_VERDICTS);
const ORDERS: ReadonlySet<unknown> = new Set(JUDGE_ORDERS);
const ROLES: ReadonlySet<unknown> = new Set(['system', 'user', 'assistant', 'tool']);

/** The record as the schema would give it back; null where the schema is to be asked. */
export function plainComparison(record: object): Fields | null {
  return isPlain(record) ? withDefaults(record as Fields) : null;
}

/** Itself, but for verdicts that leave out what the schema fills in. */
function withDefaults(record: Fields): Fields {
  const judge = record.judge as readonly Fields[] | undefined;
  if (judge === undefined || judge.every((said) => 'order' in said && 'sample' in said)) return record;
  return { ...record, judge: judge.map((said) => ({ order: 'unknown', sample: 0, ...said })) };
}

function isPlain(record: object): boolean {
  let has = 0;
  for (const key in record) {
    const value = (record as Fields)[key];
    switch (key) {
      case 'id':
        if (!isName(value, 512)) return false;
        has |= 1;
        break;
      case 'a':
        if (!isOutput(value)) return false;
        has |= 2;
        break;
      case 'b':
        if (!isOutput(value)) return false;
        has |= 4;
        break;
      case 'prompt':
        if (!isText(value)) return false;
        has |= 8;
        break;
      case 'messages':
        if (!isConversation(value)) return false;
        has |= 16;
        break;
      case 'reference':
        if (!isText(value)) return false;
        break;
      case 'slices':
        if (!areSlices(value)) return false;
        break;
      case 'human':
        if (!isListOf(value, 1000, isVote)) return false;
        break;
      case 'judge':
        if (!isListOf(value, 10_000, isVerdict)) return false;
        break;
      default:
        return false;
    }
  }
  return has === (1 | 2 | 4 | 8) || has === (1 | 2 | 4 | 16);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;
}

function isName(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}

function isObject(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isListOf(value: unknown, most: number, is: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= most && value.every(is);
}

function isConversation(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= 1000 && value.every(isMessage);
}

function isMessage(value: unknown): boolean {
  if (!isObject(value)) return false;
  let fields = 0;
  for (const key in value) {
    if (key !== 'role' && key !== 'content') return false;
    fields++;
  }
  return fields === 2 && ROLES.has(value.role) && isText(value.content);
}

function isOutput(value: unknown): boolean {
  if (!isObject(value) || !isName(value.system, 256)) return false;
  let said = 0;
  for (const key in value) {
    if (key === 'system') continue;
    const isGood = key === 'text' ? isText(value.text) : key === 'messages' && isConversation(value.messages);
    if (!isGood) return false;
    said++;
  }
  return said === 1;
}

function areSlices(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const key in value) {
    const of = value[key];
    if (!isName(key, 128) || typeof of !== 'string' || of.length > 512) return false;
  }
  return true;
}

function isVote(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { rater, verdict } = value;
  if (typeof rater !== 'string' || !isName(rater, 120) || rater.trim() !== rater || !VOTES.has(verdict))
    return false;
  for (const key in value) {
    if (key === 'rater' || key === 'verdict') continue;
    if (
      key === 'shown'
        ? value.shown !== 'a_left' && value.shown !== 'b_left'
        : key !== 'at' || !isPlainTime(value.at)
    )
      return false;
  }
  return true;
}

/** A bare number, or a probability that says what it is. */
function isScore(score: unknown): boolean {
  if (Number.isFinite(score)) return true;
  if (!isObject(score)) return false;
  const { kind, value } = score;
  if (kind !== 'verdict_probability' && kind !== 'first_probability') return false;
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) return false;
  for (const key in score) if (key !== 'kind' && key !== 'value') return false;
  return true;
}

function isVerdict(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { judge, order = 'unknown', verdict, sample = 0 } = value;
  if (!isName(judge, 256) || !ORDERS.has(order) || !VERDICTS.has(verdict)) return false;
  if (typeof sample !== 'number' || !Number.isInteger(sample) || sample < 0 || sample > 9999) return false;
  if (verdict === 'inconsistent' && order !== 'both') return false;
  for (const key in value) {
    switch (key) {
      case 'judge':
      case 'order':
      case 'verdict':
      case 'sample':
        break;
      case 'score':
        if (!isScore(value.score)) return false;
        break;
      case 'raw':
        if (!isText(value.raw)) return false;
        break;
      case 'at':
        if (!isPlainTime(value.at)) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}
