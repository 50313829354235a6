import { PAIRS_FOUND } from '../../../shared/pairs/pair-limits.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { choose } from '../../state/route.ts';
import type { FoundPairs } from './use-found-pairs.ts';

/** How many pairs fit, how far the search is, and the way to those beyond. */
export function FoundLine({ found, from }: { readonly found: FoundPairs; readonly from: number }) {
  const { next, pairs, isLooking, error, stop, reload } = found;
  if (error !== null) return <ErrorNote error={error} onRetry={reload} />;
  return (
    <div className="pairs-found">
      <p role="status">{foundText(found, from)}</p>
      {isLooking && pairs > 0 && (
        <button type="button" onClick={stop}>
          Stop
        </button>
      )}
      {from > 1 && (
        <button type="button" onClick={() => choose({ from: null })}>
          From the first
        </button>
      )}
      {!isLooking && next !== null && (
        <button type="button" onClick={() => choose({ from: String(next) })}>
          Go on from pair {countText(next)}
        </button>
      )}
    </div>
  );
}

function foundText({ numbers, next, pairs, isLooking }: FoundPairs, from: number): string {
  const lookedAt = next === null ? pairs : next - 1;
  const count = countText(numbers.length);
  if (pairs === 0) return isLooking ? 'Looking …' : 'This study has no pairs yet.';
  if (isLooking) return `${count} so far, looked at ${countText(lookedAt)} of ${countText(pairs)} …`;
  const where = `${from > 1 ? `from pair ${countText(from)} on` : ''}${
    next === null || numbers.length >= PAIRS_FOUND ? '' : ` up to pair ${countText(lookedAt)}`
  }`.trim();
  if (numbers.length === 0) return where === '' ? 'No pair fits.' : `No pair fits ${where}.`;
  if (numbers.length === pairs) return `All ${count} pairs of the study.`;
  const isMore = next !== null && numbers.length >= PAIRS_FOUND;
  const first = isMore ? `The first ${count}, and there may be more,` : count;
  return `${first}${where === '' ? '' : ` ${where},`} of ${countText(pairs)} pairs.`;
}

function countText(count: number): string {
  return count.toLocaleString('en');
}
