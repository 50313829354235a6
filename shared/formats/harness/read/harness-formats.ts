import { alpacaEvalAnnotations, alpacaEvalCrossAnnotations } from './alpacaeval.ts';
import { altTestHumans, altTestJudges } from './alternative-test-labels.ts';
import { arenaBattles } from './arena-battles.ts';
import { arenaHardJudgments } from './arena-hard-judgments.ts';
import { argillaRecords } from './argilla.ts';
import { fastChatJudgments } from './fastchat-judgments.ts';
import { fastChatVotes } from './fastchat-votes.ts';
import type { HarnessFormat } from './harness-format.ts';
import { labelStudio } from './label-studio.ts';
import { preferenceSet, unpairedSet } from './preference-set.ts';
import { prodigyChoices } from './prodigy.ts';
import type { RunFormat } from './run-format.ts';
import { RUN_FORMATS } from './run-formats.ts';
import { TOUCHSTONE_TABLES } from './touchstone-tables.ts';

/** Every format with verdicts that is read without a mapping. */
export const HARNESS_FORMATS: readonly HarnessFormat[] = [
  fastChatVotes,
  fastChatJudgments,
  arenaBattles,
  arenaHardJudgments,
  alpacaEvalAnnotations,
  alpacaEvalCrossAnnotations,
  preferenceSet,
  unpairedSet,
  labelStudio,
  argillaRecords,
  prodigyChoices,
  altTestHumans,
  altTestJudges,
  ...TOUCHSTONE_TABLES,
];

/** A file in a tool's own format: rows of verdicts, or the answers of a run. */
export type ToolFormat =
  | { readonly kind: 'rows'; readonly format: HarnessFormat }
  | { readonly kind: 'run'; readonly format: RunFormat };

export const TOOL_FORMATS: readonly ToolFormat[] = [
  ...HARNESS_FORMATS.map((format) => ({ kind: 'rows' as const, format })),
  ...RUN_FORMATS.map((format) => ({ kind: 'run' as const, format })),
];

export function toolFormatNamed(name: string): ToolFormat | undefined {
  return TOOL_FORMATS.find(({ format }) => format.name === name);
}

/** A format that every one of some records is recognised as, and by what. */
export type Recognition = ToolFormat & { readonly why: string };

/** The formats that all of a file's first records could be of. */
export function recognise(records: readonly unknown[]): Recognition[] {
  if (records.length === 0) return [];
  return TOOL_FORMATS.flatMap((tool) => {
    let why: string | null = null;
    for (const record of records) {
      if (record === null || typeof record !== 'object' || Array.isArray(record)) return [];
      why = tool.format.recognise(record as Record<string, unknown>);
      if (why === null) return [];
    }
    return why === null ? [] : [{ ...tool, why }];
  });
}
