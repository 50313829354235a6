import type { z } from 'zod';
import type { ErrorMessage } from '../errors/messages.ts';
import { EXAMPLES_FILE, PRACTICE_FILE, TEXTS_FILE } from './pack-manifest.ts';
import { packRow } from './pack-row.ts';
import {
  PARTS,
  type PackExample,
  type PackPractice,
  type PackPresentation,
  type PackText,
  packExampleSchema,
  packPracticeSchema,
  packPresentationSchema,
  packTextSchema,
} from './pack-rows.ts';
import { type Container, containerProblem } from './read-container.ts';

/** A row of a file of a pack. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

/** What takes the rows of a pack: texts first, then the list of each rater, then what is known of pairs. */
export interface PackSink {
  /** Told of every row before it is read. */
  onRow?(): void;
  text?(row: PackText): void;
  startOfList?(rater: string): void;
  /** @param where names the row, for messages */
  presentation?(rater: string, place: number, row: PackPresentation, where: RowPlace): void;
  endOfList?(rows: number, file: string): void;
  example?(row: PackExample): void;
  practice?(row: PackPractice): void;
}

/**
 * Reads every file of a verified pack and hands out its rows. Whoever signed a pack can have made it wrongly: ids that are
 * there twice, rows out of their place and texts that are missing are errors that name file and line.
 *
 * @throws ServiceError `import_failed`, and whatever the sink throws
 */
export async function readPackFiles(container: Container, sink: PackSink): Promise<void> {
  const { manifest } = container;
  const texts = new Set<string>();
  let before = '';
  await readRows(container, TEXTS_FILE, packTextSchema, sink, (row, where) => {
    if (row.id <= before) throw problem(container, { key: 'pack.row_id_not_in_order', values: where });
    before = row.id;
    texts.add(row.id);
    sink.text?.(row);
  });
  const requireTexts = ({ task, left, right }: PackExample | PackPresentation, where: RowPlace) => {
    const field = !texts.has(task) ? 'task' : !texts.has(left) ? 'left' : !texts.has(right) ? 'right' : null;
    if (field !== null)
      throw problem(container, { key: 'pack.row_text_missing', values: { ...where, field } });
  };
  const ids = new Set<string>();
  for (const { name: rater, file, training } of manifest.raters) {
    sink.startOfList?.(rater);
    let [place, part] = [0, 0];
    await readRows(container, file, packPresentationSchema, sink, (row, where) => {
      if (ids.has(row.id)) throw problem(container, { key: 'pack.row_id_twice', values: where });
      ids.add(row.id);
      const partNow = PARTS.indexOf(row.part);
      if (partNow < part || (row.part === 'work') !== place >= training)
        throw problem(container, { key: 'pack.row_part_misplaced', values: where });
      part = partNow;
      requireTexts(row, where);
      sink.presentation?.(rater, place, row, where);
      place++;
    });
    sink.endOfList?.(place, file);
  }
  await readRows(container, EXAMPLES_FILE, packExampleSchema, sink, (row, where) => {
    requireTexts(row, where);
    sink.example?.(row);
  });
  await readRows(container, PRACTICE_FILE, packPracticeSchema, sink, (row) => sink.practice?.(row));
}

function readRows<Schema extends z.ZodType>(
  container: Container,
  file: string,
  schema: Schema,
  sink: PackSink,
  take: (row: z.output<Schema>, where: RowPlace) => void,
): Promise<void> {
  return container.readLines(file, (text, line) => {
    sink.onRow?.();
    const where = { file, line };
    const row = packRow(schema, text);
    if ('reason' in row)
      throw problem(container, { key: 'pack.row_field', values: { ...where, reason: row.reason } });
    take(row.value, where);
  });
}

function problem({ name }: Container, reason: ErrorMessage) {
  return containerProblem(name, reason);
}
