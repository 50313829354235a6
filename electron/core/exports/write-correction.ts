import type { PeopleView } from '../../../shared/card/columns/judge-view.ts';
import { judgeCorrection } from '../../../shared/card/correction/judge-correction.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { LineFile, type WrittenFile } from '../files/write-lines.ts';
import type { StudyRow } from '../store/study/studies.ts';

const CORRECTION_FORMAT = 'touchstone-correction/1';
const CORRECTION_FILE = 'correction.json';

/** Writes what corrects each judge where people have not labelled; `docs/correction.md` says how it is applied. */
export function writeCorrection(study: StudyRow, view: PeopleView, folder: string): WrittenFile {
  const judges = view.data.judges.map((judge) => judgeCorrection({ ...view, judge }));
  const file = new LineFile(folder, CORRECTION_FILE);
  const content = {
    format: CORRECTION_FORMAT,
    study: study.name,
    isSynthetic: study.isSynthetic,
    options: view.options,
    judges,
  };
  file.writeLine(JSON.stringify(JSON.parse(canonicalJson(content)), null, 1));
  return file.finish();
}
