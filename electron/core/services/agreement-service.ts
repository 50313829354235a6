import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { agreementOptionsSchema } from '../../../shared/domain/agreement-options.ts';
import { SPLIT_SLICE } from '../../../shared/domain/card/card-data.ts';
import type { SliceName } from '../../../shared/domain/card/comparison-filter.ts';
import type { AppContext } from '../app-context.ts';
import { runInWorker } from '../jobs/run-in-worker.ts';
import { appendAudit } from '../store/audit.ts';
import { TEST_LOOK } from '../store/judge-report.ts';
import { judgeVersionByName } from '../store/judge-versions.ts';
import { requireStudy, type StudyRow } from '../store/studies.ts';

/** Figures on the dev side alone are what a judge may be tuned by; every other card is a look at the test side. */
function isOffTest(slice: SliceName | null): boolean {
  return slice?.name === SPLIT_SLICE && slice.value === 'dev';
}

/** A card is worked out in a thread of its own, never on the one that serves keys. */
export async function agreementCard(
  { store, cards, ports }: AppContext,
  input: ParsedInputOf<'agreement.card'>,
): Promise<ReplyOf<'agreement.card'>> {
  const study = requireStudy(store, input.studyId);
  const { judge = null, slice = null } = input;
  let isOwnRun = false;
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
    () => {
      isOwnRun = true;
    },
  );
  if (isOwnRun && head.judge !== null && !isOffTest(slice))
    noteLook({ store, ports }, study, head.judge, slice);
  return { ...head, parts };
}

/** The cards of all judges, worked out together from one view of the store. */
export async function agreementCards(
  { store, ports }: AppContext,
  input: ParsedInputOf<'agreement.cards'>,
): Promise<ReplyOf<'agreement.cards'>> {
  const study = requireStudy(store, input.studyId);
  const { slice = null, raterPairs } = input;
  const { cards, parts, ...about } = await runInWorker('cards', {
    storePath: store.path,
    studyId: input.studyId,
    options: agreementOptionsSchema.parse(input.options),
    slice,
    isForPage: ports.host !== 'in_process',
    raterPairs,
  });
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
  const entry = {
    at: ports.clock.nowMs(),
    studyId: id,
    actor: 'lead',
    action: TEST_LOOK,
    details: { judge, slice },
  };
  store.write(() => appendAudit(store, entry));
}
