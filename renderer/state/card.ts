import type { CardPart, PartName } from '../../shared/card/figures/figure.ts';
import type { AgreementCard } from '../../shared/contract/agreement-methods.ts';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { InputOf } from '../../shared/contract/methods.ts';
import { useQuery } from './query.ts';

export type CardParts = Readonly<Partial<Record<PartName, CardPart>>>;

/** A card as it fills in. */
export interface GrowingCard {
  /** Null until the first parts are there. */
  readonly head: Omit<AgreementCard, 'parts'> | null;
  readonly parts: CardParts;
  readonly error: Failure | null;
  /** Whether a part is still being worked out. */
  isLoading(name: PartName): boolean;
  reload(): void;
}

/** Parts that come together. The host works all of a card out in one run, so asking in pieces costs nothing. */
const GROUPS = {
  first: ['standing', 'agreement', 'policies'],
  people: ['people', 'orders'],
  bias: ['bias'],
  groups: ['slices', 'splits', 'systems', 'length'],
  decisions: ['confidence', 'decision', 'ranking', 'judges'],
} as const satisfies Readonly<Record<string, readonly PartName[]>>;

/** Asks for all parts of a card at once and hands out each as it comes; the old ones stay meanwhile. */
export function useCard(input: Omit<InputOf<'agreement.card'>, 'parts'>): GrowingCard {
  const queries = {
    first: useQuery('agreement.card', { ...input, parts: [...GROUPS.first] }),
    people: useQuery('agreement.card', { ...input, parts: [...GROUPS.people] }),
    bias: useQuery('agreement.card', { ...input, parts: [...GROUPS.bias] }),
    groups: useQuery('agreement.card', { ...input, parts: [...GROUPS.groups] }),
    decisions: useQuery('agreement.card', { ...input, parts: [...GROUPS.decisions] }),
  };
  const all = Object.values(queries);
  const parts: Partial<Record<PartName, CardPart>> = {};
  for (const { value } of all) for (const part of value?.parts ?? []) parts[part.name] = part;
  const groupOf = (name: PartName) =>
    (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).find((group) =>
      (GROUPS[group] as readonly PartName[]).includes(name),
    ) ?? 'first';
  return {
    head: queries.first.value,
    parts,
    error: all.find(({ error }) => error !== null)?.error ?? null,
    isLoading: (name) => queries[groupOf(name)].isLoading,
    reload: () => {
      for (const query of all) query.reload();
    },
  };
}
