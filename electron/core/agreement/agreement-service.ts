import { SPLIT_SLICE } from '../../../shared/card/columns/card-data.ts';
import type { SliceName } from '../../../shared/card/columns/comparison-filter.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { CARDS } from '../card/tasks.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { judgeVersionByName } from '../store/judging/judge-versions.ts';
import { requireStudy, type StudyRow } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';

/** Figures on the dev side alone are what a judge may be tuned by; every other card is a look at the test side. */
function isOffTest(slice: SliceName | null): boolean {
  return slice?.name === SPLIT_SLICE && slice.value === 'dev';
}

/** A card is worked out in a thread of its own, never on the one that serves keys. */
export async function agreementCard(
  { store, cards, ports }: AppContext,
  input: ParsedInputOf<'agreement.card'>,
  controls: TaskControls,
): Promise<ReplyOf<'agreement.card'>> {
  const study = requireStudy(store, input.studyId);
  const { judge = null, slice = null } = input;
  const { head, parts } = await cards.card(
    {
      storePath: store.path,
      studyId: input.studyId,
      judge,
      options: agreementOptionsSchema.parse(input.options),
      slice,
      isForPage: ports.host !== 'in_process',
      raterPairs: input.raterPairs,
    },
    input.parts,
    controls,
    ({ judge: shown }) => {
      if (shown !== null && !isOffTest(slice)) noteLook({ store, ports }, study, shown, slice);
    },
  );
  return { ...head, parts };
}

/** The cards of all judges, worked out together from one view of the store. */
export async function agreementCards(
  { store, ports }: AppContext,
  input: ParsedInputOf<'agreement.cards'>,
  controls: TaskControls,
): Promise<ReplyOf<'agreement.cards'>> {
  const study = requireStudy(store, input.studyId);
  const { slice = null, raterPairs } = input;
  const request = {
    storePath: store.path,
    studyId: input.studyId,
    options: agreementOptionsSchema.parse(input.options),
    slice,
    isForPage: ports.host !== 'in_process',
    raterPairs,
  };
  const { cards, parts, ...about } = await runInWorker(CARDS, request, controls);
  for (const { judge } of isOffTest(slice) ? [] : cards)
    if (judge !== null) noteLook({ store, ports }, study, judge, slice);
  return { ...about, parts, cards: cards.map((card) => ({ ...about, ...card })) };
}

/** Imported verdicts are not counted: nobody tunes them from here. */
function noteLook(
  { store, ports }: Pick<AppContext, 'store' | 'ports'>,
  { id }: StudyRow,
  judge: string,
  slice: SliceName | null,
): void {
  if (judgeVersionByName(store, id, judge) === undefined) return;
  store.write((store) =>
    appendAudit(store, {
      at: ports.clock.nowMs(),
      studyId: id,
      actor: 'lead',
      action: 'judge_test_split_looked_at',
      details: { judge, slice },
    }),
  );
}
