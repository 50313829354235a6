/**
 * A study of any size, put into a store by bare inserts: what reports are measured on. Everything is made up from a seed, and equal
 * sizes give equal stores.
 */

import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { appendAudit } from '../../electron/core/store/engine/audit.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { insertStudy } from '../../electron/core/store/study/studies.ts';
import { mix32 } from '../../shared/random/seeded-random.ts';
import { defaultDesign } from '../../shared/study/study.ts';

/** How large a study is made. */
export interface MadeSize {
  readonly pairs: number;
  readonly raters: number;
  /** Raters take turns: this many of them vote on each pair. */
  readonly votesPerPair: number;
  /** Each judges every pair in both orders. */
  readonly judges: number;
  readonly pairsPerItem: number;
  readonly systems: number;
  /** Whether votes were given here, on presentations, with times and sides; else they are as an import brings them. */
  readonly areLive: boolean;
}

/** The public id of the study that {@link makeStore} makes, and its name. */
export const MADE_STUDY = { publicId: 'made', name: 'Bench' } as const;

const WORDS =
  'amber basalt cedar delta ember fjord granite harbour indigo juniper kelp lichen marble nettle ochre pumice'.split(
    ' ',
  );
const VERDICTS = ['first', 'second', 'tie', 'both_bad', 'skipped'] as const;
const ROWS_AT_ONCE = 20_000;

/** A number of [0, bound) that depends on what is named and nothing else. */
function drawn(seed: number, place: number, bound: number): number {
  return mix32((mix32(seed + 1) ^ Math.imul(place + 1, 0x9e3779b1)) >>> 0) % bound;
}

function textOf(seed: number, words: number): string {
  const out: string[] = [];
  for (let place = 0; place < words; place++) out.push(WORDS[drawn(seed, place, WORDS.length)] ?? '');
  return out.join(' ');
}

/** What is true of a pair, 0 to 3, and what somebody of a skill in percent says of it. */
const truthOf = (pair: number) => [0, 0, 0, 0, 1, 1, 1, 2, 2, 3][drawn(11, pair, 10)] ?? 0;
function saidBy(person: number, skill: number, pair: number): number {
  const at = pair * 64 + person;
  return drawn(12, at, 100) < skill ? truthOf(pair) : drawn(13, at, 100) < 2 ? 4 : drawn(14, at, 4);
}

/**
 * Makes a store with one study at a path where none is.
 *
 * @returns milliseconds that the inserts took
 */
