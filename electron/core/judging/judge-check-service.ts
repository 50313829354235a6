import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { insertPanel } from '../store/judging/judge-panels.ts';
import { judgedCounts } from '../store/judging/judge-report.ts';
import { listJudgeVersions } from '../store/judging/judge-versions.ts';
import { addWave, wavesOf } from '../store/judging/judge-waves.ts';
import { judgeNames } from '../store/judging/judgments.ts';
import { requireStudy } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { NO_CONTROLS, type TaskControls } from '../work/task-controls.ts';
import { startJudgeJob } from './judge-job.ts';
import { judgeRunRequest, keepJudge } from './judge-service.ts';
import { ordersOf } from './judge-tasks.ts';
import { probeStudy } from './probe-study.ts';
import { requireVersion } from './require-version.ts';
import { ANCHORS, PANEL } from './tasks.ts';

/** Runs a judge on the built-in probes: the same definition, kept in the probes' own study. */
export async function startProbe(
  context: AppContext,
  input: ParsedInputOf<'judges.probe'>,
): Promise<{ jobId: string }> {
  return { jobId: startJudgeJob(context.jobs, await probeRunRequest(context, input)) };
}

export async function probeRunRequest(
  context: AppContext,
  { studyId, judge, maxCostUsd }: ParsedInputOf<'judges.probe'>,
) {
  const { store, ports } = context;
  const { definition, contentHash } = requireVersion(store, requireStudy(store, studyId), judge);
  const { entropy, clock } = ports;
  const probes = await probeStudy(store, {
    nowMs: clock.nowMs(),
    newSeed: entropy.hex(8),
    newStudyId: entropy.hex(12),
  });
  const known = listJudgeVersions(store, probes.id).find((each) => each.contentHash === contentHash);
  const probed = known?.name ?? keepJudge(context, { studyId: probes.publicId, definition }).judge;
  const request = await judgeRunRequest(context, {
    studyId: probes.publicId,
    judge: probed,
    selection: { limit: null, slice: null, pairs: null, which: 'all' },
    maxCostUsd,
    concurrency: 4,
    timeoutSeconds: 120,
    acceptCutPrompts: false,
  });
  return { ...request, kind: 'probe' as const };
}

export async function startRound(
  context: AppContext,
  input: ParsedInputOf<'judges.runRound'>,
): Promise<{ jobId: string }> {
  return { jobId: startJudgeJob(context.jobs, await roundRequest(context, input)) };
}

/** The next round of a judge on its anchors; one that was cut off is taken up instead. */
export async function roundRequest(
  context: AppContext,
  { studyId, judge, anchors, maxCostUsd }: ParsedInputOf<'judges.runRound'>,
) {
  const { store, ports } = context;
  const study = requireStudy(store, studyId);
  const version = requireVersion(store, study, judge);
  const asked = { storePath: store.path, studyId, judge, size: anchors };
  const pairs = [...(await runInWorker(ANCHORS, asked, NO_CONTROLS))];
  if (pairs.length === 0) throw new ServiceError('conflict', { key: 'judge.no_pairs' });
  const last = wavesOf(store, version.judgeId).at(-1);
  const wanted = pairs.length * ordersOf(version.definition).length * version.definition.samplesPerOrder;
  const isCutOff = last !== undefined && judgedCounts(store, last.judgeId).judged < wanted;
  const round = isCutOff
    ? last.name
    : store.write((store) => addWave(store, study.id, version, ports.clock.nowMs()));
  const selection = { limit: null, slice: null, pairs, which: 'missing' as const };
  const request = {
    ...{ studyId, judge: round, selection, maxCostUsd },
    ...{ concurrency: 8, timeoutSeconds: 120, acceptCutPrompts: false },
  };
  return { ...(await judgeRunRequest(context, request)), kind: 'anchor' as const };
}

export async function makeJudgePanel(
  { store, ports }: AppContext,
  { studyId, name, rule, members }: ParsedInputOf<'judges.makePanel'>,
  controls: TaskControls,
): Promise<{ judge: string; weights: readonly number[] }> {
  const study = requireStudy(store, studyId);
  if (judgeNames(store, study.id).includes(name)) {
    throw new ServiceError('already_exists', { key: 'judge.exists', values: { name } });
  }
  const request = { storePath: store.path, studyId, name, rule, members };
  const panel = await runInWorker(PANEL, request, controls);
  const at = ports.clock.nowMs();
  store.write((store) => {
    insertPanel(store, study.id, panel, at);
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: 'lead',
      action: 'judge_panel_made',
      details: { ...panel },
    });
  });
  return { judge: name, weights: panel.weights };
}
