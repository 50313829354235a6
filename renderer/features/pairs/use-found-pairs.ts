import { useCallback, useEffect, useState } from 'react';
import type { Envelope, Failure } from '../../../shared/contract/envelope.ts';
import type { ReplyOf } from '../../../shared/contract/methods.ts';
import type { PairFilter } from '../../../shared/pairs/pair-filter.ts';
import { PAIRS_FOUND } from '../../../shared/pairs/pair-limits.ts';
import { client } from '../../api/host.ts';

interface Search {
  /** Numbers of the pairs found so far, in the order of the study. */
  readonly numbers: readonly number[];
  /** Where there may be more; null where the study was looked through. */
  readonly next: number | null;
  /** Of the whole study. */
  readonly pairs: number;
  readonly isLooking: boolean;
  readonly error: Failure | null;
}

export interface FoundPairs extends Search {
  /** Stops, and keeps what was found. */
  stop(): void;
  /** Looks again from the same place on. */
  reload(): void;
}

const NOTHING: Search = { numbers: [], next: null, pairs: 0, isLooking: true, error: null };

/** Looks for pairs from a number on, call by call, until there are as many as are shown together or no more. */
export function useFoundPairs(studyId: string, filter: PairFilter, from: number): FoundPairs {
  const [search, setSearch] = useState(NOTHING);
  const [turn, setTurn] = useState(0);
  const [stopped, setStopped] = useState('');
  const filterKey = JSON.stringify(filter);
  const key = `${studyId}|${filterKey}|${from}|${turn}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for the same again
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      setSearch((before) => ({ ...before, isLooking: true, error: null }));
      const numbers: number[] = [];
      let next: number | null = from;
      while (isCurrent && next !== null) {
        const reply: Envelope<ReplyOf<'pairs.find'>> = await client.call('pairs.find', {
          studyId,
          filter: JSON.parse(filterKey),
          from: next,
        });
        if (!isCurrent) return;
        if (!reply.ok) {
          setSearch((before) => ({ ...before, isLooking: false, error: reply.error }));
          return;
        }
        numbers.push(...reply.value.numbers.slice(0, PAIRS_FOUND - numbers.length));
        next = numbers.length >= PAIRS_FOUND ? null : reply.value.next;
        setSearch({
          numbers: [...numbers],
          next: next ?? reply.value.next,
          pairs: reply.value.pairs,
          isLooking: next !== null,
          error: null,
        });
      }
    };
    if (stopped === key) setSearch((before) => ({ ...before, isLooking: false }));
    else void look();
    return () => {
      isCurrent = false;
    };
  }, [studyId, filterKey, from, turn, stopped]);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  return { ...search, stop: () => setStopped(key), reload };
}
