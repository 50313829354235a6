import type { ReadStore } from '../engine/database.ts';

/** How a judge's two orders go together, over the pairs with a readable verdict in each. */
export interface OrderAgreement {
  readonly judge: string;
  readonly pairs: number;
  /** Share of pairs with the same verdict in both orders. */
  readonly same: number;
  /** That share if the second order were drawn without a look at the pair. */
  readonly byChance: number;
}

/** For the judges named, of a study. Only first samples, and pairs judged in both orders. */
export function orderAgreement(
  store: ReadStore,
  studyId: number,
  judges: readonly string[],
): OrderAgreement[] {
  return judges.flatMap((judge) => {
    const cells = store
      .query<{ one: string; two: string; count: number }>(
        `SELECT a.verdict AS one, b.verdict AS two, count(*) AS count
         FROM judges g JOIN current_judgments a ON a.judge_id = g.id AND a.judge_order = 'a_first' AND a.sample = 0
         JOIN current_judgments b ON b.pair_id = a.pair_id AND b.judge_id = g.id AND b.judge_order = 'b_first' AND b.sample = 0
         WHERE g.study_id = ? AND g.name = ? AND a.verdict NOT IN ('unparsed', 'error')
           AND b.verdict NOT IN ('unparsed', 'error') GROUP BY 1, 2`,
      )
      .all(studyId, judge);
    const pairs = cells.reduce((sum, { count }) => sum + count, 0);
    if (pairs === 0) return [];
    const same = cells.reduce((sum, { one, two, count }) => sum + (one === two ? count : 0), 0) / pairs;
    const margin = (side: 'one' | 'two') => {
      const shares = new Map<string, number>();
      for (const cell of cells) shares.set(cell[side], (shares.get(cell[side]) ?? 0) + cell.count / pairs);
      return shares;
    };
    const [ones, twos] = [margin('one'), margin('two')];
    const byChance = [...ones].reduce((sum, [verdict, share]) => sum + share * (twos.get(verdict) ?? 0), 0);
    return [{ judge, pairs, same, byChance }];
  });
}
