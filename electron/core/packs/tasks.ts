import { workerTask } from '../work/worker-task.ts';
import type { acceptFiles } from './accept-files.ts';
import type { acceptPack } from './accept-pack.ts';
import type { checkPack } from './check-pack.ts';
import type { inspectPack } from './inspect-pack.ts';
import type { makePack } from './make-pack.ts';
import type { mergeReturns } from './merge-returns.ts';
import type { openPack } from './open-pack.ts';
import type { writeReturn } from './write-return.ts';

export const PACK = workerTask<typeof makePack>('makePack');
export const MERGE = workerTask<typeof mergeReturns>('mergeReturns');
export const ACCEPTANCE = workerTask<typeof acceptPack>('acceptPack');
export const CHECK = workerTask<typeof checkPack>('checkPack', { onlyReads: true });
export const OPENING = workerTask<typeof openPack>('openPack');
export const RETURN = workerTask<typeof writeReturn>('writeReturn');
export const INSPECTION = workerTask<typeof inspectPack>('inspectPack');
export const FILES_ACCEPTANCE = workerTask<typeof acceptFiles>('acceptFiles');
