/** The functions that answer methods in a thread of their own. Each is loaded when it is asked for, so that a thread holds only what it needs. */
import type { ParsedInputOf, ReplyOf, ReportName } from '../../shared/contract/methods.ts';
import type { ReadStore } from './store/engine/database.ts';
import { requireStudy, type StudyRow } from './store/study/studies.ts';
import type { Asked } from './work/asked.ts';

/** Answers from one consistent view of a store. */
type Report<Name extends ReportName> = (
  store: ReadStore,
  input: ParsedInputOf<Name>,
  asked: Asked,
) => ReplyOf<Name>;

type Reports = { readonly [Name in ReportName]: () => Promise<Report<Name>> };

export const REPORTS: Reports = {
  'agreement.gate': async () => ofStudy((await import('./agreement/run-gate.ts')).runGate),
  'agreement.comparisons': async () =>
    ofStudy((await import('./agreement/find-comparisons.ts')).findComparisons),
  'audit.list': async () => (await import('./audit/list-acts.ts')).listActs,
  'audit.verify': async () => (await import('./audit/verify-audit.ts')).verifyAudit,
  'design.selections': async () => ofStudy((await import('./studies/list-selections.ts')).listSelections),
  'disagreements.find': async () =>
    ofStudy((await import('./review/find-disagreements.ts')).findDisagreements),
  'disagreements.gaps': async () => ofStudy((await import('./review/report-gaps.ts')).reportGaps),
  'doctor.report': async () => (await import('./host/report-health.ts')).reportHealth,
  'guess.report': async () => ofStudy((await import('./review/report-guesses.ts')).reportGuesses),
  'judges.compare': async () => ofStudy((await import('./judging/compare-judges.ts')).compareJudges),
  'judges.contradictions': async () =>
    ofStudy((await import('./judging/find-contradictions.ts')).findContradictions),
  'judges.drift': async () => ofStudy((await import('./judging/judge-drift.ts')).reportDrift),
  'judges.list': async () => ofStudy((await import('./judging/list-judges.ts')).listJudges),
  'judges.preview': async () => ofStudy((await import('./judging/preview-judge.ts')).previewJudge),
  'judges.report': async () => ofStudy((await import('./judging/report-judge.ts')).reportJudge),
  'packs.list': async () => ofStudy((await import('./packs/list-packs.ts')).listPacks),
  'pairs.find': async () => ofStudy((await import('./pairs/find-pairs.ts')).findPairs),
  'pairs.list': async () => ofStudy((await import('./pairs/list-pairs.ts')).listPairs),
  'pairs.show': async () => ofStudy((await import('./pairs/show-pair.ts')).showPair),
  'quality.consensus': async () => ofStudy((await import('./quality/consensus-report.ts')).consensusReport),
  'quality.effect': async () => ofStudy((await import('./quality/exclusion-effect.ts')).exclusionEffect),
  'quality.raters': async () => ofStudy((await import('./quality/report-raters.ts')).reportRaters),
  'studies.progress': async () => ofStudy((await import('./overview/report-progress.ts')).reportProgress),
  'reviews.list': async () => ofStudy((await import('./review/report-reviews.ts')).reportReviews),
};

function ofStudy<Input extends { readonly studyId: string }, Reply>(
  report: (store: ReadStore, study: StudyRow, input: Input, asked: Asked) => Reply,
): (store: ReadStore, input: Input, asked: Asked) => Reply {
  return (store, input, asked) => report(store, requireStudy(store, input.studyId), input, asked);
}
