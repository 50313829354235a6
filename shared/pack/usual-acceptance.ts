import type { AcceptanceRule } from './acceptance-rule.ts';

/** What a pack asks for where nothing else was settled: a thousand characters a second is forty times usual reading. */
export const USUAL_ACCEPTANCE: AcceptanceRule = {
  coverage: 0.98,
  mostSkipped: 0.1,
  gold: { least: 0.8, bound: 'estimate' },
  catches: { least: 0.9, bound: 'estimate' },
  selfConsistency: { least: 0.7, bound: 'estimate' },
  agreement: { least: 0.6, bound: 'upper' },
  mostAnomalies: 0.02,
  charactersPerSecond: 1000,
};
