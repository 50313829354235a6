import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { hashText } from '../../../shared/random/seeded-random.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { judgedPairsFrom } from '../store/judging/judged-pairs.ts';
import { pairCountOf, type StudyRow } from '../store/study/studies.ts';
import { requestsOfPair } from './judge-tasks.ts';
import { promptTokens } from './token-count.ts';

/** The exact prompts for one pair, in an order that tells nothing of the pair's own. */
export function previewJudge(
  store: ReadStore,
  study: StudyRow,
  { definition, number }: ParsedInputOf<'judges.preview'>,
): ReplyOf<'judges.preview'> {
  const [pair] = judgedPairsFrom(store, study.id, number - 1, 1);
  if (pair === undefined)
    throw new ServiceError('not_found', { key: 'judge.pair_number_unknown', values: { number } });
  const both = requestsOfPair(study, { ...definition, orders: 'both' }, pair).map(({ messages }) => messages);
  // A pair's own order is part of what is blind, so which request comes first must not tell it.
  const isTurned = hashText(`${study.design.seed}|preview|${pair.externalId}`) % 2 === 1;
  const turned = isTurned ? both.toReversed() : both;
  const requests = definition.orders === 'both' ? turned : turned.slice(0, 1);
  return {
    pairs: pairCountOf(store, study.id),
    number,
    requests,
    promptTokens: Math.max(0, ...requests.map(promptTokens)),
  };
}
