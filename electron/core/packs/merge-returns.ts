import type { FileProgress } from '../../../shared/contract/job-methods.ts';
import type { MergedFile, MergeResult } from '../../../shared/contract/pack-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { textSha256 } from '../../../shared/json/content-hash.ts';
import { keyWords } from '../../../shared/pack/key-words.ts';
import type { ReturnReader } from '../../../shared/pack/return-reader.ts';
import { readableBytes } from '../files/readable-file.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { type ReadStore, Store, type WriteStore } from '../store/engine/database.ts';
import { answeredOfRater, type PackRow, packByPublicId, packRaters } from '../store/packs/packs.ts';
import { insertMerge, keysOfPack } from '../store/packs/returned-rows.ts';
import { joinedReceipts, RECEIPT_VERSION } from '../store/rating/rating-receipt.ts';
import { nextRatingId } from '../store/rating/ratings.ts';
import { type StudyRow, studyByPublicId } from '../store/study/studies.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { inTransaction } from '../work/transaction.ts';
import { type LeadContent, leadContent } from './lead-content.ts';
import { endsAsReturn, readHeader, readReturn, returnReader } from './return-file.ts';
import { noCounts, ReturnMerge } from './return-merge.ts';

export interface MergeRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly files: readonly { readonly path: string; readonly name: string }[];
  /** Words or public keys of vendors that were compared with what they say. */
  readonly trusts: readonly string[];
  /** Rows that are taken although something is wrong with them. */
  readonly accepts: readonly string[];
  readonly recovers: boolean;
  readonly dryRun: boolean;
  readonly nowMs: number;
}

/** Ratings under one receipt of the log. */
const RATINGS_PER_RECEIPT = 1000;

/**
 * Looks through returns, and unless it is a dry run takes what is good: all of it in one transaction. What a row is worth
 * follows from its own log alone, so the order of files, and how they overlap, makes no difference.
 */
export async function mergeReturns(
  request: MergeRequest,
  controls: TaskControls = NO_CONTROLS,
): Promise<MergeResult> {
  const store = new Store(request.storePath, { readonly: false, cacheKib: 32 * 1024 });
  const cutOff = new Set<string>();
  try {
    for (;;) {
      const result = await inTransaction(
        store,
        controls,
        (store) => mergeFiles(store, request, cutOff, controls),
        (merge) => merge !== null && !merge.isDryRun && !merge.changedNothing,
      );
      if (result !== null) return result;
    }
  } finally {
    store.close();
  }
}

/**
 * All files. Null where a file turned out to be cut off although its last line looked like an end:
 * what it brought must be taken back with everything else, and it now stands among `cutOff`.
 */
async function mergeFiles(
  store: WriteStore,
  request: MergeRequest,
  cutOff: Set<string>,
  controls: TaskControls,
): Promise<MergeResult | null> {
  const study = studyByPublicId(store, request.studyId);
  if (study === undefined) throw new ServiceError('not_found', { key: 'rating.study_unknown' });
  const before = nextRatingId(store) - 1;
  const files: MergedFile[] = [];
  const bytesTotal = request.files.reduce((sum, file) => sum + readableBytes(file), 0);
  const read = { bytesDone: 0, bytesTotal, records: 0 };
  const run: MergeRun = { store, study, request, cutOff, contents: new Map(), controls, read };
  let [taken, aside, changes] = [0, 0, 0];
  for (const file of await inKeyOrder(request.files)) {
    const { view, merge } = await mergeFile(run, file);
    if (view === null) return null;
    files.push(view);
    taken += merge?.taken ?? 0;
    aside += merge?.keptAside ?? 0;
    changes += merge?.changes ?? 0;
  }
  const changedNothing = changes === 0;
  if (!request.dryRun && !changedNothing) logRatings(store, study, before, request.nowMs);
  return { isDryRun: request.dryRun, files, taken, keptAside: aside, changedNothing };
}

/** By the keys that signed them: where two keys claim one rater, it is not the order of files that decides. */
async function inKeyOrder(files: MergeRequest['files']): Promise<MergeRequest['files']> {
  const keyed = await Promise.all(
    files.map(async (file) => {
      const header = await readHeader(file.path);
      return { file, key: header?.key ?? '' };
    }),
  );
  return keyed
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ file }) => file);
}

/** What the files of one merge share. */
interface MergeRun {
  readonly store: WriteStore;
  readonly study: StudyRow;
  readonly request: MergeRequest;
  readonly cutOff: Set<string>;
  readonly contents: Map<number, LeadContent | null>;
  readonly controls: TaskControls;
  readonly read: { -readonly [Key in keyof FileProgress]: FileProgress[Key] };
}

