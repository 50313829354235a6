/**
 * Rows of records that are held back until there are many of a kind: one statement for many rows costs far less than one for
 * each, above all where triggers follow. Numbers are given out at once, so nobody else may write meanwhile.
 */
import type { WriteStore } from '../engine/database.ts';
import { insertJudgments, type NewJudgment } from '../judging/judgments.ts';
import { insertRatings, type NewRating, nextRatingId } from '../rating/ratings.ts';

export interface NewItem {
  readonly studyId: number;
  readonly hash: Buffer;
  readonly prompt: string;
  readonly reference: string | null;
}

export interface NewResponse {
  readonly itemId: number;
  readonly systemId: number;
  readonly hash: Buffer;
  readonly output: string;
  readonly meta: string | null;
}

export interface NewPair {
  readonly studyId: number;
  readonly ordinal: number;
  readonly externalId: string;
  readonly itemId: number;
  readonly firstResponse: number;
  readonly secondResponse: number;
  readonly slices: string;
  readonly drawsBefore: number;
}

/** Rows that are held at most. */
const MOST_ROWS = 1000;
/** Characters of outputs and replies that are held at most. */
const MOST_CHARACTERS = 2_000_000;

export class HeldRows {
  readonly #store: WriteStore;
  readonly #next: { item: number; response: number; pair: number; rating: number };
  #items: (string | number | Buffer | null)[][] = [];
  #responses: (string | number | Buffer | null)[][] = [];
  #pairs: (string | number)[][] = [];
  #ratings: { readonly id: number; readonly rating: NewRating }[] = [];
  #judgments: NewJudgment[] = [];
  #findings: (string | number)[][] = [];
  #rows = 0;
  #characters = 0;

  /** @param store in a transaction that lasts until the last row is written */
  constructor(store: WriteStore) {
    this.#store = store;
    this.#next = {
      item: nextId(store, 'items'),
      response: nextId(store, 'responses'),
      pair: nextId(store, 'pairs'),
      rating: nextRatingId(store),
    };
  }

  /** Whether it is time to write. */
  get areMany(): boolean {
    return this.#rows >= MOST_ROWS || this.#characters >= MOST_CHARACTERS;
  }

  /** Each returns the number of its row. */
  addItem({ studyId, hash, prompt, reference }: NewItem): number {
    const id = this.#next.item++;
    this.#items.push([id, studyId, hash, prompt, reference]);
    this.#count(prompt.length + (reference?.length ?? 0));
    return id;
  }

  addResponse({ itemId, systemId, hash, output, meta }: NewResponse): number {
    const id = this.#next.response++;
    this.#responses.push([id, itemId, systemId, hash, output, meta]);
    this.#count(output.length + (meta?.length ?? 0));
    return id;
  }

  addPair(pair: NewPair): number {
    const id = this.#next.pair++;
    const { studyId, ordinal, externalId, itemId, firstResponse, secondResponse, slices, drawsBefore } = pair;
    this.#pairs.push([
      id,
      studyId,
      ordinal,
      externalId,
      itemId,
      firstResponse,
      secondResponse,
      slices,
      drawsBefore,
    ]);
    this.#count(slices.length);
    return id;
  }

  addRating(rating: NewRating): number {
    const id = this.#next.rating++;
    this.#ratings.push({ id, rating });
    this.#count((rating.note?.length ?? 0) + (rating.details?.length ?? 0));
    return id;
  }

  addJudgment(judgment: NewJudgment): void {
    this.#judgments.push(judgment);
    this.#count(judgment.raw?.length ?? 0);
  }

  addFinding(responseId: number, rule: string, excerpt: string): void {
    this.#findings.push([responseId, rule, excerpt]);
    this.#count(excerpt.length);
  }

  /** Writes what is held: first what others refer to. */
  write(): void {
    const store = this.#store;
    store.insertTogether('items', ['id', 'study_id', 'content_hash', 'prompt', 'reference'], this.#items);
    store.insertTogether(
      'responses',
      ['id', 'item_id', 'system_id', 'content_hash', 'output', 'meta'],
      this.#responses,
    );
    store.insertTogether(
      'pairs',
      [
        'id',
        'study_id',
        'ordinal',
        'external_id',
        'item_id',
        'first_response_id',
        'second_response_id',
        'slices',
        'draws_before',
      ],
      this.#pairs,
    );
    insertRatings(store, this.#ratings);
    insertJudgments(store, this.#judgments);
    store.insertTogether(
      'identity_findings',
      ['response_id', 'rule', 'excerpt'],
      this.#findings,
      'ON CONFLICT DO NOTHING',
    );
    this.#items = [];
    this.#responses = [];
    this.#pairs = [];
    this.#ratings = [];
    this.#judgments = [];
    this.#findings = [];
    this.#rows = 0;
    this.#characters = 0;
  }

  #count(characters: number): void {
    this.#rows++;
    this.#characters += characters;
  }
}

function nextId(store: WriteStore, table: 'items' | 'responses' | 'pairs'): number {
  return (
    store.query<{ next: number }>(`SELECT coalesce(max(id), 0) + 1 AS next FROM ${table}`).get()?.next ?? 1
  );
}