export async function makeStore(path: string, size: MadeSize): Promise<number> {
  const store = await openStore(path, systemClock);
  const { pairs, raters, votesPerPair, judges, pairsPerItem, systems, areLive } = size;
  const start = performance.now();
  const hash = (kind: number, id: number) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32LE(kind, 0);
    bytes.writeUInt32LE(id, 4);
    return bytes;
  };
  store.write((store) => {
    const studyId = insertStudy(store, {
      ...MADE_STUDY,
      isSynthetic: true,
      createdAt: 0,
      design: defaultDesign('0123456789abcdef'),
    });
    const insertAll = (
      table: string,
      columns: readonly string[],
      count: number,
      rowOf: (row: number) => readonly (readonly (string | number | Buffer | null)[])[],
    ) => {
      let rows: (readonly (string | number | Buffer | null)[])[] = [];
      for (let row = 0; row < count; row++) {
        rows.push(...rowOf(row));
        if (rows.length < ROWS_AT_ONCE && row < count - 1) continue;
        store.insertTogether(table, columns, rows);
        rows = [];
      }
    };
    insertAll('systems', ['id', 'study_id', 'name'], systems, (system) => [
      [system + 1, studyId, `system-${system}`],
    ]);
    insertAll('raters', ['id', 'study_id', 'name', 'joined_at'], raters, (rater) => [
      [rater + 1, studyId, `r${String(rater).padStart(3, '0')}`, 0],
    ]);
    insertAll('judges', ['id', 'study_id', 'name'], judges, (judge) => [[judge + 1, studyId, `j${judge}`]]);
    insertAll(
      'items',
      ['id', 'study_id', 'content_hash', 'prompt'],
      Math.ceil(pairs / pairsPerItem),
      (item) => [[item + 1, studyId, hash(1, item), JSON.stringify(`Question ${item}: ${textOf(item, 24)}`)]],
    );
    insertAll('responses', ['id', 'item_id', 'system_id', 'content_hash', 'output'], pairs, (pair) =>
      [0, 1].map((side) => [
        2 * pair + side + 1,
        Math.floor(pair / pairsPerItem) + 1,
        ((pair + side * (1 + (Math.floor(pair / systems) % (systems - 1)))) % systems) + 1,
        hash(2, 2 * pair + side),
        JSON.stringify(`${textOf(2 * pair + side, 30 + drawn(15, 2 * pair + side, 60))}\n\n- **one**`),
      ]),
    );
    insertAll(
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
      ],
      pairs,
      (pair) => [
        [
          pair + 1,
          studyId,
          pair,
          `c-${pair}`,
          Math.floor(pair / pairsPerItem) + 1,
          2 * pair + 1,
          2 * pair + 2,
          JSON.stringify({ category: WORDS[pair % 8], language: pair % 5 === 0 ? 'de' : 'en' }),
        ],
      ],
    );
    const placesOf = (pair: number) =>
      Array.from({ length: votesPerPair }, (_vote, vote) => ({
        rater: (pair + vote * Math.max(1, Math.floor(raters / votesPerPair))) % raters,
        id: pair * votesPerPair + vote + 1,
      }));
    const sideOf = (id: number) => (drawn(16, id, 2) === 0 ? 'first' : 'second');
    if (areLive)
      insertAll(
        'presentations',
        ['id', 'public_id', 'rater_id', 'pair_id', 'position', 'left_side', 'created_at', 'is_open'],
        pairs,
        (pair) =>
          placesOf(pair).map(({ rater, id }) => [
            id,
            `p${id}`,
            rater + 1,
            pair + 1,
            pair,
            sideOf(id),
            id * 1000,
            0,
          ]),
      );
    insertAll(
      'ratings',
      [
        'id',
        'rater_id',
        'pair_id',
        'kind',
        'verdict',
        'skip_reason',
        'presentation_id',
        'left_side',
        'viewed_ms',
        'idle_ms',
        'recorded_at',
      ],
      pairs,
      (pair) =>
        placesOf(pair).map(({ rater, id }) => {
          const said = saidBy(rater, 60 + ((7 * rater) % 30), pair);
          return [
            id,
            rater + 1,
            pair + 1,
            'vote',
            VERDICTS[said] ?? 'tie',
            said === 4 ? 'unsure' : null,
            areLive ? id : null,
            areLive ? sideOf(id) : null,
            areLive ? 2000 + drawn(17, id, 20_000) : null,
            areLive ? 0 : null,
            areLive ? id * 1000 : null,
          ];
        }),
    );
    insertAll(
      'judgments',
      ['pair_id', 'judge_id', 'judge_order', 'sample', 'verdict', 'score'],
      pairs,
      (pair) =>
        Array.from({ length: judges }, (_judge, judge) =>
          [0, 1].map((order) => {
            const said = saidBy(32 + 2 * judge + order, 55 + ((9 * judge) % 30), pair);
            return [
              pair + 1,
              judge + 1,
              order === 0 ? 'a_first' : 'b_first',
              0,
              VERDICTS[said === 4 ? 2 : said] ?? 'tie',
              drawn(18, pair * 8 + 2 * judge + order, 1000) / 1000,
            ];
          }),
        ).flat(),
    );
    appendAudit(store, {
      at: 0,
      studyId,
      actor: 'bench',
      action: 'study.created',
      details: { name: 'bench' },
    });
  });
  store.scrub();
  store.close();
  return performance.now() - start;
}
