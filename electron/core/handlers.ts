import type {
  MethodName,
  ParsedInputOf,
  ReplyOf,
  ReportName,
  TaskName,
} from '../../shared/contract/methods.ts';
import { agreementCard, agreementCards } from './agreement/agreement-service.ts';
import type { AppContext } from './context/app-context.ts';
import { runReport } from './context/run-report.ts';
import { exportStudy } from './exports/export-service.ts';
import { backUpStore } from './host/back-up-store.ts';
import { hostInfo, pickFiles, pickFolder, receiveFile, showStudies } from './host/host-service.ts';
import { getSettings, putSettings } from './host/settings-service.ts';
import { keepMapping, savedMappings, sniffHandedFiles, startImport } from './imports/import-service.ts';
import {
  cancelJudgeBatches,
  collectJudgeBatch,
  createJudgeBatch,
  fetchJudgeBatches,
  sendJudgeBatches,
} from './judging/batch-service.ts';
import { makeJudgePanel, startProbe, startRound } from './judging/judge-check-service.ts';
import {
  estimateJudge,
  judgeDefinition,
  judgeKeys,
  keepJudge,
  setJudgeKey,
  setJudgePrice,
  startJudgeRun,
} from './judging/judge-service.ts';
import { judgeTemplates } from './judging/judge-templates.ts';
import { priceTable } from './judging/price.ts';
import { acceptHandedFiles, inspectHandedPack, writePackPage } from './packs/pack-file-service.ts';
import {
  closeStudyPack,
  makeStudyPack,
  mergeHandedReturns,
  packAcceptance,
  studyOfReturn,
} from './packs/pack-service.ts';
import { checkPackWork, makeReturn, openHandedPack } from './packs/vendor-service.ts';
import { leavePairsOut, markKnown, queueForAdjudication, takePairsBack } from './pairs/pair-service.ts';
import { decideAboutRater, eraseNotes } from './quality/rater-decision-service.ts';
import { giveConsent } from './rating/consent-service.ts';
import { keepDraft } from './rating/draft-service.ts';
import { listExamples, listOwnVotes, revisitOwnVote } from './rating/own-work-service.ts';
import { beginRating, closeBlock, listRaters, submitRating, undoRating } from './rating/rating-service.ts';
import { giveGuess, nextGuess } from './rating/system-guesses.ts';
import { REPORTS } from './reports.ts';
import { askAboutGaps, classifyDisagreement, makeReview } from './review/review-service.ts';
import { getSeat, handSeat, takeSeatBack } from './seat/seat-service.ts';
import { deleteStudy } from './studies/delete-study.ts';
import { addKnownAnswers, drawPairsOfStudy } from './studies/design-service.ts';
import { planLabels, showPlan, storePlan } from './studies/plan-service.ts';
import {
  addSampleStudy,
  configureStudy,
  createStudy,
  listStudySummaries,
  showStudy,
  unblindStudy,
} from './studies/study-service.ts';
import { archiveStudy, renameStudyOf, restoreStudy } from './studies/study-shelf.ts';
import type { TaskControls } from './work/task-controls.ts';

type Handler<Name extends MethodName> = (
  context: AppContext,
  input: ParsedInputOf<Name>,
  /** Of methods that may take long: what says “here” has none, and so can start no thread. */
  controls: Name extends TaskName ? TaskControls : undefined,
) => ReplyOf<Name> | Promise<ReplyOf<Name>>;

export type Handlers = { readonly [Name in MethodName]: Handler<Name> };

/** Every report has the same handler. */
const REPORT_HANDLERS = Object.fromEntries(
  (Object.keys(REPORTS) as ReportName[]).map((name) => [
    name,
    (context: AppContext, input: ParsedInputOf<typeof name>, controls: TaskControls) =>
      runReport(context, name, input, controls),
  ]),
) as unknown as Pick<Handlers, ReportName>;

