/** How a study's pairs are written as files of other tools. */
import type { Conversation } from '../../../study/conversation.ts';
import type { HumanVerdict, JudgeVerdict } from '../../../study/verdict.ts';
import type { Comparison, HumanVote } from '../../own/native.ts';

/** A pair with all that is known of it, and the label that people give it. */
export interface ExportedPair {
  readonly row: Comparison;
  readonly gold: {
    /** Null where people give none. */
    readonly verdict: HumanVerdict | null;
    readonly votes: number;
    readonly agreeing: number;
  };
  /** Which part of the study it belongs to: a judge may be made from the first, and is measured on the second. */
  readonly split: 'dev' | 'test';
  /** Each judge's one verdict over its orders, where it has any: inconsistent where they contradict each other. */
  readonly judged: ReadonlyMap<string, JudgeVerdict>;
}

/** Takes what an exporter writes. */
export interface ExportSink {
  /** Adds a record to a file: a line, an element, a row of cells, or all of a document. */
  write(file: string, record: unknown): void;
  /** Says what of a pair has no place in the format; once a pair for the same thing. */
  leaveOut(what: string): void;
}

/** What is known of the study before its first pair. */
export interface ExportedStudy {
  readonly raters: readonly string[];
  readonly judges: readonly string[];
  readonly slices: readonly string[];
  readonly pairs: number;
  /** Pairs of two systems that some judge gave a verdict. */
  readonly judgedPairs: number;
  readonly systems: readonly ExportedSystem[];
}

export interface ExportedSystem {
  readonly name: string;
  /** Pairs of it and another that some judge gave a verdict. */
  readonly judgedPairs: number;
  /** Of these, those in which a judge's preference goes from this system to the other. */
  readonly timesBaseline: number;
}

export interface HarnessExporter {
  readonly name: string;
  /** For people: the tool, and which of its files. */
  readonly title: string;
  /** Every file whose name is known before, and how records stand in it. */
  readonly files: Readonly<Record<string, 'json_lines' | 'json_array' | 'document' | 'csv'>>;
  /** Whether its texts become prompts or training examples of a chat model, to which some texts are marks of its own. */
  readonly isForChat?: true;
  /** How records stand in files that it names as it goes, in folders below the export’s. */
  readonly namesFiles?: 'json_lines';
  writer(sink: ExportSink, study: ExportedStudy): { add(pair: ExportedPair): void; finish?(): void };
}

const LETTERS = { first: 'A', second: 'B', tie: 'C', both_bad: 'D' } as const satisfies Partial<
  Record<HumanVerdict, string>
>;

/** People's label as the letter that a judge replies with; null, and said to be left out, where there is none. */
export function letterOf({ gold }: ExportedPair, sink: ExportSink): string | null {
  if (gold.verdict !== null && gold.verdict !== 'skipped') return LETTERS[gold.verdict];
  sink.leaveOut('pairs without a label');
  return null;
}

/** The prompt where it is one text of the user's. */
export function promptText({ prompt, messages }: Pick<Comparison, 'prompt' | 'messages'>): string | null {
  if (prompt !== undefined) return prompt;
  const [only, ...rest] = messages ?? [];
  return only?.role === 'user' && rest.length === 0 ? only.content : null;
}

/** An output where it is one text of the assistant's. */
export function outputText({ text, messages }: Comparison['a']): string | null {
  if (text !== undefined) return text;
  const [only, ...rest] = messages ?? [];
  return only?.role === 'assistant' && rest.length === 0 ? only.content : null;
}

export function promptTurns({ prompt, messages }: Pick<Comparison, 'prompt' | 'messages'>): Conversation {
  return messages ?? [{ role: 'user', content: prompt ?? '' }];
}

export function outputTurns({ text, messages }: Comparison['a']): Conversation {
  return messages ?? [{ role: 'assistant', content: text ?? '' }];
}

/** Prompt and both outputs as texts; null, and said to be left out, where one of them is several turns. */
export function threeTexts(
  { row }: ExportedPair,
  sink: ExportSink,
): { readonly prompt: string; readonly first: string; readonly second: string } | null {
  const [prompt, first, second] = [promptText(row), outputText(row.a), outputText(row.b)];
  if (prompt !== null && first !== null && second !== null) return { prompt, first, second };
  sink.leaveOut('conversations of several turns');
  return null;
}

const VOTE_FIELDS = {
  strength: 'strength of votes',
  shown: 'which output a vote saw on the left',
  at: 'times of votes',
  note: 'notes',
  reason: 'reasons of skips',
  viewed_ms: 'viewing times',
  idle_ms: 'idle times',
  confidence: 'confidence',
  criteria: 'verdicts by criterion',
  reasons: 'ticked reasons',
  spans: 'marked spans',
  guideline: 'guideline versions',
} as const satisfies Partial<Record<keyof HumanVote, string>>;

/** Says which fields of a pair's votes have no place in a format. */
export function leaveOutVoteFields(
  { human }: Comparison,
  sink: ExportSink,
  held: readonly (keyof typeof VOTE_FIELDS)[] = [],
): void {
  for (const [field, what] of Object.entries(VOTE_FIELDS) as [keyof typeof VOTE_FIELDS, string][])
    if (!held.includes(field) && human?.some((vote) => vote[field] !== undefined)) sink.leaveOut(what);
}

/** Says so where a pair has verdicts of judges, decisions, or a reference, and the format has no place for them. */
export function leaveOutRest(
  row: Comparison,
  sink: ExportSink,
  held: readonly ('judge' | 'slices' | 'reference' | `meta.${string}`)[] = [],
): void {
  if (!held.includes('judge') && (row.judge?.length ?? 0) > 0) sink.leaveOut('verdicts of judges');
  if ((row.adjudicated?.length ?? 0) > 0) sink.leaveOut('decisions of adjudicators');
  if (!held.includes('reference') && row.reference !== undefined) sink.leaveOut('references');
  if (!held.includes('slices') && row.slices !== undefined) sink.leaveOut('slices');
  const known = [row.a.meta, row.b.meta].flatMap((meta) => Object.keys(meta ?? {}));
  if (known.some((field) => !held.includes(`meta.${field}`))) sink.leaveOut('what else is known of outputs');
}
