/** Gives a rater the next pairs, in the rater's own order, with balanced sides. */
import { permutedIndex } from '../../../shared/domain/keyed-permutation.ts';
import { balancedLeftSide } from '../../../shared/domain/side-balance.ts';
import type { Entropy } from '../ports.ts';
import type { Store } from '../store/database.ts';
import {
  countSystemPair,
  importBlocks,
  insertPresentation,
  openPresentationCount,
  pairAtOrdinal,
  presentationCountOfPair,
} from '../store/presentations.ts';
import { advanceRater, type RaterRow } from '../store/raters.ts';
import { voteOfRater } from '../store/ratings.ts';
import type { StudyRow } from '../store/studies.ts';

/** The pair on screen and the one being prepared behind it. */
export const QUEUE_LENGTH = 2;

/**
 * Opens presentations until the rater has {@link QUEUE_LENGTH} or the study has no pair left for them.
 * Each import is a block with an order of its own, so that a later import never reorders what was shown.
 * Pairs that already have enough raters, or the rater's own imported vote, are passed over for good.
 * Call inside a write transaction.
 */
export function fillQueue(
  store: Store,
  study: StudyRow,
  rater: RaterRow,
  entropy: Entropy,
  nowMs: number,
): void {
  let open = openPresentationCount(store, rater.id);
  if (open >= QUEUE_LENGTH) return;
  const blocks = importBlocks(store, study.id);
  const total = blocks.reduce((sum, block) => sum + block.count, 0);
  let { nextPosition, presented } = rater;
  const { seed, ratersPerPair } = study.design;
  const raterKey = rater.name;
  while (open < QUEUE_LENGTH && nextPosition < total) {
    const position = nextPosition++;
    const pair = pairAtOrdinal(store, study.id, ordinalAt(blocks, position, `order|${seed}|${raterKey}`));
    if (pair === undefined) continue;
    if (ratersPerPair !== null && presentationCountOfPair(store, pair.id) >= ratersPerPair) continue;
    if (voteOfRater(store, pair.id, rater.id) !== undefined) continue;
    const systemA = Math.min(pair.firstSystem, pair.secondSystem);
    const systemB = Math.max(pair.firstSystem, pair.secondSystem);
    const occurrence = countSystemPair(store, rater.id, systemA, systemB);
    // The balance is over systems: which system is canonically first may differ from pair to pair.
    const coin = balancedLeftSide(seed, raterKey, `${systemA}|${systemB}`, occurrence);
    const leftSide = pair.firstSystem === systemA ? coin : coin === 'first' ? 'second' : 'first';
    insertPresentation(store, {
      publicId: entropy.hex(16),
      raterId: rater.id,
      pairId: pair.id,
      position,
      leftSide,
      createdAt: nowMs,
    });
    presented++;
    open++;
  }
  if (nextPosition !== rater.nextPosition) advanceRater(store, rater.id, nextPosition, presented);
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
