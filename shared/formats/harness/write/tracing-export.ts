/** Votes and verdicts as rows of tools that trace runs: scores on traces for Langfuse, two rows of feedback a vote for LangSmith. */

import { textSha256 } from '../../../json/content-hash.ts';
import {
  type HumanVerdict,
  type JudgeOrder,
  type JudgeVerdict,
  SIDES,
  type Side,
} from '../../../study/verdict.ts';
import type { Comparison } from '../../own/native.ts';
import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields } from './harness-exporter.ts';

const SCORES = 'langfuse-scores.jsonl';
const FEEDBACK = 'langsmith-feedback.jsonl';

/**
 * Votes and judges' verdicts as scores that Langfuse's API takes: it keeps the source EVAL to itself and takes ANNOTATION with
 * a configuration only, so the source is API, and the metadata say whether a person or a judge spoke. A score stands on the
 * trace of each output where those are known, and says what it means for that one; else on a trace named like the comparison.
 */
export const langfuseExport: HarnessExporter = {
  name: 'langfuse',
  title: 'Langfuse scores',
  files: { [SCORES]: 'json_lines' },
  writer: (sink) => ({
    add: ({ row }) => {
      leaveOutRest(row, sink, ['judge', 'meta.trace_id']);
      leaveOutVoteFields(row, sink, ['note', 'at']);
      if (row.judge?.some(({ score }) => score !== undefined)) sink.leaveOut('scores of judges');
      const traces = ([row.a, row.b] as const).flatMap(({ meta }, index) => {
        const trace = textIn(meta, 'trace_id');
        return trace === null ? [] : [{ trace, side: SIDES[index] as Side }];
      });
      if (traces.length === 0)
        sink.leaveOut('traces: the outputs’ meta names no trace_id, so scores stand on the comparison');
      const write = (said: Said) => {
        const vote = idOf('langfuse', row.id, said.kind, said.by, said.order ?? '', String(said.sample ?? 0));
        const metadata = {
          by: said.by,
          kind: said.kind,
          pair: row.id,
          vote,
          verdict: said.verdict,
          first: row.a.system,
          second: row.b.system,
          ...(said.order === undefined ? {} : { order: said.order, sample: String(said.sample) }),
          ...(said.at === undefined ? {} : { at: said.at }),
        };
        const score = (id: string, traceId: string, value: string) => ({
          id,
          traceId,
          name: 'preference',
          dataType: 'CATEGORICAL',
          value,
          source: 'API',
          ...(said.comment === undefined ? {} : { comment: said.comment }),
          metadata,
        });
        if (traces.length === 0) sink.write(SCORES, score(vote, row.id, said.verdict));
        for (const { trace, side } of traces)
          sink.write(SCORES, score(idOf(vote, side), trace, meaningFor(side, said.verdict)));
      };
      for (const { rater, verdict, note, at } of row.human ?? [])
        write({ kind: 'person', by: rater, verdict, comment: note, at });
      for (const { judge, verdict, order, sample, raw, at } of row.judge ?? [])
        write({ kind: 'judge', by: judge, verdict, order, sample, comment: raw, at });
    },
  }),
};

/** A vote or a verdict, and what goes along with it. */
interface Said {
  readonly kind: 'person' | 'judge';
  readonly by: string;
  readonly verdict: HumanVerdict | JudgeVerdict;
  readonly order?: JudgeOrder;
  readonly sample?: number;
  readonly comment: string | undefined;
  readonly at: string | undefined;
}

/** What a verdict on two outputs is for one of them. */
function meaningFor(side: Side, verdict: HumanVerdict | JudgeVerdict): string {
  if (verdict !== 'first' && verdict !== 'second') return verdict;
  return verdict === side ? 'better' : 'worse';
}

/** What each of the two outputs gets of a vote; of two that are bad, none anything. */
const SHARES: Readonly<Partial<Record<HumanVerdict | JudgeVerdict, readonly [number, number]>>> = {
  first: [1, 0],
  second: [0, 1],
  tie: [0.5, 0.5],
  both_bad: [0, 0],
};

/** Feedback hangs on runs: outputs whose `meta` names a `run_id` have some, the others are left out. */
export const langSmithExport: HarnessExporter = {
  name: 'langsmith',
  title: 'LangSmith pairwise feedback',
  files: { [FEEDBACK]: 'json_lines' },
  writer: (sink) => ({
    add: ({ row, judged }) => {
      leaveOutRest(row, sink, ['judge', 'meta.run_id']);
      leaveOutVoteFields(row, sink, ['note', 'at']);
      if ((row.judge?.length ?? 0) > 0)
        sink.leaveOut('orders, replies and scores of judges: one verdict over both orders is written');
      const runs = [textIn(row.a.meta, 'run_id'), textIn(row.b.meta, 'run_id')];
      const said = [
        ...(row.human ?? []).map(({ rater, verdict, note, at }) => ({
          by: ['rater', rater] as const,
          source: { type: 'api', metadata: { rater } },
          verdict,
          note,
          at,
        })),
        ...[...judged].map(([judge, verdict]) => ({
          by: ['judge', judge] as const,
          source: { type: 'model', metadata: { judge } },
          verdict,
          note: undefined,
          at: undefined,
        })),
      ];
      if (runs.includes(null)) {
        if (said.length > 0) sink.leaveOut('votes and verdicts on outputs whose meta names no run_id');
        return;
      }
      for (const { by, source, verdict, note, at } of said) {
        const shares = SHARES[verdict];
        if (shares === undefined) {
          sink.leaveOut(verdict === 'skipped' ? 'skips' : `verdicts “${verdict}”`);
          continue;
        }
        const about = by[0] === 'rater' ? [by[1]] : by;
        const group = idOf('langsmith', row.id, ...about);
        for (const [side, run] of runs.entries())
          sink.write(FEEDBACK, {
            id: idOf('langsmith', row.id, ...about, String(side)),
            key: 'preference',
            score: shares[side],
            ...(verdict === 'both_bad' ? { value: verdict } : {}),
            run_id: run,
            trace_id: run,
            feedback_group_id: group,
            feedback_source: source,
            ...(note === undefined ? {} : { comment: note }),
            ...(at === undefined ? {} : { created_at: at }),
          });
      }
    },
  }),
};

function textIn(meta: Comparison['a']['meta'], field: string): string | null {
  const value = meta?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The same id for the same row again: a UUID of one's own making (RFC 9562, version 8). */
function idOf(...about: readonly string[]): string {
  const hex = textSha256(JSON.stringify(about));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
