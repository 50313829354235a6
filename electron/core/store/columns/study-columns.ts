/** What never changes of a study once it is stored, and the votes, in columns. */
import {
  type FeatureColumns,
  once,
  type SidesColumn,
  type SlicePairs,
} from '../../../../shared/card/columns/card-data.ts';
import { outputFeatures } from '../../../../shared/card/columns/output-features.ts';
import { valuesAt } from '../../../../shared/columns/column.ts';
import { assistantText } from '../../../../shared/study/conversation.ts';
import type { ReadStore } from '../engine/database.ts';
import { conversationOf } from '../engine/stored-text.ts';
import { splitOf } from '../study/content-split.ts';
import { splitSlices } from '../study/pair-splits.ts';
import { pairCountOf } from '../study/studies.ts';
import {
  eachInRange,
  eachPairInOrder,
  type PairColumns,
  placesById,
  ROWS_AT_ONCE,
  rangeOf,
  readPairs,
} from './pair-columns.ts';
import { judgesOf, type VerdictColumn, verdictColumns, verdictsSeen } from './verdict-columns.ts';
import { VoteTable } from './vote-table.ts';

/**
 * The columns of one study. What is read from texts is read when first asked for, so the store must stay open, in one
 * transaction, for as long as they are used. Later they can be brought up to date by the same store.
 */
export class StudyColumns {
  #store: ReadStore;
  readonly #studyId: number;
  #verdicts: { readonly seen: string; readonly columns: readonly VerdictColumn[] } | null = null;
  readonly pairs: PairColumns;
  readonly votes: VoteTable;
  /** Row ids of the systems behind each pair. */
  readonly systemIds: () => SidesColumn;
  /** 1 for each pair on the dev side of the stable split. */
  readonly isOnDev: () => Uint8Array;
  readonly features: () => FeatureColumns;
  readonly slices: () => readonly SlicePairs[];
  /** Characters of task and outputs of each pair, as stored. */
  readonly characters: () => Int32Array;