async function mergeFile(
  { store, study, request, cutOff, contents, controls, read }: MergeRun,
  file: MergeRequest['files'][number],
): Promise<{ readonly view: MergedFile | null; readonly merge: ReturnMerge | null }> {
  const reader = returnReader();
  let merge: ReturnMerge | null = null;
  let refusal: string | null = null;
  let pack: PackRow | undefined;
  const onRead = (bytes: number) => {
    read.bytesDone += bytes;
  };
  for await (const batch of readReturn(file.path, reader, onRead)) {
    if (merge === null && refusal === null && reader.header !== null) {
      pack = packByPublicId(store, reader.header.packId);
      refusal = refusalOf(study, pack, reader, contentOf(store, study, pack, contents));
      const content = pack === undefined ? null : contents.get(pack.id);
      const isTaken = request.recovers || (!cutOff.has(file.path) && endsAsReturn(file.path));
      if (isTaken && refusal === null && pack !== undefined && content !== null && content !== undefined)
        merge = new ReturnMerge({
          store,
          study,
          pack,
          content,
          request,
          key: reader.header.key,
        });
    }
    if (reader.header === null && reader.problemCount > 0) break;
    merge?.takeAll(batch);
    read.records += batch.length;
    controls.onProgress({ ...read });
    throwIfCancelled(controls);
  }
  const isCutOff = reader.end === null;
  if (refusal === null && reader.header === null) refusal = 'is not a return, or its first line was altered';
  if (refusal === null && isCutOff && !request.recovers)
    refusal = `was cut off after row ${reader.rows}; what is intact can be recovered on request`;
  if (refusal !== null && merge !== null) {
    cutOff.add(file.path);
    return { view: null, merge: null };
  }
  const finished = refusal === null ? merge?.finish(reader) : undefined;
  if (finished !== undefined && merge !== null && merge.changes > 0 && pack !== undefined) {
    insertMerge(store, {
      packId: pack.id,
      publicKey: reader.header?.key ?? '',
      file: file.name,
      counts: finished.counts,
      isRecovered: isCutOff,
      at: request.nowMs,
    });
    const details = {
      pack: pack.name,
      file: file.name,
      key: keyWords(reader.header?.key ?? ''),
      counts: finished.counts,
      isRecovered: isCutOff,
    };
    appendAudit(store, {
      at: request.nowMs,
      studyId: study.id,
      actor: 'lead',
      action: 'return.merged',
      details,
    });
  }
  const key = reader.header?.key;
  const view: MergedFile = {
    file: file.name,
    pack: pack === undefined ? null : { name: pack.name, packId: pack.publicId },
    raters: finished?.raters ?? [],
    words: key === undefined ? null : keyWords(key),
    isKeyKnown: pack !== undefined && key !== undefined && keysOfPack(store, pack.id).includes(key),
    state: refusal !== null ? 'refused' : isCutOff ? 'cut_off' : reader.isWhole ? 'whole' : 'damaged',
    isComplete: pack !== undefined && merge !== null && isAnswered(store, pack),
    counts: finished?.counts ?? {
      ...noCounts(),
      ...(refusal === null ? {} : { foreign: pack === undefined ? reader.rows : 0 }),
    },
    rows: [
      ...(refusal === null
        ? []
        : [{ line: null, n: null, class: 'foreign' as const, reason: refusal, rater: null, sha256: null }]),
      ...(refusal === null ? (finished?.rows ?? []) : problemRows(reader)),
    ],
    clockShifts: finished?.clockShifts ?? 0,
  };
  return { view, merge: refusal === null ? merge : null };
}

function isAnswered(store: ReadStore, pack: PackRow): boolean {
  return packRaters(store, pack.id).every(({ id }) => {
    const { answered, presentations } = answeredOfRater(store, id);
    return answered === presentations;
  });
}

function contentOf(
  store: WriteStore,
  study: StudyRow,
  pack: PackRow | undefined,
  contents: Map<number, LeadContent | null>,
): LeadContent | null {
  if (pack === undefined || pack.studyId !== study.id) return null;
  const known = contents.get(pack.id);
  if (known !== undefined) return known;
  const content = leadContent(store, study, pack);
  contents.set(pack.id, content);
  return content;
}

/** Why nothing of a file counts; null where it may. */
function refusalOf(
  study: StudyRow,
  pack: PackRow | undefined,
  { header }: ReturnReader,
  content: LeadContent | null,
): string | null {
  if (header === null) return null;
  if (pack === undefined) return 'belongs to a pack that this store did not make';
  if (pack.studyId !== study.id) return `belongs to the pack “${pack.name}” of another study`;
  if (header.study !== study.publicId) return 'names another study than its pack is of';
  const manifest = content?.manifests.get(header.revision);
  if (manifest === undefined)
    return `names revision ${header.revision} of “${pack.name}”, which was never written`;
  if (textSha256(manifest) !== header.manifestSha256)
    return `was made from a pack that names itself “${pack.name}” and is not the one that was written here`;
  return null;
}

function problemRows({ problems }: ReturnReader): MergedFile['rows'] {
  return problems.map(({ line, n, reason }) => ({
    line,
    n,
    class: 'altered',
    reason,
    rater: null,
    sha256: null,
  }));
}

/** Receipts of everything that was taken: it all stands behind what there was before. */
function logRatings(store: WriteStore, study: StudyRow, before: number, at: number): void {
  const last = nextRatingId(store) - 1;
  for (let from = before + 1; from <= last; from += RATINGS_PER_RECEIPT) {
    const to = Math.min(last, from + RATINGS_PER_RECEIPT - 1);
    const sha256 = joinedReceipts(store, from, to);
    if (sha256 === undefined) throw new Error(`of ratings ${from} to ${to}, one is not there`);
    const details = { from, to, sha256, receipt: RECEIPT_VERSION };
    appendAudit(store, { at, studyId: study.id, actor: 'lead', action: 'ratings.merged', details });
  }
}
