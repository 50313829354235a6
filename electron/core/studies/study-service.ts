import { join } from 'node:path';
import type { InputOf } from '../../../shared/contract/methods.ts';
import type { StudyDetails, StudySummary } from '../../../shared/contract/study-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { KNOWN_STAGES } from '../../../shared/study/known-answer.ts';
import { defaultDesign, type StudyDesign } from '../../../shared/study/study.ts';
import { offersVerdict } from '../../../shared/study/verdict.ts';
import type { AppContext } from '../context/app-context.ts';
import { IMPORT } from '../imports/tasks.ts';
import { productFolder } from '../ports/product.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { judgeNames } from '../store/judging/judgments.ts';
import { hasVotes, voteCountOf } from '../store/rating/ratings.ts';
import { pairById } from '../store/study/comparisons.ts';
import { knownAnswerCounts, knownAnswers } from '../store/study/known-answers.ts';
import {
  countOf,
  identityFindingCount,
  insertStudy,
  listStudies,
  markUnblinded,
  requireStudy,
  sliceCounts,
  studyByName,
  updateDesign,
} from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { progressOf, summaryOf } from './study-summary.ts';

export function listStudySummaries(context: AppContext): StudySummary[] {
  const { store } = context;
  return store.read(() => listStudies(store).map((study) => summaryOf(context, study)));
}

export function showStudy(context: AppContext, input: { studyId: string }): StudyDetails {
  const { store } = context;
  return store.read(() => {
    const study = requireStudy(store, input.studyId);
    const slices = new Map<string, { value: string; pairs: number }[]>();
    for (const { name, value, pairs } of sliceCounts(store, study.id)) {
      slices.set(name, [...(slices.get(name) ?? []), { value, pairs }]);
    }
    return {
      ...summaryOf(context, study),
      design: { ...study.design, seed: study.unblindedAt === null ? null : study.design.seed },
      guidelineVersion: study.guidelineVersion,
      knownAnswers: knownAnswerCounts(store, study.id),
      raterProgress: progressOf(store, study),
      judgeNames: judgeNames(store, study.id),
      systemCount: countOf(store, study.id, 'systems'),
      identityFindings: identityFindingCount(store, study.id),
      slices: [...slices].map(([name, values]) => ({ name, values })),
    };
  });
}

export function createStudy(context: AppContext, input: InputOf<'studies.create'>): StudySummary {
  const { store, ports } = context;
  const design = designFrom(defaultDesign(ports.entropy.hex(8)), input.design ?? {});
  const summary = store.write((store) => {
    if (studyByName(store, input.name) !== undefined) {
      throw new ServiceError('already_exists', { key: 'study.exists', values: { name: input.name } });
    }
    const at = ports.clock.nowMs();
    const publicId = ports.entropy.hex(12);
    const id = insertStudy(store, { publicId, name: input.name, isSynthetic: false, createdAt: at, design });
    appendAudit(store, {
      at,
      studyId: id,
      actor: 'lead',
      action: 'study.created',
      details: { name: input.name },
    });
    return summaryOf(context, requireStudy(store, publicId));
  });
  return summary;
}

export function configureStudy(context: AppContext, input: InputOf<'studies.configure'>): StudyDetails {
  const { store, ports } = context;
  store.write((store) => {
    const study = requireStudy(store, input.studyId);
    const design = designFrom(study.design, input.design);
    if (design.scale !== study.design.scale && hasVotes(store, study.id)) {
      throw new ServiceError('conflict', { key: 'study.scale_fixed' });
    }
    const unoffered = KNOWN_STAGES.flatMap((stage) => knownAnswers(store, study.id, stage)).find(
      ({ verdict }) => !offersVerdict(design.scale, verdict),
    );
    if (unoffered !== undefined) {
      const pair = pairById(store, unoffered.pairId)?.externalId ?? '';
      throw new ServiceError('conflict', { key: 'study.scale_lacks_answer', values: { pair } });
    }
    updateDesign(store, study, design, ports.clock.nowMs());
    appendAudit(store, {
      at: ports.clock.nowMs(),
      studyId: study.id,
      actor: 'lead',
      action: 'study.configured',
      details: {
        before: withoutSeed(study.design),
        after: withoutSeed(design),
        votes: voteCountOf(store, study.id),
      },
    });
  });
  return showStudy(context, input);
}

export async function addSampleStudy(
  context: AppContext,
  _input: unknown,
  controls: TaskControls,
): Promise<StudySummary> {
  const { store, ports } = context;
  const request = {
    files: [
      { path: join(productFolder, 'resources', 'sample-study', 'manifest.json'), name: 'manifest.json' },
    ],
    studyName: null,
    storePath: store.path,
    dryRun: false,
    nowMs: ports.clock.nowMs(),
    newSeed: ports.entropy.hex(8),
    newStudyId: ports.entropy.hex(12),
  };
  const result = await runInWorker(IMPORT, request, controls);
  if (result.studyId === null) throw new ServiceError('internal', { key: 'study.sample_not_added' });
  return summaryOf(context, requireStudy(store, result.studyId));
}

export function unblindStudy(context: AppContext, input: InputOf<'studies.unblind'>): StudySummary {
  const { store, ports } = context;
  const summary = store.write((store) => {
    const study = requireStudy(store, input.studyId);
    if (input.confirmName.trim() !== study.name) {
      throw new ServiceError('invalid_input', { key: 'study.name_differs' });
    }
    if (study.unblindedAt === null) {
      const at = ports.clock.nowMs();
      markUnblinded(store, study.id, at);
      appendAudit(store, { at, studyId: study.id, actor: 'lead', action: 'study.unblinded', details: {} });
    }
    return summaryOf(context, requireStudy(store, input.studyId));
  });
  return summary;
}

function withoutSeed({ seed: _seed, ...rest }: StudyDesign): Omit<StudyDesign, 'seed'> {
  return rest;
}

type DesignChanges = { readonly [Key in keyof StudyDesign]?: StudyDesign[Key] | undefined };

function designFrom(base: StudyDesign, changes: DesignChanges): StudyDesign {
  const chosen = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...base, ...chosen };
}
