/** Writes what a judge has still to be asked as files of OpenAI's Batch API, which other servers' batch runners take too. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JudgeBatchResult } from '../../../shared/contract/judge-batch-methods.ts';
import type { RunSelection } from '../../../shared/contract/run-selection.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { LineFile, type WrittenFile } from '../files/write-lines.ts';
import { Store } from '../store/engine/database.ts';
import { batchRequest, insertRequest, insertRun } from '../store/judging/judge-runs.ts';
import { judgeVersionByName } from '../store/judging/judge-versions.ts';
import { studyByPublicId } from '../store/study/studies.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { judgeTasks } from './judge-tasks.ts';
import { requestBody } from './request-body.ts';

/** The limits of one file. */
export const BATCH_FILE_LIMITS = { lines: 50_000, bytes: 200_000_000 } as const;

export interface CreateBatchRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly judge: string;
  readonly selection: RunSelection;
  readonly folder: string;
  readonly newRunId: string;
  readonly nowMs: number;
  /** Smaller limits, for tests of where files end. */
  readonly limits?: { readonly lines: number; readonly bytes: number };
}

/** Writes the files, then notes what is in them, all or nothing. What is out in another batch is left out. */
export function createBatch(
  request: CreateBatchRequest,
  controls: Pick<TaskControls, 'isCancelled'> = NO_CONTROLS,
): JudgeBatchResult {
  const { lines: mostLines, bytes: mostBytes } = request.limits ?? BATCH_FILE_LIMITS;
  const store = new Store(request.storePath, { readonly: false });
  let batch: BatchFiles | undefined;
  try {
    const study = studyByPublicId(store, request.studyId);
    const version = study === undefined ? undefined : judgeVersionByName(store, study.id, request.judge);
    if (study === undefined || version === undefined) {
      throw new ServiceError('not_found', {
        key: 'judge.not_runnable_here',
        values: { name: request.judge },
      });
    }
    mkdirSync(request.folder, { recursive: true });
    return store.write((store) => {
      const runId = insertRun(store, {
        publicId: request.newRunId,
        judgeId: version.judgeId,
        kind: 'batch',
        plan: { selection: request.selection },
        startedAt: request.nowMs,
      });
      const files = new BatchFiles(
        request.folder,
        `${request.judge.replace(/[^\w.-]+/gu, '-')}-${request.newRunId}`,
        { mostLines, mostBytes },
      );
      batch = files;
      let alreadyOut = 0;
      for (const task of judgeTasks(store, study, version, request.selection)) {
        throwIfCancelled(controls);
        // A score that is known from another pair still needs its judgment, which a live run makes for nothing.
        if (task.isKnown) continue;
        const { key, messages, leastTokens } = task.request();
        if (batchRequest(store, version.judgeId, key) !== undefined) {
          alreadyOut++;
          continue;
        }
        const body = requestBody(version.definition, messages, task.place.sample);
        files.write(JSON.stringify({ custom_id: key, method: 'POST', url: '/v1/chat/completions', body }));
        insertRequest(store, runId, key, task.place, leastTokens);
      }
      const written = files.finish();
      if (written.length === 0)
        throw new ServiceError('conflict', { key: alreadyOut > 0 ? 'batch.all_out' : 'batch.nothing_left' });
      return {
        runId: request.newRunId,
        judge: request.judge,
        files: written,
        requests: written.reduce((sum, { rows }) => sum + rows, 0),
        alreadyOut,
      };
    });
  } catch (error) {
    // Files that the store knows nothing of would be asked twice.
    batch?.abandon();
    throw error;
  } finally {
    store.close();
  }
}

/** Lines dealt out to files within their limits. */
class BatchFiles {
  readonly #folder: string;
  readonly #name: string;
  readonly #limits: { readonly mostLines: number; readonly mostBytes: number };
  readonly #open: LineFile[] = [];
  readonly #finished: WrittenFile[] = [];
  #file: LineFile | null = null;
  #lines = 0;
  #bytes = 0;

  constructor(
    folder: string,
    name: string,
    limits: { readonly mostLines: number; readonly mostBytes: number },
  ) {
    this.#folder = folder;
    this.#name = name;
    this.#limits = limits;
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    if (bytes > this.#limits.mostBytes)
      throw new ServiceError('too_large', { key: 'batch.request_too_large' });
    if (
      this.#file === null ||
      this.#lines + 1 > this.#limits.mostLines ||
      this.#bytes + bytes > this.#limits.mostBytes
    ) {
      this.#file = new LineFile(
        this.#folder,
        `${this.#name}-${String(this.#open.length + 1).padStart(4, '0')}.jsonl`,
      );
      this.#open.push(this.#file);
      this.#lines = 0;
      this.#bytes = 0;
    }
    this.#file.writeLine(line);
    this.#lines++;
    this.#bytes += bytes;
  }

  finish() {
    while (this.#open[0] !== undefined) {
      this.#finished.push(this.#open[0].finish());
      this.#open.shift();
    }
    return this.#finished;
  }

  /** Leaves nothing behind, finished files included. */
  abandon(): void {
    for (const file of this.#open) file.abandon();
    for (const { name } of this.#finished) rmSync(join(this.#folder, name), { force: true });
  }
}
