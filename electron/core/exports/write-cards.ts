import type { PeopleView } from '../../../shared/card/columns/judge-view.ts';
import { MEASURES } from '../../../shared/card/figures/measures.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { cardsOfJudges } from '../card/compute-card.ts';
import { LineFile, type WrittenFile } from '../files/write-lines.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { TaskControls } from '../work/task-controls.ts';

export const CARDS_FILE = 'agreement-card.json';

/**
 * Writes the card of every judge, and once what no judge changes (`parts`), with how each figure is computed.
 *
 * @param tunedOn ids of the pairs that a judge was written against, and that are in no figure of its card
 */
export function writeCards(
  study: StudyRow,
  view: PeopleView,
  folder: string,
  controls: TaskControls,
  tunedOn: ReadonlyMap<string, readonly string[]> = new Map(),
): WrittenFile {
  const { parts, cards } = cardsOfJudges(view, null, controls);
  const told = cards.map((card) => {
    const written = card.judge === null ? undefined : tunedOn.get(card.judge);
    return written === undefined ? card : { ...card, tunedOn: written };
  });
  const file = new LineFile(folder, CARDS_FILE);
  const content = {
    study: study.name,
    isSynthetic: study.isSynthetic,
    parts,
    cards: told,
    measures: MEASURES,
  };
  file.writeLine(JSON.stringify(JSON.parse(canonicalJson(content)), null, 1));
  return file.finish();
}
