import type { z } from 'zod';
import { canonicalJson } from '../json/canonical-json.ts';
import { type TextHash, textSha256 } from '../json/content-hash.ts';
import { plainVoteRow } from './plain-vote-row.ts';
import { CHAIN_START, chainHash } from './return-chain.ts';
import {
  endSchema,
  MOST_LINE_LENGTH,
  type ReturnEnd,
  type ReturnHeader,
  type ReturnRow,
  returnHeaderSchema,
  returnRowSchema,
  type Seal,
  sealSchema,
} from './return-rows.ts';
import { signedText } from './return-writer.ts';
import type { VerifySignature } from './signing.ts';

/** A row whose seal is the vendor's. `row` is null where it does not say what a row may say. */
export interface SealedRow {
  readonly n: number;
  readonly line: string;
  readonly sha256: string;
  readonly row: ReturnRow | null;
  /** Whether every row before it is intact, too. */
  readonly isUnbroken: boolean;
}

/** Something in a return that is not what was signed. */
export interface ReturnProblem {
  /** Line of the file, from 1 on; null where nothing stands for it. */
  readonly line: number | null;
  /** Row of the log, where it is known. */
  readonly n: number | null;
  readonly reason: string;
}

interface OpenLine {
  readonly line: number;
  readonly text: string;
  readonly sha256: string;
}

/** Lines between two seals that are looked at; more of them than a seal can name are not what was written. */
const MOST_OPEN = 1024;

/** Characters of such lines together. */
const MOST_OPEN_LENGTH = 128 * MOST_LINE_LENGTH;

/** Stands for no text. */
const NO_HASH = '';

/** Problems that are listed; the rest are counted. */
export const MOST_PROBLEMS = 1000;

/**
 * Reads a return line by line and hands out the rows that a seal of its key stands for, each with what was signed. Whatever
 * else there is becomes a problem that names its line and row. Nothing is thrown: a file that is no return has no header.
 */
export class ReturnReader {
  readonly #verify: VerifySignature;
  readonly #sha256: TextHash;
  readonly problems: ReturnProblem[] = [];
  problemCount = 0;
  header: ReturnHeader | null = null;
  end: ReturnEnd | null = null;
  /** The hash of all intact rows, where none was missing; null after a gap. */
  chain: string | null = CHAIN_START;
  /** Rows that a seal stood for. */
  rows = 0;
  #line = 0;
  #before = '';
  #next = 1;
  #open: OpenLine[] = [];
  #openLength = 0;

  constructor(verify: VerifySignature, sha256: TextHash = textSha256) {
    this.#verify = verify;
    this.#sha256 = sha256;
  }

  /** Takes the next line without its line feed. Returns the rows that it seals; most lines seal none. */
  take(text: string): SealedRow[] {
    this.#line++;
    if (this.#line === 1) {
      this.#takeHeader(text);
      return [];
    }
    if (this.header === null) return [];
    if (this.end !== null) {
      this.#problem(this.#line, null, 'stands after the end');
      return [];
    }
    if (text.startsWith('{"before":')) return this.#takeSigned(text);
    if (text.length > MOST_LINE_LENGTH) this.#problem(this.#line, null, 'is longer than a row can be');
    else this.#keepOpen(text, this.#sha256(text));
    return [];
  }

  #keepOpen(text: string, sha256: string): void {
    if (this.#open.length >= MOST_OPEN || this.#openLength > MOST_OPEN_LENGTH)
      this.#problem(this.#line, null, 'stands under no seal');
    else {
      this.#openLength += text.length;
      this.#open.push({ line: this.#line, text, sha256 });
    }
  }

