import type { Failure } from '../../../shared/contract/envelope.ts';
import { failureText } from '../../language/failure-text.ts';

/** What the fields of a definition are called where one is written. */
export const FIELD_NAMES = {
  name: 'Name',
  model: 'Model',
  endpoint: 'Endpoint',
  systemPrompt: 'System prompt',
  prompt: 'Prompt',
  guideline: 'Guideline',
  orders: 'Orders',
  samplesPerOrder: 'Samples per order',
  'parameters.temperature': 'Temperature',
  'parameters.maxTokens': 'Tokens at most',
  'parameters.seed': 'Seed',
  'parameters.topLogProbabilities': 'Log-probabilities of',
  'parameters.reasoningEffort': 'Reasoning effort',
  'parameters.tokenLimit': 'The limit is sent as',
  'parameters.topP': 'Share of likeliest tokens (top-p)',
  parameters: 'Parameters',
  reply: 'Output contract',
  keyHeader: 'Header of the key',
  secretHeaders: 'Secret headers',
  headers: 'Other headers',
  query: 'Query',
  'tunedOn.pairs': 'Pairs it was written against',
  tunedOn: 'What it was written against',
} as const;

/** A field by its path, such as `parameters.seed` or `reply.criteria[0].name`, as the form calls it. */
export function definitionFieldName(path: string): string {
  let field = path;
  while (field !== '') {
    if (Object.hasOwn(FIELD_NAMES, field)) return FIELD_NAMES[field as keyof typeof FIELD_NAMES];
    field = field.slice(0, Math.max(0, field.lastIndexOf('.'), field.lastIndexOf('[')));
  }
  return 'The judge';
}

/** Why a judge is not taken, by the names of the form: how the page asks its host is nobody’s concern. */
export function judgeFailureText(failure: Failure): string {
  const { key, values } = failure;
  if (key !== 'call.input_invalid' || typeof values?.field !== 'string') return failureText(failure);
  return `${definitionFieldName(values.field.replace(/^definition\.?/u, ''))} ${values.reason}.`;
}