/** Which function answers which method. A method without one does not compile. */
export const HANDLERS: Handlers = {
  ...REPORT_HANDLERS,
  'host.info': hostInfo,
  'host.pickFiles': pickFiles,
  'host.pickFolder': pickFolder,
  'host.nameFile': ({ files }, { path, name }) => files.nameFile(path, name),
  'host.namePlace': ({ files }, { path }) => ({ placeId: files.addPlace(path) }),
  'host.showStudies': showStudies,
  'host.handedFile': ({ files }) => files.takeHanded(),
  'host.receiveFile': receiveFile,
  'studies.list': listStudySummaries,
  'studies.show': showStudy,
  'studies.create': createStudy,
  'studies.configure': configureStudy,
  'studies.addSample': addSampleStudy,
  'studies.rename': renameStudyOf,
  'studies.archive': archiveStudy,
  'studies.restore': restoreStudy,
  'studies.delete': deleteStudy,
  'studies.unblind': unblindStudy,
  'design.addKnownAnswers': addKnownAnswers,
  'design.draw': drawPairsOfStudy,
  'design.storePlan': storePlan,
  'design.plan': showPlan,
  'design.labels': planLabels,
  'rating.raters': listRaters,
  'rating.begin': beginRating,
  'rating.submit': submitRating,
  'rating.undo': undoRating,
  'rating.keepDraft': keepDraft,
  'rating.examples': listExamples,
  'rating.history': listOwnVotes,
  'rating.revisit': revisitOwnVote,
  'rating.closeBlock': closeBlock,
  'rating.consent': giveConsent,
  'imports.sniff': sniffHandedFiles,
  'imports.start': startImport,
  'mappings.list': savedMappings,
  'mappings.save': keepMapping,
  'jobs.get': ({ jobs }, { jobId }) => jobs.get(jobId),
  'jobs.cancel': ({ jobs }, { jobId }) => jobs.cancel(jobId),
  'agreement.card': agreementCard,
  'agreement.cards': agreementCards,
  'judges.templates': () => judgeTemplates(),
  'judges.definition': judgeDefinition,
  'judges.keep': keepJudge,
  'judges.estimate': estimateJudge,
  'judges.run': startJudgeRun,
  'judges.probe': startProbe,
  'judges.makePanel': makeJudgePanel,
  'judges.runRound': startRound,
  'judges.createBatch': createJudgeBatch,
  'judges.collectBatch': collectJudgeBatch,
  'judges.sendBatches': sendJudgeBatches,
  'judges.fetchBatches': fetchJudgeBatches,
  'judges.cancelBatches': cancelJudgeBatches,
  'judges.prices': ({ store }) => priceTable(store),
  'judges.setPrice': setJudgePrice,
  'judges.keys': judgeKeys,
  'judges.setKey': setJudgeKey,
  'exports.run': exportStudy,
  'store.backup': backUpStore,
  'settings.get': getSettings,
  'settings.put': putSettings,
  'quality.decide': decideAboutRater,
  'quality.eraseNotes': eraseNotes,
  'disagreements.classify': classifyDisagreement,
  'disagreements.askAgain': askAboutGaps,
  'reviews.make': makeReview,
  'pairs.leaveOut': leavePairsOut,
  'pairs.takeBack': takePairsBack,
  'pairs.markKnown': markKnown,
  'pairs.queue': queueForAdjudication,
  'guess.next': nextGuess,
  'guess.answer': giveGuess,
  'seat.get': getSeat,
  'seat.hand': handSeat,
  'seat.takeBack': takeSeatBack,
  'packs.make': makeStudyPack,
  'packs.merge': mergeHandedReturns,
  'packs.acceptance': packAcceptance,
  'packs.close': closeStudyPack,
  'packs.studyOfReturn': studyOfReturn,
  'packs.inspect': inspectHandedPack,
  'packs.acceptFiles': acceptHandedFiles,
  'packs.writePage': writePackPage,
  'packs.open': openHandedPack,
  'packs.opened': ({ packs }) => packs.listOpened(),
  'packs.makeReturn': makeReturn,
  'packs.check': checkPackWork,
};
