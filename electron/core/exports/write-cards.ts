import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import { cardOfView } from '../../../shared/domain/card/agreement-card.ts';
import type { CardData } from '../../../shared/domain/card/card-data.ts';
import { peopleView } from '../../../shared/domain/card/judge-view.ts';
import { MEASURES } from '../../../shared/domain/card/measures.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import { requireCard } from '../agreement/compute-card.ts';
import { type TaskControls, throwIfCancelled } from '../jobs/task-controls.ts';
import type { StudyRow } from '../store/studies.ts';
import { LineFile, type WrittenFile } from './write-lines.ts';

export const CARDS_FILE = 'agreement-card.json';

/**
 * Writes the card of every judge, or people's part where there is none, with how each figure is computed.
 *
 * @param tunedOn ids of the pairs that a judge was written against, and that are in no figure of its card
 */
export function writeCards(
  study: StudyRow,
  data: CardData,
  options: AgreementOptions,
  folder: string,
  controls: TaskControls,
  tunedOn: ReadonlyMap<string, readonly string[]> = new Map(),
): WrittenFile {
  const view = peopleView(data, options);
  const judges = data.judges.length === 0 ? [null] : data.judges.map(({ name }) => name);
  const cards = judges.map((judge) => {
    const maker = requireCard(cardOfView(view, judge, null), { judge, slice: null });
    const parts = maker.parts.map((name) => {
      throwIfCancelled(controls);
      return maker.part(name);
    });
    const written = judge === null ? undefined : tunedOn.get(judge);
    return { ...maker.head, parts, ...(written === undefined ? {} : { tunedOn: written }) };
  });
  const file = new LineFile(folder, CARDS_FILE);
  const content = { study: study.name, isSynthetic: study.isSynthetic, cards, measures: MEASURES };
  file.writeLine(JSON.stringify(JSON.parse(canonicalJson(content)), null, 1));
  return file.finish();
}
