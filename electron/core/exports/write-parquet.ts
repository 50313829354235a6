/**
 * A study as Parquet tables for DuckDB, Spark or BigQuery: pairs, texts, votes, verdicts and decisions, each below
 * `study=<id>`, so that the exports of several studies can lie in one folder and be read as one.
 */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from '../../../shared/formats/own/native.ts';
import type { Consensus } from '../../../shared/labels/consensus.ts';
import { scoreColumns } from '../../../shared/study/judgment-score.ts';
import { LineFile, type WrittenFile } from '../files/write-lines.ts';
import { productFolder } from '../ports/product.ts';
import { ParquetTable } from './parquet-table.ts';

const PAIRS = {
  pair_id: 'STRING',
  item: 'STRING',
  split: 'STRING',
  draw_probability: 'DOUBLE',
  system_a: 'STRING',
  system_b: 'STRING',
  label: 'STRING',
  label_from: 'STRING',
  votes: 'INT32',
  votes_agreeing: 'INT32',
  slices: 'STRING',
} as const;

const TEXTS = {
  pair_id: 'STRING',
  system_a: 'STRING',
  system_b: 'STRING',
  slices: 'STRING',
  prompt: 'STRING',
  reference: 'STRING',
  output_a: 'STRING',
  output_b: 'STRING',
  meta_a: 'STRING',
  meta_b: 'STRING',
  /** Which of prompt, output_a and output_b are conversations, as JSON: their names, with blanks between. */
  conversations: 'STRING',
} as const;

const VOTES = {
  pair_id: 'STRING',
  rater: 'STRING',
  verdict: 'STRING',
  is_counted: 'BOOLEAN',
  strength: 'INT32',
  confidence: 'INT32',
  shown: 'STRING',
  voted_at: 'TIMESTAMP',
  viewed_ms: 'DOUBLE',
  note: 'STRING',
  details: 'STRING',
} as const;

const VERDICTS = {
  pair_id: 'STRING',
  judge: 'STRING',
  judge_order: 'STRING',
  sample: 'INT32',
  verdict: 'STRING',
  failure: 'STRING',
  is_counted: 'BOOLEAN',
  score: 'DOUBLE',
  score_kind: 'STRING',
  score_first: 'DOUBLE',
  score_second: 'DOUBLE',
  raw: 'STRING',
  judged_at: 'TIMESTAMP',
} as const;

const DECISIONS = {
  pair_id: 'STRING',
  adjudicator: 'STRING',
  verdict: 'STRING',
  decided_at: 'TIMESTAMP',
  note: 'STRING',
  details: 'STRING',
} as const;

const SQL = 'card.sql';

/** A pair with its label, and what of it counts. */
export interface ParquetPair {
  readonly row: Comparison;
  readonly split: string;
  readonly gold: Consensus & { readonly verdict: string | null };
  /** Raters whose votes count. */
  readonly countsRater: (name: string) => boolean;
  /** Whether a judge's verdicts on this pair count: those on pairs it was written against do not. */
  readonly countsJudge: (name: string) => boolean;
}

/** @param pairs calls back for every pair, in order */
export function writeParquet(
  folder: string,
  studyId: string,
  pairs: (visit: (pair: ParquetPair) => void) => void,
): readonly WrittenFile[] {
  const path = (table: string) => `${table}/study=${encodeURIComponent(studyId)}`;
  const tables = {
    pairs: new ParquetTable(folder, path('pairs'), PAIRS),
    texts: new ParquetTable(folder, path('texts'), TEXTS),
    votes: new ParquetTable(folder, path('votes'), VOTES),
    verdicts: new ParquetTable(folder, path('verdicts'), VERDICTS),
    decisions: new ParquetTable(folder, path('decisions'), DECISIONS),
  };
  const all = Object.values(tables);
  try {
    pairs(({ row, split, gold, countsRater, countsJudge }) => {
      const asked = JSON.stringify([row.prompt ?? row.messages, row.reference ?? null]);
      tables.pairs.add({
        pair_id: row.id,
        item: hash('sha256', asked).slice(0, 24),
        split,
        draw_probability: row.draw?.probability ?? null,
        system_a: row.a.system,
        system_b: row.b.system,
        label: gold.verdict,
        label_from: gold.kind,
        votes: gold.votes,
        votes_agreeing: gold.agreeing,
        slices: json(row.slices),
      });
      tables.texts.add({
        pair_id: row.id,
        system_a: row.a.system,
        system_b: row.b.system,
        slices: json(row.slices),
        prompt: row.prompt ?? json(row.messages),
        reference: row.reference,
        output_a: row.a.text ?? json(row.a.messages),
        output_b: row.b.text ?? json(row.b.messages),
        meta_a: json(row.a.meta),
        meta_b: json(row.b.meta),
        conversations: conversationsIn(row),
      });
      for (const {
        rater,
        verdict,
        strength,
        confidence,
        shown,
        at,
        viewed_ms,
        note,
        ...details
      } of row.human ?? [])
        tables.votes.add({
          pair_id: row.id,
          rater,
          verdict,
          is_counted: countsRater(rater),
          strength,
          confidence,
          shown,
          voted_at: time(at),
          viewed_ms,
          note,
          details: Object.keys(details).length === 0 ? null : json(details),
        });
      for (const { judge, order, sample, verdict, failure, score, raw, at } of row.judge ?? []) {
        const columns = scoreColumns(score);
        tables.verdicts.add({
          pair_id: row.id,
          judge,
          judge_order: order,
          sample,
          verdict,
          failure,
          is_counted: countsJudge(judge),
          score: columns.score,
          score_kind: columns.scoreKind,
          score_first: columns.scoreFirst,
          score_second: columns.scoreSecond,
          raw,
          judged_at: time(at),
        });
      }
      for (const { by, verdict, at, note, ...details } of row.adjudicated ?? [])
        tables.decisions.add({
          pair_id: row.id,
          adjudicator: by,
          verdict,
          decided_at: time(at),
          note,
          details: Object.keys(details).length === 0 ? null : json(details),
        });
    });
    const sql = new LineFile(folder, SQL);
    sql.writeLine(readFileSync(join(productFolder, 'resources', 'parquet', SQL), 'utf8').trimEnd());
    return [...all.flatMap((table) => table.finish()), sql.finish()];
  } catch (error) {
    for (const table of all) table.abandon();
    throw error;
  }
}

function conversationsIn({ messages, a, b }: Comparison): string | null {
  const named = { prompt: messages, output_a: a.messages, output_b: b.messages };
  const turns = Object.entries(named).flatMap(([name, conversation]) =>
    conversation === undefined ? [] : [name],
  );
  return turns.length === 0 ? null : turns.join(' ');
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function time(at: string | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}
