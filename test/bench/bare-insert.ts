/**
 * The yardstick of imports: the same rows into the same tables by prepared statements, and nothing else. Nothing is checked,
 * hashed, looked for or told.
 */
import { Store } from '../../electron/core/store/engine/database.ts';
import { insertStudy } from '../../electron/core/store/study/studies.ts';
import { defaultDesign } from '../../shared/study/study.ts';

const BARE_STUDY = 'bare';

export interface Row {
  readonly id: string;
  readonly prompt: string;
  readonly a: { readonly system: string; readonly text: string };
  readonly b: { readonly system: string; readonly text: string };
  readonly slices: Readonly<Record<string, string>>;
  readonly human?: readonly {
    readonly rater: string;
    readonly verdict: string;
    readonly shown?: string;
    readonly at?: string;
  }[];
  readonly judge?: readonly {
    readonly judge: string;
    readonly order: string;
    readonly verdict: string;
    readonly sample?: number;
    readonly raw?: string;
  }[];
}

/** Inserts rows into a store that is there, and returns the milliseconds it took. */
export async function bareInsert(
  storePath: string,
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<number> {
  const opened = new Store(storePath, { readonly: false, cacheKib: 64 * 1024 });
  const design = defaultDesign('0123456789abcdef');
  const start = performance.now();
  const store = opened.begin();
  const studyId = insertStudy(store, {
    publicId: BARE_STUDY,
    name: 'Bench',
    isSynthetic: true,
    createdAt: 0,
    design,
  });
  const idsBy = (sql: string) => {
    const ids = new Map<string, number>();
    return (name: string, ...values: (string | Buffer)[]) => {
      let id = ids.get(name);
      if (id === undefined) {
        id = store.run(sql, studyId, ...(values.length === 0 ? [name] : values)).lastId;
        ids.set(name, id);
      }
      return id;
    };
  };
  const systemOf = idsBy('INSERT INTO systems (study_id, name) VALUES (?, ?)');
  const raterOf = idsBy('INSERT INTO raters (study_id, name) VALUES (?, ?)');
  const judgeOf = idsBy('INSERT INTO judges (study_id, name) VALUES (?, ?)');
  let hashes = 0;
  const nextHash = () => {
    const hash = Buffer.alloc(16);
    hash.writeUInt32BE(++hashes, 0);
    return hash;
  };
  let item = { prompt: '', id: 0 };
  let ordinal = 0;
  for await (const row of rows) {
    if (item.prompt !== row.prompt)
      item = {
        prompt: row.prompt,
        id: store.run(
          'INSERT INTO items (study_id, content_hash, prompt) VALUES (?, ?, ?)',
          studyId,
          nextHash(),
          JSON.stringify(row.prompt),
        ).lastId,
      };
    const [first, second] = [row.a, row.b].map(
      ({ system, text }) =>
        store.run(
          'INSERT INTO responses (item_id, system_id, content_hash, output) VALUES (?, ?, ?, ?)',
          item.id,
          systemOf(system),
          nextHash(),
          JSON.stringify(text),
        ).lastId,
    ) as [number, number];
    const pair = store.run(
      'INSERT INTO pairs (study_id, ordinal, external_id, item_id, first_response_id, second_response_id, slices) VALUES (?, ?, ?, ?, ?, ?, ?)',
      studyId,
      ordinal++,
      row.id,
      item.id,
      first,
      second,
      JSON.stringify(row.slices),
    ).lastId;
    for (const { rater, verdict, shown, at } of row.human ?? [])
      store.run(
        "INSERT INTO ratings (rater_id, pair_id, kind, verdict, left_side, recorded_at) VALUES (?, ?, 'vote', ?, ?, ?)",
        raterOf(rater),
        pair,
        verdict,
        shown === undefined ? null : shown === 'a_left' ? 'first' : 'second',
        at === undefined ? null : Date.parse(at),
      );
    for (const { judge, order, verdict, sample = 0, raw } of row.judge ?? [])
      store.run(
        'INSERT INTO judgments (pair_id, judge_id, judge_order, sample, verdict, raw) VALUES (?, ?, ?, ?, ?, ?)',
        pair,
        judgeOf(judge),
        order,
        sample,
        verdict,
        raw ?? null,
      );
  }
  opened.commit();
  const elapsed = performance.now() - start;
  opened.close();
  return elapsed;
}
