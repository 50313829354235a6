import { alpacaEvalAnnotations, alpacaEvalCrossAnnotations } from './alpacaeval.ts';
import { arenaBattles } from './arena-battles.ts';
import { argillaRecords } from './argilla.ts';
import { fastChatJudgments } from './fastchat-judgments.ts';
import { fastChatVotes } from './fastchat-votes.ts';
import type { HarnessFormat } from './harness-format.ts';
import { labelStudio } from './label-studio.ts';
import { preferenceSet } from './preference-set.ts';

/** Every format of another tool that is read without a mapping. */
export const HARNESS_FORMATS: readonly HarnessFormat[] = [
  fastChatVotes,
  fastChatJudgments,
  arenaBattles,
  alpacaEvalAnnotations,
  alpacaEvalCrossAnnotations,
  preferenceSet,
  labelStudio,
  argillaRecords,
];

export function harnessFormatNamed(name: string): HarnessFormat | undefined {
  return HARNESS_FORMATS.find((format) => format.name === name);
}

/** A format that every one of some records is recognised as, and by what. */
export interface Recognition {
  readonly format: HarnessFormat;
  readonly why: string;
}

/** The formats that all of a file's first records could be of. */
export function recognised(records: readonly unknown[]): Recognition[] {
  if (records.length === 0) return [];
  return HARNESS_FORMATS.flatMap((format) => {
    let why: string | null = null;
    for (const record of records) {
      if (record === null || typeof record !== 'object' || Array.isArray(record)) return [];
      why = format.recognise(record as Record<string, unknown>);
      if (why === null) return [];
    }
    return why === null ? [] : [{ format, why }];
  });
}
