import { alpacaEval } from './tools/alpaca-eval.ts';
import { argilla } from './tools/argilla.ts';
import { datasets } from './tools/datasets.ts';
import { duckdb } from './tools/duckdb.ts';
import { evals } from './tools/evals.ts';
import { fschat } from './tools/fschat.ts';
import { inspectAi } from './tools/inspect-ai.ts';
import { irrCAC } from './tools/irrCAC.ts';
import { judgy } from './tools/judgy.ts';
import { krippendorff } from './tools/krippendorff.ts';
import { labelStudioSdk } from './tools/label-studio-sdk.ts';
import { langfuse } from './tools/langfuse.ts';
import { langsmith } from './tools/langsmith.ts';
import { lmEval } from './tools/lm_eval.ts';
import { pandas } from './tools/pandas.ts';
import { ppiPython } from './tools/ppi-python.ts';
import { promptfoo } from './tools/promptfoo.ts';
import { pyspark } from './tools/pyspark.ts';
import { scikitLearn } from './tools/scikit-learn.ts';
import { statsmodels } from './tools/statsmodels.ts';
import type { Witness } from './witness.ts';

/** Every tool that bears witness, in the order they run: what is fetched quickest first, so that much is shown before time is over. */
export const WITNESSES: readonly Witness[] = [
  langsmith,
  langfuse,
  promptfoo,
  judgy,
  krippendorff,
  scikitLearn,
  statsmodels,
  irrCAC,
  ppiPython,
  pandas,
  duckdb,
  datasets,
  argilla,
  fschat,
  labelStudioSdk,
  inspectAi,
  alpacaEval,
  lmEval,
  evals,
  pyspark,
];

/** Tools that the product exchanges files with or that know its figures, and that bear no witness: why. */
export const WITHOUT_WITNESS: Readonly<Record<string, string>> = {
  'crowd-kit': 'it needs transformers, whose models run on torch',
  'glide-py': 'it needs Python 3.12',
};
