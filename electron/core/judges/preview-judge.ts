import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ReplyOf } from '../../../shared/contract/methods.ts';
import type { JudgeDefinition } from '../../../shared/domain/judge/judge-definition.ts';
import { hashText } from '../../../shared/domain/seeded-random.ts';
import { judgedPairsFrom } from '../store/judged-pairs.ts';
import { readStudy, type StudyAddress } from '../store/read-study.ts';
import { pairCountOf } from '../store/studies.ts';
import { requestsOfPair } from './judge-tasks.ts';

/** The exact prompts for one pair, in an order that tells nothing of the pair's own. */
export async function previewJudge({
  definition,
  number,
  ...address
}: StudyAddress & { readonly definition: JudgeDefinition; readonly number: number }): Promise<
  ReplyOf<'judges.preview'>
> {
  const { promptTokens } = await import('./token-count.ts');
  return readStudy(address, (store, study) => {
    const [pair] = judgedPairsFrom(store, study.id, number - 1, 1);
    if (pair === undefined) throw new ServiceError('not_found', `This study has no pair number ${number}.`);
    const both = requestsOfPair(study, { ...definition, orders: 'both' }, pair).map(
      ({ messages }) => messages,
    );
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
  });
}
