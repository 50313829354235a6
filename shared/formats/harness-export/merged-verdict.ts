import type { JudgeVerdict } from '../../domain/verdict.ts';
import type { JudgeRow } from '../native.ts';

/** Each judge's one verdict on a pair: that of both orders where they agree, else inconsistent; first samples alone. */
export function mergedVerdicts(judgments: readonly JudgeRow[]): Map<string, JudgeVerdict> {
  const merged = new Map<string, JudgeVerdict>();
  for (const { judge, verdict, sample } of judgments) {
    if (sample !== 0) continue;
    const before = merged.get(judge);
    merged.set(judge, before === undefined || before === verdict ? verdict : together(before, verdict));
  }
  return merged;
}

/** Without both orders there is no verdict over both. */
function together(one: JudgeVerdict, other: JudgeVerdict): JudgeVerdict {
  const isRead = (verdict: JudgeVerdict) => verdict !== 'unparsed' && verdict !== 'error';
  return isRead(one) && isRead(other) ? 'inconsistent' : 'unparsed';
}
