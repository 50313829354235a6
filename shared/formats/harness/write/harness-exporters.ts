import { alpacaEvalAnnotationsExport, alpacaEvalCrossExport } from './alpacaeval-export.ts';
import { altTestExport, judgyExport } from './alternative-test-export.ts';
import { arenaHardJudgmentsExport } from './arena-hard-judgments-export.ts';
import { csvExport } from './csv-export.ts';
import { fastChatJudgmentsExport } from './fastchat-judgments-export.ts';
import { fastChatVotesExport } from './fastchat-votes-export.ts';
import type { HarnessExporter } from './harness-exporter.ts';
import { inspectScoresExport } from './inspect-scores-export.ts';
import { labelStudioExport } from './label-studio-export.ts';
import { promptfooTestsExport } from './promptfoo-tests-export.ts';
import { langfuseExport, langSmithExport } from './tracing-export.ts';
import { ktoExport, openAiEvalsExport, openAiFineTuneExport } from './training-export.ts';

/** Every other tool's format that is written. */
export const HARNESS_EXPORTERS: readonly HarnessExporter[] = [
  inspectScoresExport,
  fastChatVotesExport,
  fastChatJudgmentsExport,
  alpacaEvalCrossExport,
  alpacaEvalAnnotationsExport,
  arenaHardJudgmentsExport,
  labelStudioExport,
  ktoExport,
  promptfooTestsExport,
  openAiEvalsExport,
  openAiFineTuneExport,
  altTestExport,
  judgyExport,
  langfuseExport,
  langSmithExport,
  csvExport,
];
