import { SPLIT_SLICE } from '../../../card/columns/card-data.ts';
import { isFormula } from '../../../text/csv-cell.ts';
import type { Comparison } from '../../own/native.ts';
import { GUARDED_COLUMN } from '../../own/native-csv.ts';
import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutVoteFields, threeTexts } from './harness-exporter.ts';

const FILE = 'comparisons.csv';

/** The native columns: what is written can be imported as it is. */
export const csvExport: HarnessExporter = {
  name: 'csv',
  title: 'CSV with the native columns',
  files: { [FILE]: 'csv' },
  writer: (sink, { raters, judges, slices: all }) => {
    // It is worked out again.
    const slices = all.filter((name) => name !== SPLIT_SLICE);
    const orders = ['a_first', 'b_first', 'both', 'unknown'] as const;
    const used = judges.flatMap((judge) => orders.map((order) => ({ judge, order })));
    const columns = [
      'id',
      'prompt',
      'reference',
      'a.system',
      'a.text',
      'a.meta',
      'b.system',
      'b.text',
      'b.meta',
      'gold',
      ...slices.map((name) => `slices.${name}`),
      ...raters.map((rater) => `human.${rater}`),
      ...used.map(({ judge, order }) => `judge.${judge}@${order}`),
    ];
    sink.write(FILE, [...columns, GUARDED_COLUMN]);
    return {
      add: (pair) => {
        const { row, gold } = pair;
        leaveOutVoteFields(row, sink);
        if ((row.adjudicated?.length ?? 0) > 0) sink.leaveOut('decisions of adjudicators');
        if (row.judge?.some(({ sample }) => sample !== 0))
          sink.leaveOut('samples of a judge after the first');
        if (
          row.judge?.some(({ raw, score, at, failure }) =>
            [raw, score, at, failure].some((each) => each !== undefined),
          )
        )
          sink.leaveOut('replies, scores, times and failures of judges');
        const texts = threeTexts(pair, sink);
        if (texts === null) return;
        const voteOf = new Map(row.human?.map(({ rater, verdict }) => [rater, verdict]));
        const saidOf = new Map(
          row.judge
            ?.filter(({ sample }) => sample === 0)
            .map((each) => [`${each.judge}@${each.order}`, each.verdict]),
        );
        const cells = [
          row.id,
          texts.prompt,
          mayBeEmpty(row.reference),
          row.a.system,
          texts.first,
          metaCell(row.a),
          row.b.system,
          texts.second,
          metaCell(row.b),
          gold.verdict ?? '',
          ...slices.map((name) => mayBeEmpty(row.slices?.[name])),
          ...raters.map((rater) => voteOf.get(rater) ?? ''),
          ...used.map(({ judge, order }) => saidOf.get(`${judge}@${order}`) ?? ''),
        ];
        // Where an apostrophe stands in front, so that whoever reads the file can take it off again.
        const guarded = columns.filter((_column, at) => cells[at] === null || isFormula(cells[at] ?? ''));
        sink.write(FILE, [
          ...cells.map((cell) => cell ?? EMPTY),
          guarded.length === 0 ? '' : JSON.stringify(guarded),
        ]);
      },
    };
  },
};

/** A value that is there and empty. */
const EMPTY = "'";

/** Null for a value that is there and empty. */
function mayBeEmpty(value: string | undefined): string | null {
  return value === '' ? null : (value ?? '');
}

function metaCell({ meta }: Comparison['a']): string {
  return meta === undefined ? '' : JSON.stringify(meta);
}
