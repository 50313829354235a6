import type { JudgeEstimate } from '../contract/judge-methods.ts';
import type { LabelledLine } from './labelled-line.ts';
import { countedText, countText, dollarsText } from './number-texts.ts';

const KEYS: Readonly<Record<JudgeEstimate['key'], string>> = {
  none: 'without a key',
  set: 'with the key that is kept',
  environment: 'with the key of the environment',
};

/** What a run would ask and cost, before it starts. */
export function judgeEstimateLines({
  pairs,
  orders,
  samples,
  requests,
  promptTokens,
  mostCompletionTokens,
  mostUsd,
  model,
  endpoint,
  key,
}: JudgeEstimate): LabelledLine[] {
  return [
    {
      label: 'To ask',
      text:
        requests === 0
          ? 'nothing: all of it is there'
          : requestsText(
              requests,
              countedText(pairs, 'pair'),
              `${countedText(orders, 'order')} × ${countedText(samples, 'sample')}`,
              pairs * orders * samples,
            ),
    },
    {
      label: 'Tokens',
      text: `about ${countText(promptTokens)} in, at most ${countText(mostCompletionTokens)} out`,
    },
    {
      label: 'Cost',
      text:
        mostUsd === null ? 'unknown: no price is set for this model' : `at most ${dollarsText(mostUsd, 2)}`,
    },
    { label: 'Goes to', text: `${model} at ${endpoint}, ${KEYS[key]}` },
  ];
}

/** What is there already is not asked again, so that there may be fewer than all. */
function requestsText(requests: number, pairs: string, each: string, all: number): string {
  const text = countedText(requests, 'request');
  return requests === all
    ? `${text}: ${pairs} × ${each}`
    : `${text} on ${pairs}: what is missing of ${each} each`;
}
