/** Pairs that check a rater. On the page they look like any other. */
import { type PresentationKind, seededUnit } from '../../../shared/study/presentation-kind.ts';
import { otherSide } from '../../../shared/study/verdict.ts';
import { earlierPresentations } from '../store/rating/earlier-presentations.ts';
import { insertPresentation, type NewPresentation } from '../store/rating/presentations.ts';
import { goldPairFor, knownAnswerCounts } from '../store/study/known-answers.ts';
import { type PairSides, sidesOfPair } from '../store/study/pair-runs.ts';
import type { RaterTurn } from './rater-turn.ts';
import { takeGivenSide, takeSide } from './side-choice.ts';

type Check = Extract<PresentationKind, 'repeat' | 'gold' | 'identical' | 'off_topic'>;

/** Opens a check of this kind as the rater's next presentation; false where there is nothing to make it of. */
export function openCheck(turn: RaterTurn, kind: Check, place: number): boolean {
  switch (kind) {
    case 'repeat':
      return openRepeat(turn, place);
    case 'gold':
      return openGold(turn, place);
    case 'identical':
      return openIdentical(turn, place);
    case 'off_topic':
      return openOffTopic(turn, place);
  }
}

/** An earlier pair with its sides swapped, where the balance of sides allows. */
function openRepeat(turn: RaterTurn, place: number): boolean {
  const { store } = turn;
  for (const earlier of earlierOnes(turn, 'repeat', place)) {
    const sides = sidesOfPair(store, earlier.pairId);
    const left = otherSide(earlier.leftSide);
    if (sides === undefined || !takeGivenSide(turn, sides, left)) continue;
    open(turn, { kind: 'repeat', pairId: earlier.pairId, leftSide: left, repeatOf: earlier.id });
    return true;
  }
  return false;
}

function openGold(turn: RaterTurn, place: number): boolean {
  const { store, study, rater } = turn;
  const { gold } = knownAnswerCounts(store, study.id);
  const from = Math.floor(unit(turn, 'gold', place) * gold);
  const pairId = goldPairFor(store, study.id, rater.id, from);
  const sides = pairId === undefined ? undefined : sidesOfPair(store, pairId);
  if (sides === undefined) return false;
  open(turn, { kind: 'gold', pairId: sides.pairId, leftSide: takeSide(turn, sides, 'check') });
  return true;
}

/** One output on both sides. */
function openIdentical(turn: RaterTurn, place: number): boolean {
  const [earlier] = earlierOnes(turn, 'catch', place);
  const sides = earlier === undefined ? undefined : sidesOfPair(turn.store, earlier.pairId);
  if (sides === undefined) return false;
  const { responseId } = eitherSide(turn, sides, place);
  open(turn, {
    kind: 'identical',
    pairId: sides.pairId,
    leftSide: unit(turn, 'identical side', place) < 0.5 ? 'first' : 'second',
    outputs: { first: responseId, second: responseId },
  });
  return true;
}

/** An output beside one for another task, which is as long and as well written and answers nothing that was asked. */
function openOffTopic(turn: RaterTurn, place: number): boolean {
  const { store } = turn;
  const [earlier, ...others] = earlierOnes(turn, 'catch', place);
  const sides = earlier === undefined ? undefined : sidesOfPair(store, earlier.pairId);
  if (sides === undefined) return false;
  for (const other of others) {
    const strange = sidesOfPair(store, other.pairId);
    if (strange === undefined || strange.itemId === sides.itemId) continue;
    const shown = { first: eitherSide(turn, sides, place), second: eitherSide(turn, strange, place + 1) };
    open(turn, {
      kind: 'off_topic',
      pairId: sides.pairId,
      leftSide: takeSide(turn, shown, 'check'),
      outputs: { first: shown.first.responseId, second: shown.second.responseId },
    });
    return true;
  }
  return false;
}

function earlierOnes({ store, study, rater }: RaterTurn, use: 'repeat' | 'catch', place: number) {
  const { seed, checks, blockSize } = study.design;
  return earlierPresentations(store, {
    raterId: rater.id,
    gap: checks.repeatGap,
    // Votes of the open block can be looked at, so none of its pairs comes again.
    before: blockSize === null ? rater.block + 1 : rater.block,
    use,
    from: seededUnit(seed, 'earlier', use, rater.name, place),
  });
}

function eitherSide(turn: RaterTurn, sides: PairSides, place: number): PairSides['first'] {
  return unit(turn, 'either', place) < 0.5 ? sides.first : sides.second;
}

function unit({ study, rater }: RaterTurn, about: string, place: number): number {
  return seededUnit(study.design.seed, about, rater.name, place);
}

function open(
  { store, rater, entropy, nowMs }: RaterTurn,
  made: Pick<NewPresentation, 'kind' | 'pairId' | 'leftSide'> & Partial<NewPresentation>,
): void {
  insertPresentation(store, {
    publicId: entropy.hex(16),
    raterId: rater.id,
    repeatOf: null,
    outputs: null,
    block: rater.block,
    createdAt: nowMs,
    ...made,
  });
}
