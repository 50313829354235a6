import { basename, resolve } from 'node:path';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { canonicalJson } from '../../../../shared/json/canonical-json.ts';
import { keyWords } from '../../../../shared/pack/key-words.ts';
import { withContainer } from '../../../core/packs/with-container.ts';
import { unwrap, withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';
import { secretFrom } from './pack-secret.ts';

interface Json {
  readonly json?: boolean;
}

export function packListCommand(
  { study, json }: Json & { readonly study: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const packs = unwrap(await client.call('packs.list', { studyId }));
    if (json === true) terminal.print(JSON.stringify(packs));
    else
      terminal.print(
        packs.length === 0
          ? 'This study has no packs.'
          : tableText(
              ['pack', 'revision', 'rater', 'answered', 'of', 'state'],
              packs.flatMap(({ name, revision, raters, closedAt }) =>
                raters.map((rater) => [
                  name,
                  String(revision),
                  rater.name,
                  String(rater.answered),
                  String(rater.presentations),
                  closedAt === null ? 'out' : 'closed',
                ]),
              ),
            ),
      );
    return EXIT.fine;
  });
}

export function packCloseCommand(
  { study, pack, json }: Json & { readonly study: string; readonly pack: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const known = unwrap(await client.call('packs.list', { studyId })).find(({ name }) => name === pack);
    if (known === undefined) throw new ServiceError('not_found', `This study has no pack “${pack}”.`);
    const packs = unwrap(await client.call('packs.close', { studyId, packId: known.packId }));
    terminal.print(
      json === true ? JSON.stringify(packs) : `“${pack}” is closed: what is recorded from now on is late.`,
    );
    return EXIT.fine;
  });
}

export async function packInspectCommand(
  path: string,
  { secretFile, json }: Json & { readonly secretFile?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  return withContainer(
    { path: resolve(path), name: basename(path) },
    secretFrom(secretFile),
    async (container) => {
      const { manifest, publicKey } = container;
      // The signature is over all bytes; this also holds every file against its own hash.
      for (const { name } of manifest.files) await container.readLines(name, () => undefined);
      const words = keyWords(publicKey);
      if (json === true) terminal.print(JSON.stringify({ words, publicKey, manifest }));
      else {
        terminal.print(`${basename(path)}: every byte is what was signed, with the key: ${words}`);
        terminal.print(`“${manifest.study.title}”, pack ${manifest.packId}, revision ${manifest.revision}`);
        terminal.print(
          tableText(
            ['rater', 'pairs', 'of them training'],
            manifest.raters.map(({ name, presentations, training }) => [
              name,
              String(presentations),
              String(training),
            ]),
          ),
        );
        terminal.print(
          tableText(
            ['file', 'rows', 'bytes', 'sha256'],
            manifest.files.map(({ name, rows, bytes, sha256 }) => [
              name,
              String(rows),
              String(bytes),
              sha256,
            ]),
          ),
        );
        terminal.print(`Accepted when: ${canonicalJson(manifest.acceptance)}`);
      }
      return EXIT.fine;
    },
  );
}
