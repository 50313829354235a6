import { alpacaEval } from './tools/alpaca-eval.ts';
import { inspectAi } from './tools/inspect-ai.ts';
import { promptfoo } from './tools/promptfoo.ts';
import type { Witness } from './witness.ts';

/** Every tool that bears witness, those whose files are exchanged first. */
export const WITNESSES: readonly Witness[] = [inspectAi, promptfoo, alpacaEval];
