/** `touchstone pack acceptance`: whether the work is accepted, worked out by either side. */
import { basename, resolve } from 'node:path';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { canonicalJson } from '../../../../shared/json/canonical-json.ts';
import { writeWholeFile } from '../../../core/files/whole-file.ts';
import { acceptFiles } from '../../../core/packs/accept-files.ts';
import { acceptPack } from '../../../core/packs/accept-pack.ts';
import { withContainer } from '../../../core/packs/with-container.ts';
import { systemClock } from '../../../core/ports/system-ports.ts';
import { unwrap, withStudy } from '../client/in-process.ts';
import { acceptanceText } from '../terminal/acceptance-text.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';
import { secretFrom } from './pack-secret.ts';

interface Json {
  readonly json?: boolean;
}

export async function packAcceptanceCommand(
  returns: readonly string[],
  {
    study,
    pack,
    answersOut,
    answers,
    secretFile,
    json,
  }: Json & {
    readonly study?: string;
    readonly pack: string;
    readonly answersOut?: string;
    readonly answers?: string;
    readonly secretFile?: string;
  },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const withBaseName = (path: string) => ({ path: resolve(path), name: basename(path) });
  const report =
    study === undefined
      ? await withContainer(withBaseName(pack), secretFrom(secretFile), (container) =>
          acceptFiles(
            container,
            returns.map(withBaseName),
            answers === undefined ? null : withBaseName(answers),
          ),
        )
      : await withStudy(storePath, study, async ({ client, studyId }) => {
          const known = unwrap(await client.call('packs.list', { studyId })).find(
            ({ name }) => name === pack,
          );
          if (known === undefined) throw new ServiceError('not_found', `This study has no pack “${pack}”.`);
          const { packId } = known;
          const accepted = acceptPack({ storePath, studyId, packId, nowMs: systemClock.nowMs() });
          if (answersOut !== undefined) writeWholeFile(answersOut, canonicalJson(accepted.answerKey), 0o600);
          return accepted.report;
        });
  terminal.print(json === true ? JSON.stringify(report) : acceptanceText(report));
  return report.verdict === 'accepted' ? EXIT.fine : EXIT.failed;
}
