import { mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { ReturnHeader } from '../../../shared/pack/return-rows.ts';
import { returnLines } from '../../../shared/pack/return-writer.ts';
import { LineFile } from '../files/write-lines.ts';
import { Store } from '../store/engine/database.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { ownSigner } from './own-signer.ts';
import { logLinesInOrder } from './sqlite-pack-storage.ts';

export interface WriteReturnRequest {
  readonly storePath: string;
  readonly header: ReturnHeader;
  readonly isComplete: boolean;
  readonly target: string;
  readonly nowMs: number;
}

/** Writes a return beside its place; it takes its name only once it is whole and on disk. */
export function writeReturn(
  { storePath, header, isComplete, target, nowMs }: WriteReturnRequest,
  controls: TaskControls = NO_CONTROLS,
): { readonly rows: number } {
  const store = new Store(storePath, { readonly: false });
  mkdirSync(dirname(target), { recursive: true });
  const file = new LineFile(dirname(target), basename(target));
  try {
    const signer = ownSigner(store, nowMs);
    let rows = 0;
    const countLines = function* () {
      for (const line of logLinesInOrder(store, header.packId)) {
        throwIfCancelled(controls);
        rows++;
        yield line;
      }
    };
    // One view of the log: a vote that is given meanwhile goes into the next return.
    store.read(() => {
      for (const line of returnLines(header, countLines(), { isComplete, madeAt: nowMs }, signer))
        file.writeLine(line);
    });
    file.finish();
    return { rows };
  } catch (error) {
    file.abandon();
    throw error;
  } finally {
    store.close();
  }
}
