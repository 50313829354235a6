/**
 * Tasks with the votes as annotations and judges' verdicts as predictions. A task has one left side: that of all its votes
 * where they saw the same one, else `a`; `meta.first` says which, and a vote that saw another says so. Which systems stand there is in the data, where nobody who
 * labels should be shown it.
 *
 * Its import takes an annotation's author only by the number or address of one of its members, so that raters stand in the
 * results, as texts of a control named `rater`; and it takes what does not say otherwise for ground truth. A judge's second
 * order is a prediction of its own, behind the judge's name. Data that is the address of a file is loaded in place of the
 * text (`tasks/models.py`, `resolve_uri`), and no field of it can be kept from that.
 */
import type { StatedScore } from '../../../study/judgment-score.ts';
import type { HumanVerdict, JudgeVerdict } from '../../../study/verdict.ts';
import type { HumanVote, JudgeRow } from '../../own/native.ts';
import { ORDER_BEHIND_NAME } from '../../own/order-behind-name.ts';
import {
  type ExportSink,
  type HarnessExporter,
  leaveOutRest,
  leaveOutVoteFields,
  threeTexts,
} from './harness-exporter.ts';

const FILE = 'tasks.json';

export const labelStudioExport: HarnessExporter = {
  name: 'label-studio',
  title: 'Label Studio tasks with predictions',
  files: { [FILE]: 'json_array' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, split } = pair;
      leaveOutRest(row, sink, ['judge', 'slices', 'reference']);
      const isTurned =
        row.human?.length !== 0 && (row.human?.every(({ shown }) => shown === 'b_left') ?? false);
      leaveOutVoteFields(row, sink, ['at', 'viewed_ms', 'strength', 'confidence', 'note', 'reason', 'shown']);
      const texts = threeTexts(pair, sink);
      if (texts === null) return;
      const data = {
        prompt: texts.prompt,
        ...(row.reference === undefined ? {} : { reference: row.reference }),
        left: isTurned ? texts.second : texts.first,
        right: isTurned ? texts.first : texts.second,
      };
      if (Object.values(data).some(isAddress)) {
        sink.leaveOut('pairs with a text that Label Studio would take for the address of a file');
        return;
      }
      sink.write(FILE, {
        data: {
          id: row.id,
          ...data,
          system_left: isTurned ? row.b.system : row.a.system,
          system_right: isTurned ? row.a.system : row.b.system,
        },
        meta: {
          first: isTurned ? 'right' : 'left',
          split,
          ...(row.slices === undefined ? {} : { slices: row.slices }),
        },
        annotations: (row.human ?? []).map((vote) => annotationOf(vote, isTurned)),
        predictions: (row.judge ?? []).flatMap((said) => predictionOf(said, isTurned, sink)),
      });
    },
  }),
};

function annotationOf({ rater, verdict, at, viewed_ms, shown, ...vote }: HumanVote, isTurned: boolean) {
  const isAsLaidOut = shown === (isTurned ? 'b_left' : 'a_left');
  return {
    was_cancelled: verdict === 'skipped',
    ground_truth: false,
    result: [
      ...(resultOf(verdict, isTurned) ?? []),
      textIn('rater', rater),
      ...(isAsLaidOut ? [] : [textIn('shown', shown ?? 'unknown')]),
      ...(vote.note === undefined ? [] : [textIn('note', vote.note)]),
      ...(vote.reason === undefined ? [] : [textIn('reason', vote.reason)]),
      ...(vote.strength === undefined ? [] : [ratingIn('strength', vote.strength)]),
      ...(vote.confidence === undefined ? [] : [ratingIn('confidence', vote.confidence)]),
    ],
    ...(at === undefined ? {} : { created_at: at }),
    ...(viewed_ms === undefined ? {} : { lead_time: viewed_ms / 1000 }),
  };
}

function predictionOf(said: JudgeRow, isTurned: boolean, sink: ExportSink): readonly unknown[] {
  const result = resultOf(said.verdict, isTurned);
  if (result === null) {
    sink.leaveOut(`verdicts “${said.verdict}” of judges, without which a judge looks better than it is`);
    return [];
  }
  if (said.raw !== undefined) sink.leaveOut('replies of judges');
  if (said.at !== undefined) sink.leaveOut('times of verdicts');
  const score = scoreOf(said.score);
  if (said.score !== undefined && score === undefined)
    sink.leaveOut('scores of judges that are no measure of sureness');
  return [{ model_version: nameOf(said, isTurned), result, ...(score === undefined ? {} : { score }) }];
}

/** A judge's name, with what it read first behind it where that is not what stands on the left. */
function nameOf({ judge, order, sample }: JudgeRow, isTurned: boolean): string {
  const ofLayout = isTurned ? 'b_first' : 'a_first';
  if (order === ofLayout && sample === 0 && !ORDER_BEHIND_NAME.test(judge)) return judge;
  return `${judge}@${order}${sample === 0 ? '' : `#${sample}`}`;
}

/** What Label Studio calls a prediction's score is a model's confidence in it. */
function scoreOf(score: JudgeRow['score']): number | undefined {
  const stated: StatedScore | undefined = typeof score === 'object' ? score : undefined;
  return stated?.kind === 'verdict_probability' || stated?.kind === 'sureness' ? stated.value : undefined;
}

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

function textIn(control: string, text: string) {
  return { from_name: control, to_name: 'left', type: 'textarea', value: { text: [text] } };
}

function ratingIn(control: string, rating: number) {
  return { from_name: control, to_name: 'left', type: 'rating', value: { rating } };
}

/**
 * Whether Label Studio may load something in place of a text: one that opens with the scheme of a storage, holds such an address
 * in quotes, is a link as a whole, or lies among its uploads.
 */
function isAddress(text: string): boolean {
  const bare = text.trim();
  return (
    /^(?:s3|gs|gcs|azure|redis|dbfs|databricks)[\w-]*:\/\//u.test(bare) ||
    /["'](?:s3|gs|gcs|azure|redis|dbfs|databricks)[\w-]*:\/\//u.test(bare) ||
    /^https?:\/\/\S+$/iu.test(bare) ||
    /^(?:\/data\/|upload\/)/u.test(bare)
  );
}
