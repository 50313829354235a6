import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import type { CardData } from '../../../shared/domain/card/card-data.ts';
import { peopleView } from '../../../shared/domain/card/judge-view.ts';
import { MEASURES } from '../../../shared/domain/card/measures.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import { cardsOfJudges } from '../agreement/compute-card.ts';
import type { TaskControls } from '../jobs/task-controls.ts';
import type { StudyRow } from '../store/studies.ts';
import { LineFile, type WrittenFile } from './write-lines.ts';

export const CARDS_FILE = 'agreement-card.json';

/**
 * Writes the card of every judge, and once what no judge changes (`parts`), with how each figure is computed.
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
  const { parts, cards } = cardsOfJudges(peopleView(data, options), null, controls);
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
