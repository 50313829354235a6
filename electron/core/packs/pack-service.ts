/** Packs of a study: made, sent, taken back in. */
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sensitiveSpans } from '../../../shared/blind/sensitive-text.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { PackFindingView, PackSummary } from '../../../shared/contract/pack-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import { textSha256 } from '../../../shared/json/content-hash.ts';
import type { AppContext } from '../context/app-context.ts';
import { runReport } from '../context/run-report.ts';
import { fileNameOf } from '../files/file-name.ts';
import { writeWholeFile } from '../files/whole-file.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { closePack, packByPublicId } from '../store/packs/packs.ts';
import { systemNamesOf } from '../store/study/comparisons.ts';
import { requireStudy, type StudyRow, studyById } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { NO_CONTROLS, type TaskControls } from '../work/task-controls.ts';
import { readHeader } from './return-file.ts';
import { ACCEPTANCE, MERGE, PACK } from './tasks.ts';

/** Makes a pack beside the store. Findings nobody decided about come back instead. */
export async function makeStudyPack(
  { store, ports, files }: AppContext,
  input: ParsedInputOf<'packs.make'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.make'>> {
  const study = requireStudy(store, input.studyId);
  const { name, isTopUp, options, passphrase, recipients } = input;
  const target =
    input.placeId === undefined
      ? join(
          dirname(store.path),
          'packs',
          `${fileNameOf(name, 'pack')}-${textSha256(`${input.studyId}|${name}`).slice(0, 6)}.touchpack`,
        )
      : files.place(input.placeId);
  mkdirSync(dirname(target), { recursive: true });
  try {
    const request = {
      storePath: store.path,
      studyId: input.studyId,
      name,
      options,
      isTopUp,
      audience: { passphrase, recipients },
      target,
      nowMs: ports.clock.nowMs(),
    };
    const made = await runInWorker(PACK, request, controls);
    const { path } = made;
    const downloadId = ports.host === 'http' ? files.addFile(path, basename(path)).uploadId : null;
    return { made: { name, ...made, downloadId }, findings: null };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.details?.findings === undefined) throw error;
    const { findings, places } = error.details as { findings: readonly PackFindingView[]; places: number };
    // Whoever runs commands decides about them by what they say.
    const listed =
      ports.host === 'in_process'
        ? findings
        : findings.map((finding) => shownFinding(finding, study, systemNamesOf(store, study.id)));
    return { made: null, findings: { places, listed } };
  }
}

/** While a study is blind, what names a system is not shown with the text it stands in. */
function shownFinding(
  finding: PackFindingView,
  { unblindedAt }: StudyRow,
  systemNames: readonly string[],
): PackFindingView {
  if (unblindedAt !== null) return finding;
  const tells =
    finding.group === 'identity' ||
    sensitiveSpans(finding.found, systemNames).some(({ group }) => group === 'identity');
  return tells ? { ...finding, found: '', excerpt: '' } : { ...finding, excerpt: finding.found };
}

export async function mergeHandedReturns(
  { store, ports, files }: AppContext,
  { studyId, uploads, trusts, accepts, recovers, dryRun }: ParsedInputOf<'packs.merge'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.merge'>> {
  requireStudy(store, studyId);
  const request = {
    storePath: store.path,
    studyId,
    files: uploads.map((uploadId) => files.file(uploadId)),
    trusts,
    accepts,
    recovers,
    dryRun,
    nowMs: ports.clock.nowMs(),
  };
  return runInWorker(MERGE, request, controls);
}

/** The study whose pack a return comes from; null where the file is no return, or of a pack that was not made here. */
export async function studyOfReturn(
  { store, files }: AppContext,
  { uploadId }: ParsedInputOf<'packs.studyOfReturn'>,
): Promise<ReplyOf<'packs.studyOfReturn'>> {
  const header = await readHeader(files.file(uploadId).path);
  const pack = header === null ? undefined : packByPublicId(store, header.packId);
  const study = pack === undefined ? undefined : studyById(store, pack.studyId);
  return study === undefined ? null : { studyId: study.publicId };
}

export async function packAcceptance(
  { store, ports, files }: AppContext,
  { studyId, packId, answersPlaceId }: ParsedInputOf<'packs.acceptance'>,
  controls: TaskControls,
): Promise<ReplyOf<'packs.acceptance'>> {
  const nowMs = ports.clock.nowMs();
  const request = { storePath: store.path, studyId, packId, nowMs };
  const { report, answerKey } = await runInWorker(ACCEPTANCE, request, controls);
  if (answersPlaceId !== undefined)
    writeWholeFile(files.place(answersPlaceId), canonicalJson(answerKey), 0o600);
  return report;
}

export function closeStudyPack(
  context: AppContext,
  { studyId, packId }: ParsedInputOf<'packs.close'>,
): Promise<readonly PackSummary[]> {
  const { store, ports } = context;
  store.write((store) => {
    const study = requireStudy(store, studyId);
    const pack = packByPublicId(store, packId);
    if (pack === undefined || pack.studyId !== study.id)
      throw new ServiceError('not_found', { key: 'pack_making.unknown' });
    if (pack.closedAt !== null) return;
    const at = ports.clock.nowMs();
    closePack(store, pack.id, at);
    const details = { pack: pack.name, packId };
    appendAudit(store, { at, studyId: study.id, actor: 'lead', action: 'pack.closed', details });
  });
  return runReport(context, 'packs.list', { studyId }, NO_CONTROLS);
}
