/** What judging costs, in dollars, by a table that people keep themselves: prices change and differ by contract. */
import { z } from 'zod';
import type { ReadStore, WriteStore } from '../store/engine/database.ts';
import { readSetting, writeSetting } from '../store/engine/preferences.ts';

export const priceSchema = z.strictObject({
  inputPerMillion: z.number().min(0).max(1_000_000),
  outputPerMillion: z.number().min(0).max(1_000_000),
});
export type Price = z.output<typeof priceSchema>;

export const priceTableSchema = z.record(z.string().min(1).max(200), priceSchema);
export type PriceTable = z.output<typeof priceTableSchema>;

const NAME = 'judge_prices';

/** Prices by model. A name ending in “*” stands for all that begin like it. */
export function priceTable(store: ReadStore): PriceTable {
  const parsed = priceTableSchema.safeParse(readSetting(store, NAME) ?? {});
  return parsed.success ? parsed.data : {};
}

export function keepPriceTable(store: WriteStore, table: PriceTable): void {
  const byModel = Object.entries(table).sort(([one], [two]) => (one < two ? -1 : 1));
  writeSetting(store, NAME, Object.fromEntries(byModel));
}

/** The price of a model: its own, else of the longest beginning that is in the table. */
export function priceOf(table: PriceTable, model: string): Price | null {
  const exact = Object.hasOwn(table, model) ? table[model] : undefined;
  if (exact !== undefined) return exact;
  const begins = Object.keys(table)
    .filter((name) => name.endsWith('*') && model.startsWith(name.slice(0, -1)))
    .sort((one, two) => two.length - one.length);
  const [longest] = begins;
  return longest === undefined ? null : (table[longest] ?? null);
}

export function costUsd(
  price: Price | null,
  promptTokens: number | null,
  completionTokens: number | null,
): number | null {
  if (price === null || promptTokens === null || completionTokens === null) return null;
  return (promptTokens * price.inputPerMillion + completionTokens * price.outputPerMillion) / 1_000_000;
}