  constructor(store: ReadStore, studyId: number) {
    this.#store = store;
    this.#studyId = studyId;
    const pairs = readPairs(store, studyId);
    this.pairs = pairs;
    this.systemIds = once(() => readSystems(this.#store, pairs));
    this.isOnDev = once(() => readSplits(this.#store, pairs));
    this.features = once(() => readFeatures(this.#store, pairs));
    this.slices = once(() => [...readSlices(this.#store, studyId), ...splitSlices(this.isOnDev())]);
    this.characters = once(() => readCharacters(this.#store, pairs));
    this.votes = new VoteTable(store, studyId, pairs);
  }

  /** The verdicts of the study's judges, by name. */
  verdicts(): readonly VerdictColumn[] {
    const seen = verdictsSeen(this.#store, this.#studyId);
    if (this.#verdicts?.seen !== seen)
      this.#verdicts = { seen, columns: verdictColumns(this.#store, this.#studyId, this.pairs) };
    return this.#verdicts.columns;
  }

  /**
   * Takes in what came to the store since, from a view of it that is used from now on.
   *
   * @returns false where the columns are to be made anew: pairs came, and all are longer, or that is sooner done
   */
  refresh(store: ReadStore): boolean {
    if (pairCountOf(store, this.#studyId) !== this.pairs.ids.length) return false;
    if (!this.votes.refresh(store)) return false;
    this.#store = store;
    return true;
  }

  /** About what the columns take, with what is read when it is asked for. */
  bytes(): number {
    const judges = judgesOf(this.#store, this.#studyId).length;
    return this.votes.bytes + (BYTES_OF_PAIR + BYTES_OF_VERDICTS * judges) * this.pairs.ids.length;
  }
}

const BYTES_OF_PAIR = 100;
/** Of one judge on one pair. */
const BYTES_OF_VERDICTS = 30;

/** A value of each of the rows that the ids name, read over the range of the ids. */
function valuesById<Value extends Int32Array | Uint8Array>(
  ids: readonly Int32Array[],
  make: (length: number) => Value,
  read: (range: readonly [number, number], keep: (id: number, value: number) => void) => void,
): readonly Value[] {
  const [low, high] = rangeOf(...ids);
  if (high < 0) return ids.map(() => make(0));
  const values = make(high - low + 1);
  read([low, high], (id, value) => {
    values[id - low] = value;
  });
  return ids.map((column) => {
    const found = make(column.length);
    for (let place = 0; place < column.length; place++)
      found[place] = values[(column[place] ?? 0) - low] ?? 0;
    return found;
  });
}

/** By an index that holds items and systems, so that no text is passed on the way. */
export function readSystems(
  store: ReadStore,
  { itemIds, responses: { first, second } }: PairColumns,
): SidesColumn {
  const [ofFirst = EMPTY, ofSecond = EMPTY] = valuesById([first, second], integers, ([low, high], keep) => {
    const rows = store.rawQuery<[number, number]>(
      'SELECT id, system_id FROM responses WHERE item_id BETWEEN ? AND ?',
    );
    const [from, to] = rangeOf(itemIds);
    for (let item = from; item <= to; item += ROWS_AT_ONCE)
      for (const [id, system] of rows.all(item, Math.min(to, item + ROWS_AT_ONCE - 1)))
        if (id >= low && id <= high) keep(id, system);
  });
  return { first: ofFirst, second: ofSecond };
}

const EMPTY = new Int32Array(0);
const integers = (length: number) => new Int32Array(length);

function readSplits(store: ReadStore, { itemIds, itemOfPair }: PairColumns): Uint8Array {
  const isWanted = placesById(itemIds);
  const isDev = new Uint8Array(itemIds.length);
  eachInRange<[number, string]>(
    store,
    'SELECT id, prompt FROM items WHERE id BETWEEN ? AND ?',
    rangeOf(itemIds),
    ([id, prompt]) => {
      const item = isWanted(id);
      if (item >= 0) isDev[item] = Number(splitOf(prompt) === 'dev');
    },
  );
  return valuesAt(isDev, itemOfPair);
}

function readCharacters(store: ReadStore, { itemIds, itemOfPair, responses }: PairColumns): Int32Array {
  const lengthsOf = (table: 'items' | 'responses', column: 'prompt' | 'output', ids: readonly Int32Array[]) =>
    valuesById(ids, integers, (range, keep) => {
      eachInRange<[number, number]>(
        store,
        `SELECT id, length(${column}) FROM ${table} WHERE id BETWEEN ? AND ?`,
        range,
        ([id, length]) => keep(id, length),
      );
    });
  const [prompts = EMPTY] = lengthsOf('items', 'prompt', [itemIds]);
  const [first = EMPTY, second = EMPTY] = lengthsOf('responses', 'output', [
    responses.first,
    responses.second,
  ]);
  return itemOfPair.map((item, pair) => (prompts[item] ?? 0) + (first[pair] ?? 0) + (second[pair] ?? 0));
}

function readFeatures(store: ReadStore, { responses: { first, second } }: PairColumns): FeatureColumns {
  const [low, high] = rangeOf(first, second);
  const size = Math.max(0, high - low + 1);
  const isWanted = new Uint8Array(size);
  for (const column of [first, second]) for (const id of column) isWanted[id - low] = 1;
  const length = new Int32Array(size);
  const listItems = new Int32Array(size);
  const markdown = new Int32Array(size);
  eachInRange<[number, string]>(
    store,
    'SELECT id, output FROM responses WHERE id BETWEEN ? AND ?',
    [low, high],
    ([id, output]) => {
      const at = id - low;
      if (isWanted[at] === 0) return;
      const found = outputFeatures(assistantText(conversationOf(output, 'assistant')));
      length[at] = found.length;
      listItems[at] = found.listItems;
      markdown[at] = found.markdown;
    },
  );
  const sides = (values: Int32Array): SidesColumn => ({
    first: first.map((id) => values[id - low] ?? 0),
    second: second.map((id) => values[id - low] ?? 0),
  });
  return { length: sides(length), listItems: sides(listItems), markdown: sides(markdown) };
}

function readSlices(store: ReadStore, studyId: number): SlicePairs[] {
  // Few texts say all that there is to say.
  const known = new Map<string, number[]>();
  eachPairInOrder<[string]>(store, studyId, 'slices', ([, slices], pair) => {
    const pairs = known.get(slices);
    if (pairs === undefined) known.set(slices, [pair]);
    else pairs.push(pair);
  });
  const byName = new Map<string, Map<string, number[][]>>();
  for (const [slices, pairs] of known) {
    for (const [name, value] of Object.entries(JSON.parse(slices) as Record<string, string>)) {
      let values = byName.get(name);
      if (values === undefined) {
        values = new Map();
        byName.set(name, values);
      }
      const groups = values.get(value);
      if (groups === undefined) values.set(value, [pairs]);
      else groups.push(pairs);
    }
  }
  return [...byName.entries()]
    .sort(byKey)
    .flatMap(([name, values]) =>
      [...values.entries()]
        .sort(byKey)
        .map(([value, groups]) => ({ name, value, pairs: Int32Array.from(groups.flat()).sort() })),
    );
}

function byKey([one]: readonly [string, unknown], [two]: readonly [string, unknown]): number {
  return one < two ? -1 : 1;
}