  /** Takes a line whose bytes are no plain UTF-8: it stands where a row stood, and is not what was signed. */
  takeUnreadable(): SealedRow[] {
    this.#line++;
    if (this.#line === 1) this.#problem(1, null, 'is not the header of a return');
    else if (this.header !== null && this.end !== null)
      this.#problem(this.#line, null, 'stands after the end');
    else if (this.header !== null) this.#keepOpen('', NO_HASH);
    return [];
  }

  /** The last line has no line feed: whatever it says, it was cut off. */
  cutOff(): void {
    this.#line++;
    if (this.#line === 1) this.#problem(1, null, 'is not the header of a return');
    else this.#problem(this.#line, null, 'was cut off');
  }

  /** Says what is missing at the end of the file. */
  finish(): void {
    if (this.header === null) return;
    for (const { line } of this.#open) this.#problem(line, null, 'is under no seal');
    this.#clearOpen();
    if (this.end === null)
      this.#problem(null, null, `the end is missing: the file was cut off after row ${this.rows}`);
  }

  /** Whether every line is what was signed, and none is missing. */
  get isWhole(): boolean {
    return this.header !== null && this.end !== null && this.problemCount === 0;
  }

  #takeHeader(text: string): void {
    const header = text.length > MOST_LINE_LENGTH ? null : canonical(returnHeaderSchema, text);
    if (header === null) this.#problem(1, null, 'is not the header of a return');
    this.header = header;
    this.#before = this.#sha256(text);
  }

  #takeSigned(text: string): SealedRow[] {
    const seal = canonical(sealSchema, text);
    const end = seal === null ? canonical(endSchema, text) : null;
    const signedLine = seal ?? end;
    const isSigned = signedLine !== null && this.#isSigned(signedLine);
    if (!isSigned) {
      this.#problem(this.#line, null, 'is a seal that is not the vendor’s');
      for (const { line } of this.#open)
        this.#problem(line, null, 'is under a seal that is not the vendor’s');
      this.#clearOpen();
      return [];
    }
    if (signedLine.before !== this.#before) {
      this.#problem(
        this.#line,
        null,
        this.#before === ''
          ? 'is not where it was written'
          : 'seals something else before it than what stands there',
      );
    }
    this.#before = this.#sha256(text);
    if (end !== null) {
      for (const { line } of this.#open) this.#problem(line, null, 'is under no seal');
      this.#clearOpen();
      if (end.rows !== this.rows)
        this.#problem(this.#line, null, `ends ${end.rows} rows where ${this.rows} are intact`);
      this.end = end;
      return [];
    }
    return seal === null ? [] : this.#unseal(seal);
  }

  #unseal({ from, rows, chain }: Seal): SealedRow[] {
    const skipped = from - this.#next;
    if (skipped < 0) {
      this.#problem(this.#line, from, 'was sealed before');
      this.#clearOpen();
      return [];
    }
    if (skipped > 0) this.chain = null;
    const placeOf = new Map(rows.map((hash, place) => [hash, place]));
    const found = new Map<number, OpenLine>();
    let last = -1;
    const unknown: OpenLine[] = [];
    for (const open of this.#open) {
      const place = placeOf.get(open.sha256);
      if (place === undefined) unknown.push(open);
      else if (found.has(place)) this.#problem(open.line, from + place, 'stands there twice');
      else {
        if (place < last) this.#problem(open.line, from + place, 'is not in its place');
        last = place;
        found.set(place, open);
      }
    }
    this.#clearOpen();
    const missing = rows.map((_hash, place) => place).filter((place) => !found.has(place));
    // Rows before the first one sealed here stood under a seal that is gone.
    const unsealed = skipped === 0 ? [] : unknown.splice(0, Math.max(0, unknown.length - missing.length));
    for (const { line } of unsealed) this.#problem(line, null, 'is under no intact seal');
    if (unsealed.length === 0 && skipped > 0)
      this.#problem(null, from - skipped, `and ${skipped - 1} more are missing`);
    // What was altered stands where what is missing stood; whatever is left over was added.
    unknown.forEach(({ line }, index) => {
      const place = missing[index];
      if (place === undefined) this.#problem(line, null, 'was added after signing');
      else this.#problem(line, from + place, 'was altered after signing');
    });
    for (const place of missing.slice(unknown.length)) this.#problem(null, from + place, 'is missing');
    const wasUnbroken = this.chain !== null;
    const firstMissing = missing[0] ?? rows.length;
    if (missing.length > 0) this.chain = null;
    for (const hash of rows) if (this.chain !== null) this.chain = chainHash(this.chain, hash, this.#sha256);
    if (this.chain !== null && this.chain !== chain)
      this.#problem(this.#line, null, 'names another chain than its rows make');
    this.#next = from + rows.length;
    this.rows += found.size;
    return [...found]
      .sort(([left], [right]) => left - right)
      .map(([place, { text, sha256, line }]) => {
        const row = rowOf(text);
        const isRow = row !== null && row.n === from + place;
        if (!isRow) this.#problem(line, from + place, 'is signed and is not a row of a return');
        return {
          n: from + place,
          line: text,
          sha256,
          row: isRow ? row : null,
          isUnbroken: wasUnbroken && place < firstMissing,
        };
      });
  }

  #isSigned({ signature, ...unsigned }: Seal | ReturnEnd): boolean {
    return this.#verify(this.header?.key ?? '', signedText(unsigned), signature);
  }

  #clearOpen(): void {
    this.#open = [];
    this.#openLength = 0;
  }

  #problem(line: number | null, n: number | null, reason: string): void {
    this.problemCount++;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ line, n, reason });
  }
}

function rowOf(text: string): ReturnRow | null {
  try {
    const value: unknown = JSON.parse(text);
    return plainVoteRow(value, text) ?? canonicalValue(returnRowSchema, value, text);
  } catch {
    return null;
  }
}

/** A line that is exactly the canonical JSON of what a schema allows; null for any other. */
function canonical<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
  try {
    return canonicalValue(schema, JSON.parse(text), text);
  } catch {
    return null;
  }
}

function canonicalValue<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  text: string,
): z.output<Schema> | null {
  const parsed = schema.safeParse(value);
  return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : null;
}
