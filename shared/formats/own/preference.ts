/** Preference rows as Hugging Face TRL reads them (docs/source/dataset_formats.md). */
import { type Conversation, plainTextOf } from '../../study/conversation.ts';
import type { HumanVerdict } from '../../study/verdict.ts';

export interface PreferenceInput {
  readonly id: string;
  readonly prompt: Conversation;
  readonly first: Conversation;
  readonly second: Conversation;
  readonly gold: HumanVerdict;
  readonly voteCount: number;
  readonly agreeingCount: number;
}

/**
 * One preference row, or undefined where the format has no place for the label (ties, both bad). The
 * standard form is used when all three parts are single texts, the conversational form otherwise.
 */
export function preferenceRow(input: PreferenceInput): Record<string, unknown> | undefined {
  if (input.gold !== 'first' && input.gold !== 'second') return undefined;
  const [chosen, rejected] =
    input.gold === 'first' ? [input.first, input.second] : [input.second, input.first];
  const texts = [
    plainTextOf(input.prompt, 'user'),
    plainTextOf(chosen, 'assistant'),
    plainTextOf(rejected, 'assistant'),
  ];
  const columns = texts.every((text) => text !== undefined)
    ? { prompt: texts[0], chosen: texts[1], rejected: texts[2] }
    : { prompt: input.prompt, chosen, rejected };
  return {
    ...columns,
    id: input.id,
    n_raters: input.voteCount,
    agreement: input.voteCount === 0 ? null : input.agreeingCount / input.voteCount,
  };
}
