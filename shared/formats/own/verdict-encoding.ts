/** How verdicts of a judge that ran elsewhere name the outputs, and in which order they were shown. */
import { z } from 'zod';
import type { JudgeOrder } from '../../study/verdict.ts';
import type { NativeRow } from './native.ts';
import { turnJudgment } from './turned-judgment.ts';

export const verdictEncodingSchema = z.strictObject({
  verdicts: z
    .enum(['mapped_back', 'as_shown'])
    .default('mapped_back')
    .describe(
      'mapped_back: “first” is a, whichever was shown first. as_shown: “first” is what was shown first.',
    ),
  orderOfFile: z
    .record(z.string().max(256), z.enum(['a_first', 'b_first']))
    .default({})
    .describe('The order of all verdicts in a file, by its name.'),
});
export type VerdictEncoding = z.output<typeof verdictEncodingSchema>;

export type EncodedRow =
  | { readonly ok: true; readonly value: NativeRow }
  | { readonly ok: false; readonly reason: string };

/** A row with its judge's verdicts about the pair. Verdicts as shown need an order, because without one they mean nothing. */
export function encodeRow(
  row: NativeRow,
  { verdicts, orderOfFile }: VerdictEncoding,
  fileName: string,
): EncodedRow {
  const { judge } = row.row;
  if (judge === undefined) return { ok: true, value: row };
  const ofFile = Object.hasOwn(orderOfFile, fileName) ? orderOfFile[fileName] : undefined;
  const turned: typeof judge = [];
  for (const [index, each] of judge.entries()) {
    if (ofFile !== undefined && each.order !== 'unknown' && each.order !== ofFile) {
      return {
        ok: false,
        reason: `judge[${index}].order says ${each.order}, but the whole file was declared ${ofFile}`,
      };
    }
    const order: JudgeOrder = ofFile ?? each.order;
    if (verdicts === 'mapped_back') turned.push({ ...each, order });
    else if (order === 'a_first' || order === 'b_first')
      turned.push({ ...(order === 'b_first' ? turnJudgment(each) : each), order });
    else
      return {
        ok: false,
        reason: `judge[${index}].order is ${order}; a verdict as shown needs a_first or b_first`,
      };
  }
  return { ok: true, value: { ...row, row: { ...row.row, judge: turned } } as NativeRow };
}
