/** The yardstick of imports: the same rows into the same tables by prepared statements and nothing else. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { insertJudgment } from '../../electron/core/store/judging/judgments.ts';
import { insertRater } from '../../electron/core/store/rating/raters.ts';
import { insertRating } from '../../electron/core/store/rating/ratings.ts';
import {
  insertPair,
  itemIdOf,
  judgeIdOf,
  responseIdOf,
  systemIdOf,
} from '../../electron/core/store/study/comparisons.ts';
import { insertStudy } from '../../electron/core/store/study/studies.ts';
import { defaultDesign } from '../../shared/study/study.ts';
import type { HumanVerdict, JudgeVerdict } from '../../shared/study/verdict.ts';

interface Row {
  readonly id: string;
  readonly prompt: string;
  readonly a: { readonly system: string; readonly text: string };
  readonly b: { readonly system: string; readonly text: string };
  readonly slices: Record<string, string>;
  readonly human?: readonly { readonly verdict: HumanVerdict }[];
  readonly judge?: readonly { readonly verdict: JudgeVerdict }[];
}

/** Inserts parsed rows and returns the milliseconds it took. Hashes are drawn beforehand, as wide as the real ones. */
export async function bareInsert(storePath: string, rows: readonly Row[]): Promise<number> {
  const store = await openStore(storePath, systemClock);
  const design = defaultDesign('0123456789abcdef');
  const studyId = insertStudy(store, {
    publicId: 'bare',
    name: 'Bare',
    isSynthetic: true,
    createdAt: 0,
    design,
  });
  const systems = new Map(rows.slice(0, 16).map(({ a }) => [a.system, systemIdOf(store, studyId, a.system)]));
  const raters = [insertRater(store, studyId, 'r1', null), insertRater(store, studyId, 'r2', null)];
  const judgeId = judgeIdOf(store, studyId, 'j');
  const hashes = Array.from(
    { length: rows.length },
    () => [randomBytes(16), randomBytes(16), randomBytes(16)] as const,
  );
  const prepared = rows.map((row) => ({
    prompt: JSON.stringify(row.prompt),
    first: JSON.stringify(row.a.text),
    second: JSON.stringify(row.b.text),
    slices: JSON.stringify(row.slices),
  }));
  const start = performance.now();
  store.write(() => {
    let itemId = 0;
    for (const [index, row] of rows.entries()) {
      const [itemHash, firstHash, secondHash] = hashes[index] ?? [];
      const texts = prepared[index];
      if (
        itemHash === undefined ||
        firstHash === undefined ||
        secondHash === undefined ||
        texts === undefined
      )
        continue;
      if (index % 2 === 0) itemId = itemIdOf(store, studyId, itemHash, texts.prompt, null).id;
      const first = responseIdOf(
        store,
        itemId,
        systems.get(row.a.system) ?? 0,
        firstHash,
        texts.first,
        null,
      ).id;
      const second = responseIdOf(
        store,
        itemId,
        systems.get(row.b.system) ?? 0,
        secondHash,
        texts.second,
        null,
      ).id;
      const pairId = insertPair(store, {
        studyId,
        ordinal: index,
        externalId: row.id,
        itemId,
        firstResponse: first,
        secondResponse: second,
        slices: texts.slices,
        drawsBefore: 0,
      });
      for (const [at, { verdict }] of (row.human ?? []).entries()) {
        insertRating(store, {
          commandId: null,
          raterId: raters[at] ?? 0,
          pairId,
          presentationId: null,
          kind: 'vote',
          verdict,
          strength: null,
          skipReason: null,
          note: null,
          leftSide: null,
          viewedMs: null,
          recordedAt: null,
          afterUnblinding: false,
          supersedes: null,
          role: 'label',
          guidelineVersion: null,
          idleMs: null,
          confidence: null,
          details: null,
        });
      }
      for (const { verdict } of row.judge ?? []) {
        insertJudgment(store, {
          pairId,
          judgeId,
          order: 'a_first',
          sample: 0,
          verdict,
          score: null,
          raw: null,
          judgedAt: null,
        });
      }
    }
  });
  const elapsed = performance.now() - start;
  store.close();
  return elapsed;
}
