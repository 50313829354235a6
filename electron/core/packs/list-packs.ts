import type { PackSummary } from '../../../shared/contract/pack-methods.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import type { ReadStore } from '../store/engine/database.ts';
import {
  answeredOfRater,
  type PackRow,
  packRaters,
  packRevisions,
  packsOfStudy,
} from '../store/packs/packs.ts';
import { keysOfPack, returnedCounts } from '../store/packs/returned-rows.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** The packs of a study, and what came back of each. */
export function listPacks(store: ReadStore, study: StudyRow): PackSummary[] {
  return packsOfStudy(store, study.id).map((pack) => summaryOf(store, pack));
}

function summaryOf(store: ReadStore, pack: PackRow): PackSummary {
  const last = packRevisions(store, pack.id).at(-1);
  return {
    packId: pack.publicId,
    name: pack.name,
    title: last?.options.title ?? pack.name,
    revision: last?.revision ?? 0,
    madeAt: pack.madeAt,
    closedAt: pack.closedAt,
    raters: packRaters(store, pack.id).map(({ id, name }) => ({ name, ...answeredOfRater(store, id) })),
    ...returnedCounts(store, pack.id),
    keys: keysOfPack(store, pack.id).map(keyWords),
  };
}
