/** Gives a rater the next pairs, in the rater's own order, with balanced sides. */
import { permutedIndex } from '../../../shared/domain/keyed-permutation.ts';
import { balancedLeftSide } from '../../../shared/domain/side-balance.ts';
import { otherSide } from '../../../shared/domain/verdict.ts';
import type { Entropy } from '../ports.ts';
import type { Store } from '../store/database.ts';
import {
  countSystemPair,
  freeOrdinals,
  importBlocks,
  insertPresentation,
  openPresentationCount,
  pairAtOrdinal,
  takenPlacesOfPair,
} from '../store/presentations.ts';
import { advanceRater, type RaterRow } from '../store/raters.ts';
import { effectiveVoteId } from '../store/ratings.ts';
import type { StudyRow } from '../store/studies.ts';

/** The pair on screen and the one being prepared behind it. */
export const QUEUE_LENGTH = 2;

/** How long a rater who left holds the place of a pair that was open. */
const OPEN_PLACE_MS = 24 * 60 * 60 * 1000;

interface Turn {
  readonly store: Store;
  readonly study: StudyRow;
  readonly rater: RaterRow;
  readonly entropy: Entropy;
  readonly nowMs: number;
}

/**
 * Opens presentations until the rater has {@link QUEUE_LENGTH} or the study has no pair left for them.
 * Each import is a block with an order of its own, so that a later import never reorders what was shown.
 * Pairs that have enough raters for now are passed over and looked at again at the end, because a place can
 * become free. Call inside a write transaction.
 */
export function fillQueue(turn: Turn): void {
  const { store, study, rater } = turn;
  const missing = QUEUE_LENGTH - openPresentationCount(store, rater.id);
  if (missing <= 0) return;
  const blocks = importBlocks(store, study.id);
  const total = blocks.reduce((sum, block) => sum + block.count, 0);
  const key = `order|${study.design.seed}|${rater.name}`;
  let { nextPosition } = rater;
  let opened = 0;
  while (opened < missing && nextPosition < total) {
    const position = nextPosition++;
    if (openPair(turn, ordinalAt(blocks, position, key), position)) opened++;
  }
  const { ratersPerPair } = study.design;
  if (opened < missing && ratersPerPair !== null) {
    const wanted = {
      studyId: study.id,
      raterId: rater.id,
      places: ratersPerPair,
      sinceMs: turn.nowMs - OPEN_PLACE_MS,
    };
    // Positions beyond the end only have to be new: nothing is looked up by them.
    for (const ordinal of freeOrdinals(store, { ...wanted, limit: missing - opened })) {
      if (openPair(turn, ordinal, nextPosition++)) opened++;
    }
  }
  if (nextPosition !== rater.nextPosition) {
    advanceRater(store, rater.id, nextPosition, rater.presented + opened);
  }
}

/** Gives one pair to the rater unless it has raters enough or the rater's own vote. Says whether it did. */
function openPair({ store, study, rater, entropy, nowMs }: Turn, ordinal: number, position: number): boolean {
  const { seed, ratersPerPair } = study.design;
  const pair = pairAtOrdinal(store, study.id, ordinal);
  if (pair === undefined) return false;
  if (ratersPerPair !== null && takenPlacesOfPair(store, pair.id, nowMs - OPEN_PLACE_MS) >= ratersPerPair)
    return false;
  if (effectiveVoteId(store, pair.id, rater.id) !== null) return false;
  const systemA = Math.min(pair.firstSystem, pair.secondSystem);
  const systemB = Math.max(pair.firstSystem, pair.secondSystem);
  const occurrence = countSystemPair(store, rater.id, systemA, systemB);
  // The balance is over systems: which system is canonically first may differ from pair to pair.
  const coin = balancedLeftSide(seed, rater.name, `${systemA}|${systemB}`, occurrence);
  const leftSide = pair.firstSystem === systemA ? coin : otherSide(coin);
  insertPresentation(store, {
    publicId: entropy.hex(16),
    raterId: rater.id,
    pairId: pair.id,
    position,
    leftSide,
    createdAt: nowMs,
  });
  return true;
}

function ordinalAt(
  blocks: readonly { first: number; count: number }[],
  position: number,
  key: string,
): number {
  let before = 0;
  for (const block of blocks) {
    if (position < before + block.count) {
      return block.first + permutedIndex(position - before, block.count, `${key}|${block.first}`);
    }
    before += block.count;
  }
  throw new RangeError(`position ${position} is beyond the study`);
}
