import { readFileSync } from 'node:fs';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { textSha256 } from '../../../shared/json/content-hash.ts';
import { readBy } from '../../../shared/json/read-by-schema.ts';
import { Acceptance, type AcceptanceReport } from '../../../shared/pack/acceptance.ts';
import { type AnswerKey, answerKeySchema, answerKeySha256 } from '../../../shared/pack/answer-key.ts';
import { packContent } from '../../../shared/pack/pack-content.ts';
import type { PackPresentation } from '../../../shared/pack/pack-rows.ts';
import type { Container } from '../../../shared/pack/read-container.ts';
import { readPackFiles } from '../../../shared/pack/read-pack-files.ts';
import type { SealedRow } from '../../../shared/pack/return-reader.ts';
import { strictText } from '../../../shared/pack/strict-text.ts';
import { readableBytes } from '../files/readable-file.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { readReturn, returnReader } from './return-file.ts';
import { withContainer } from './with-container.ts';

interface NamedFile {
  readonly path: string;
  readonly name: string;
}

export interface AcceptFilesRequest {
  readonly pack: NamedFile;
  /** A passphrase or an age identity. */
  readonly secret: string;
  readonly returns: readonly NamedFile[];
  readonly answers: NamedFile | null;
}

/**
 * Works out a pack's acceptance report from the pack and returns alone, as either side may. With the answer key the lead
 * shows afterwards, also what takes it: the key must be the one whose hash the pack has named from the start.
 *
 * @throws ServiceError `import_failed` for a return that is not whole, or not of this pack
 */
export function acceptFiles(
  { pack, secret, returns, answers }: AcceptFilesRequest,
  controls: TaskControls = NO_CONTROLS,
): Promise<AcceptanceReport> {
  return withContainer(pack, secret, (container) => acceptContainer(container, returns, answers, controls));
}

async function acceptContainer(
  container: Container,
  returns: readonly NamedFile[],
  answers: NamedFile | null,
  controls: TaskControls,
): Promise<AcceptanceReport> {
  const { manifest } = container;
  const lists = new Map<string, PackPresentation[]>(manifest.raters.map(({ name }) => [name, []]));
  const lengths = new Map<string, number>();
  await readPackFiles(container, {
    text: ({ id, messages }) => {
      throwIfCancelled(controls);
      const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
      lengths.set(id, characters);
    },
    presentation: (rater, _place, row) => lists.get(rater)?.push(row),
  });
  const presentationsOf = (rater: string) => lists.get(rater) ?? [];
  const acceptance = new Acceptance(
    packContent(manifest, presentationsOf, (id) => lengths.get(id) ?? 0),
    presentationsOf,
  );
  /** Of each key the longest log: what its other returns hold stands in it, too. */
  const logs = new Map<string, readonly SealedRow[]>();
  for (const file of returns) {
    readableBytes(file);
    const reader = returnReader();
    const rows: SealedRow[] = [];
    for await (const batch of readReturn(file.path, reader)) {
      rows.push(...batch);
      throwIfCancelled(controls);
    }
    const [first] = reader.problems;
    if (!reader.isWhole)
      throw new ServiceError('import_failed', {
        key: 'pack_making.return_not_whole',
        values: { name: file.name, line: first?.line ?? '?', reason: first?.reason ?? 'is not whole' },
      });
    if (reader.header?.packId !== manifest.packId)
      throw new ServiceError('import_failed', {
        key: 'pack_making.return_of_other_pack',
        values: { name: file.name },
      });
    if (
      reader.header.revision === manifest.revision &&
      reader.header.manifestSha256 !== textSha256(container.manifestText)
    )
      throw new ServiceError('import_failed', {
        key: 'pack_making.return_of_namesake',
        values: { name: file.name },
      });
    const { key } = reader.header;
    if (rows.length >= (logs.get(key)?.length ?? 0)) logs.set(key, rows);
  }
  for (const [, rows] of [...logs].sort(([left], [right]) => (left < right ? -1 : 1)))
    for (const { row } of rows) {
      if (row !== null) acceptance.take(row);
      throwIfCancelled(controls);
    }
  return acceptance.report(answers === null ? null : answerKeyFrom(answers, container));
}

function answerKeyFrom(file: NamedFile, { manifest }: Container): AnswerKey {
  readableBytes(file);
  const { path, name } = file;
  let value: unknown;
  const text = strictText(readFileSync(path));
  if (text === null)
    throw new ServiceError('import_failed', { key: 'pack_making.answers_not_text', values: { name } });
  try {
    value = JSON.parse(text);
  } catch {
    throw new ServiceError('import_failed', { key: 'pack_making.answers_not_json', values: { name } });
  }
  const parsed = readBy(answerKeySchema, value);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    throw new ServiceError('import_failed', {
      key: 'pack_making.answers_field',
      values: { name, field: first?.field ?? '', reason: first?.reason ?? '' },
    });
  }
  if (answerKeySha256(parsed.value) !== manifest.answerKeySha256)
    throw new ServiceError('import_failed', { key: 'pack_making.answers_not_of_pack', values: { name } });
  // The hash is that of what it says: bytes beside that would come in under it.
  if (canonicalJson(parsed.value) !== text)
    throw new ServiceError('import_failed', {
      key: 'pack_making.answers_written_otherwise',
      values: { name },
    });
  return parsed.value;
}
