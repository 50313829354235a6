import { useCallback, useEffect, useState } from 'react';
import type { PairRow } from '../../../shared/contract/pair-methods.ts';
import { client } from '../../api/host.ts';

/** Rows are asked for so many together. */
const TOGETHER = 100;
/** More are not kept: whoever scrolls far back waits a moment. */
const MOST_KEPT = 5000;

/** The rows of some pairs, asked for as they come into view, and again when the host says that something changed. */
export function usePairRows(
  studyId: string,
  numbers: readonly number[],
): {
  readonly rowAt: (place: number) => PairRow | undefined;
  readonly view: (first: number, last: number) => void;
} {
  const [rows, setRows] = useState<ReadonlyMap<number, PairRow>>(new Map());
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const [turn, setTurn] = useState(0);
  const wanted = JSON.stringify(numbers.slice(...range));
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type === 'changed' && (event.area === 'ratings' || event.area === 'studies'))
          setTurn((count) => count + 1);
      }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for the same again
  useEffect(() => {
    let isCurrent = true;
    const chosen = JSON.parse(wanted) as number[];
    if (chosen.length === 0) return undefined;
    void client.call('pairs.list', { studyId, numbers: chosen }).then((reply) => {
      if (!isCurrent || !reply.ok) return;
      setRows((before) => {
        const next = new Map(before.size > MOST_KEPT ? [] : before);
        for (const row of reply.value) next.set(row.number, row);
        return next;
      });
    });
    return () => {
      isCurrent = false;
    };
  }, [studyId, wanted, turn]);
  const view = useCallback((first: number, last: number) => {
    const from = Math.max(0, Math.floor(first / TOGETHER) * TOGETHER);
    const to = Math.min(Math.ceil((last + 1) / TOGETHER) * TOGETHER, from + 2 * TOGETHER);
    setRange((before) => (before[0] === from && before[1] === to ? before : [from, to]));
  }, []);
  return { rowAt: (place) => rows.get(numbers[place] ?? 0), view };
}
