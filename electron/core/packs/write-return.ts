import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ReturnHeader } from '../../../shared/pack/return-rows.ts';
import { returnLines } from '../../../shared/pack/return-writer.ts';
import { Store } from '../store/database.ts';
import { ownSigner } from './own-signer.ts';
import { logLinesInOrder } from './sqlite-pack-storage.ts';

export interface WriteReturnRequest {
  readonly storePath: string;
  readonly header: ReturnHeader;
  readonly isComplete: boolean;
  readonly target: string;
  readonly nowMs: number;
}

const BUFFER_CHARACTERS = 256 * 1024;

/** Writes a return beside its place; it takes its name only once it is whole and on disk. */
export function writeReturn({ storePath, header, isComplete, target, nowMs }: WriteReturnRequest): {
  readonly rows: number;
} {
  const store = new Store(storePath, { readonly: false });
  const unfinished = `${target}.unfinished`;
  mkdirSync(dirname(target), { recursive: true });
  const handle = openSync(unfinished, 'w', 0o600);
  try {
    const signer = ownSigner(store, nowMs);
    let [pending, rows] = ['', 0];
    const counted = function* () {
      for (const line of logLinesInOrder(store, header.packId)) {
        rows++;
        yield line;
      }
    };
    // One view of the log: a vote that is given meanwhile goes into the next return.
    store.read(() => {
      for (const line of returnLines(header, counted(), { isComplete, madeAt: nowMs }, signer)) {
        pending += `${line}\n`;
        if (pending.length > BUFFER_CHARACTERS) {
          writeSync(handle, pending);
          pending = '';
        }
      }
    });
    writeSync(handle, pending);
    fsyncSync(handle);
    closeSync(handle);
    renameSync(unfinished, target);
    return { rows };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    store.close();
  }
}
