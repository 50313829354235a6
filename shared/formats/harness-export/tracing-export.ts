/** Votes as rows of tools that trace runs: one score a vote for Langfuse, two rows of feedback a vote for LangSmith. */
import type { HumanVerdict } from '../../domain/verdict.ts';
import { textSha256 } from '../../pack/content-hash.ts';
import type { Comparison } from '../native.ts';
import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutVoteFields } from './harness-exporter.ts';

const SCORES = 'langfuse-scores.jsonl';
const FEEDBACK = 'langsmith-feedback.jsonl';

/** People's votes as annotations, judges' verdicts as evaluations, under one name on one trace: that of the comparison. */
export const langfuseExport: HarnessExporter = {
  name: 'langfuse',
  title: 'Langfuse scores',
  files: { [SCORES]: 'json_lines' },
  writer: (sink) => ({
    add: ({ row, judged }) => {
      leaveOutVoteFields(row, sink, ['note', 'at']);
      const systems = { first: row.a.system, second: row.b.system };
      const score = (source: 'ANNOTATION' | 'EVAL', by: string, verdict: string) => ({
        id: idOf('langfuse', row.id, source, by),
        traceId: row.id,
        name: 'preference',
        dataType: 'CATEGORICAL',
        value: verdict,
        stringValue: verdict,
        source,
        metadata: { by, ...systems },
      });
      for (const { rater, verdict, note, at } of row.human ?? [])
        sink.write(SCORES, {
          ...score('ANNOTATION', rater, verdict),
          ...(note === undefined ? {} : { comment: note }),
          ...(at === undefined ? {} : { timestamp: at }),
        });
      for (const [judge, verdict] of judged) sink.write(SCORES, score('EVAL', judge, verdict));
    },
  }),
};

/** What each of the two outputs gets of a vote. */
const SHARES: Readonly<Partial<Record<HumanVerdict, readonly [number, number]>>> = {
  first: [1, 0],
  second: [0, 1],
  tie: [0.5, 0.5],
};

/** Feedback hangs on runs: outputs whose `meta` names a `run_id` have some, the others are left out. */
export const langSmithExport: HarnessExporter = {
  name: 'langsmith',
  title: 'LangSmith pairwise feedback',
  files: { [FEEDBACK]: 'json_lines' },
  writer: (sink) => ({
    add: ({ row }) => {
      leaveOutVoteFields(row, sink, ['note', 'at']);
      if ((row.judge?.length ?? 0) > 0) sink.leaveOut('verdicts of judges');
      const runs = [runOf(row.a), runOf(row.b)];
      if (runs.includes(null)) {
        if ((row.human?.length ?? 0) > 0) sink.leaveOut('votes on outputs whose meta names no run_id');
        return;
      }
      for (const { rater, verdict, note, at } of row.human ?? []) {
        const shares = SHARES[verdict];
        if (shares === undefined) {
          sink.leaveOut(verdict === 'skipped' ? 'skips' : 'votes that both are bad');
          continue;
        }
        const group = idOf('langsmith', row.id, rater);
        for (const [side, run] of runs.entries())
          sink.write(FEEDBACK, {
            id: idOf('langsmith', row.id, rater, String(side)),
            key: 'preference',
            score: shares[side],
            run_id: run,
            feedback_group_id: group,
            feedback_source: { type: 'api', metadata: { rater } },
            ...(note === undefined ? {} : { comment: note }),
            ...(at === undefined ? {} : { created_at: at }),
          });
      }
    },
  }),
};

function runOf({ meta }: Comparison['a']): string | null {
  const run = meta?.run_id;
  return typeof run === 'string' ? run : null;
}

/** The same id for the same row again: a UUID of one's own making (RFC 9562, version 8). */
function idOf(...about: readonly string[]): string {
  const hex = textSha256(JSON.stringify(about));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
