import type { HumanVerdict, JudgeVerdict } from '../../domain/verdict.ts';
import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields, threeTexts } from './harness-exporter.ts';

const FILE = 'tasks.json';

/**
 * Tasks with the votes as annotations and judges' verdicts as predictions. A task has one left side: that of all its votes
 * where they saw the same one, else `a`. Which system stands there is in the data, where nobody who labels should be shown
 * it. A tie is a choice of a control named `tie`.
 */
export const labelStudioExport: HarnessExporter = {
  name: 'label-studio',
  title: 'Label Studio tasks with predictions',
  files: { [FILE]: 'json_array' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, judged } = pair;
      leaveOutRest(row, sink, ['judge']);
      const isTurned = row.human?.every(({ shown }) => shown === 'b_left') ?? false;
      const isOneSide = new Set(row.human?.map(({ shown }) => shown)).size === 1;
      leaveOutVoteFields(row, sink, ['at', 'viewed_ms', ...(isOneSide ? (['shown'] as const) : [])]);
      const texts = threeTexts(pair, sink);
      if (texts === null) return;
      const predictions = [...judged].flatMap(([judge, verdict]) => {
        const result = resultOf(verdict, isTurned);
        if (result === null) {
          sink.leaveOut(`verdicts “${verdict}”`);
          return [];
        }
        return [{ model_version: judge, result }];
      });
      sink.write(FILE, {
        data: {
          id: row.id,
          prompt: texts.prompt,
          left: isTurned ? texts.second : texts.first,
          right: isTurned ? texts.first : texts.second,
          system_left: isTurned ? row.b.system : row.a.system,
          system_right: isTurned ? row.a.system : row.b.system,
        },
        annotations: (row.human ?? []).map(({ rater, verdict, at, viewed_ms }) => ({
          completed_by: rater,
          was_cancelled: verdict === 'skipped',
          result: resultOf(verdict, isTurned) ?? [],
          ...(at === undefined ? {} : { created_at: at }),
          ...(viewed_ms === undefined ? {} : { lead_time: viewed_ms / 1000 }),
        })),
        predictions,
      });
    },
  }),
};

function resultOf(verdict: HumanVerdict | JudgeVerdict, isTurned: boolean): readonly unknown[] | null {
  if (verdict === 'first' || verdict === 'second')
    return [
      {
        from_name: 'pw',
        to_name: 'left',
        type: 'pairwise',
        value: { selected: (verdict === 'first') !== isTurned ? 'left' : 'right' },
      },
    ];
  if (verdict !== 'tie' && verdict !== 'both_bad') return null;
  const choice = verdict === 'tie' ? 'Tie' : 'Both bad';
  return [{ from_name: 'tie', to_name: 'left', type: 'choices', value: { choices: [choice] } }];
}
