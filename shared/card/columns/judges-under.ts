import type { AgreementOptions } from '../../labels/agreement-options.ts';
import { CODE, codeOfProbability } from '../../study/verdict-codes.ts';
import type { CardData, JudgeColumn } from './card-data.ts';

/**
 * The data with every judge's verdict over its orders as the options' policy has it, and without the pairs a judge was
 * written against: no figure of a card is ever about those, but the ones that say so.
 */
export function judgesUnder(data: CardData, { orders }: Pick<AgreementOptions, 'orders'>): CardData {
  if (orders === 'agree' && data.judges.every(({ tunedOn }) => tunedOn === null)) return data;
  return {
    ...data,
    judges: data.judges.map((judge) => withoutTuned({ ...judge, codes: codesUnder(judge, orders) })),
  };
}

function codesUnder(judge: JudgeColumn, orders: AgreementOptions['orders']): Int8Array {
  switch (orders) {
    case 'agree':
      return judge.codes;
    case 'first_order':
      return judge.firstShownFirst;
    case 'majority':
      return judge.pooled;
    case 'mean_probability':
      return judge.codes.map((_code, pair) =>
        codeOfProbability(judge.probabilityFirst?.[pair] ?? Number.NaN),
      );
  }
}

function withoutTuned(judge: JudgeColumn): JudgeColumn {
  const { tunedOn } = judge;
  if (tunedOn === null) return judge;
  const without = (codes: Int8Array) =>
    codes.map((code, pair) => (tunedOn[pair] === 1 ? CODE.missing : code));
  return {
    ...judge,
    codes: without(judge.codes),
    tunedCodes: judge.codes.map((code, pair) => (tunedOn[pair] === 1 ? code : CODE.missing)),
    firstShownFirst: without(judge.firstShownFirst),
    secondShownFirst: without(judge.secondShownFirst),
    pooled: without(judge.pooled),
    repeats:
      judge.repeats === null
        ? null
        : {
            same: judge.repeats.same.map((count, pair) => (tunedOn[pair] === 1 ? 0 : count)),
            pairs: judge.repeats.pairs.map((count, pair) => (tunedOn[pair] === 1 ? 0 : count)),
          },
  };
}
