import { ServiceError } from '../../../shared/errors/errors.ts';
import { Acceptance, type AcceptanceReport } from '../../../shared/pack/acceptance.ts';
import type { AnswerKey } from '../../../shared/pack/answer-key.ts';
import { type ReturnRow, returnRowSchema } from '../../../shared/pack/return-rows.ts';
import { Store } from '../store/engine/database.ts';
import { packByPublicId } from '../store/packs/packs.ts';
import { signedLines } from '../store/packs/returned-rows.ts';
import { studyByPublicId } from '../store/study/studies.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { answerKeyOf } from './answer-key-of.ts';
import { leadLists } from './lead-content.ts';

export interface AcceptPackRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly packId: string;
  readonly nowMs: number;
}

/** What the rule of a pack says of everything that came back under known keys, and the answer key it was worked out with. */
export function acceptPack(
  { storePath, studyId, packId, nowMs }: AcceptPackRequest,
  controls: TaskControls = NO_CONTROLS,
): { readonly report: AcceptanceReport; readonly answerKey: AnswerKey } {
  const store = new Store(storePath, { readonly: false });
  try {
    const study = studyByPublicId(store, studyId);
    const pack = packByPublicId(store, packId);
    if (study === undefined || pack === undefined || pack.studyId !== study.id)
      throw new ServiceError('not_found', { key: 'pack_making.unknown' });
    const lead = leadLists(store, study, pack, nowMs);
    if (lead === null) throw new ServiceError('not_found', { key: 'pack_making.never_written' });
    const answerKey = answerKeyOf(store, study, pack, lead.revision, lead.secret);
    const acceptance = new Acceptance(lead.content, lead.presentationsOf);
    for (const [, line] of signedLines(store, pack.id)) {
      const row = returnRowSchema.safeParse(JSON.parse(line));
      if (row.success) acceptance.take(row.data satisfies ReturnRow);
      throwIfCancelled(controls);
    }
    return { report: acceptance.report(answerKey), answerKey };
  } finally {
    store.close();
  }
}
