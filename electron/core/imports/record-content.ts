/** What a comparison is, in the form that is stored, hashed and compared. */

import type { Comparison } from '../../../shared/formats/own/native.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import type { FieldProblem } from '../../../shared/json/read-by-schema.ts';
import type { Conversation } from '../../../shared/study/conversation.ts';
import { textToStore } from '../store/engine/stored-text.ts';
import type { PairContent } from '../store/study/comparisons.ts';
import { type ContentHash, itemHash, responseHash } from './content-hash.ts';

/** One of the two outputs. */
export interface OutputContent {
  readonly system: string;
  readonly conversation: Conversation;
  readonly stored: string;
  readonly meta: string | null;
  readonly hash: ContentHash;
}

export interface RecordContent {
  readonly prompt: string;
  readonly reference: string | null;
  readonly itemHash: ContentHash;
  readonly first: OutputContent;
  readonly second: OutputContent;
  readonly slices: string;
}

export function contentOf(comparison: Comparison): RecordContent {
  const asked = comparison.messages ?? [{ role: 'user', content: comparison.prompt ?? '' }];
  const prompt = textToStore(asked, 'user');
  const reference = comparison.reference ?? null;
  return {
    prompt,
    reference,
    itemHash: itemHash(prompt, reference),
    first: outputContent(comparison.a),
    second: outputContent(comparison.b),
    slices: canonicalJson(comparison.slices ?? {}),
  };
}

function outputContent({ system, messages, text, meta: said }: Comparison['a']): OutputContent {
  const conversation = messages ?? [{ role: 'assistant' as const, content: text ?? '' }];
  const stored = textToStore(conversation, 'assistant');
  const meta = said === undefined ? null : canonicalJson(said);
  return { system, conversation, stored, meta, hash: responseHash(stored, meta) };
}

/** What of a record is not as the pair that has its id; undefined where all is. */
export function differenceFrom(
  known: PairContent,
  id: string,
  { itemHash: asked, first, second, slices }: RecordContent,
): FieldProblem | undefined {
  const field = !known.itemHash.equals(asked.bytes)
    ? 'prompt'
    : known.firstSystem !== first.system || !known.firstHash.equals(first.hash.bytes)
      ? 'a'
      : known.secondSystem !== second.system || !known.secondHash.equals(second.hash.bytes)
        ? 'b'
        : known.slices !== slices
          ? 'slices'
          : undefined;
  if (field === undefined) return undefined;
  return {
    field,
    reason: `the id ${JSON.stringify(id)} is already taken by a comparison with another ${field}`,
  };
}
