/** What is asked of files of packs alone, by either side: nothing of a store is looked at. */
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { AppContext } from '../context/app-context.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { FILES_ACCEPTANCE, INSPECTION, PAGE } from './tasks.ts';

export function inspectHandedPack(
  { files }: AppContext,
  { uploadId, secret }: ParsedInputOf<'packs.inspect'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.inspect'>> {
  return runInWorker(INSPECTION, { file: files.file(uploadId), secret }, controls);
}

export function acceptHandedFiles(
  { files }: AppContext,
  { uploadId, secret, returns, answersId }: ParsedInputOf<'packs.acceptFiles'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.acceptFiles'>> {
  const request = {
    pack: files.file(uploadId),
    secret,
    returns: returns.map((id) => files.file(id)),
    answers: answersId === undefined ? null : files.file(answersId),
  };
  return runInWorker(FILES_ACCEPTANCE, request, controls);
}

export function writePackPage(
  { files }: AppContext,
  { uploadId, pageId, placeId }: ParsedInputOf<'packs.writePage'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.writePage'>> {
  const request = {
    pack: files.file(uploadId),
    page: files.file(pageId).path,
    target: files.place(placeId),
  };
  return runInWorker(PAGE, request, controls);
}
