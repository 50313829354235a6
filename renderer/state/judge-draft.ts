import type { JudgeDefinition, JudgeDefinitionInput } from '../../shared/judge/judge-definition.ts';
import type { JudgeTemplate } from '../../shared/judge/judge-template.ts';

/** A judge as it is being written: what people type, before it is a definition. */
export interface JudgeDraft {
  readonly name: string;
  readonly model: string;
  readonly endpoint: string;
  readonly systemPrompt: string;
  readonly prompt: string;
  /** The output contract as JSON. */
  readonly reply: string;
  readonly orders: JudgeDefinition['orders'];
  readonly samplesPerOrder: string;
  readonly temperature: string;
  readonly seed: string;
  readonly maxTokens: string;
  readonly topLogProbabilities: string;
  readonly reasoningEffort: string;
  readonly tokenLimit: string;
  readonly keyHeader: string;
  /** One “name: value” a line. */
  readonly headers: string;
  /** One “name=value” a line. */
  readonly query: string;
  /** Splits it is written against. */
  readonly tunedSplits: readonly ('dev' | 'test')[];
  readonly tunedPairs: string;
}

export function draftOfTemplate(template: JudgeTemplate, before: JudgeDraft | null): JudgeDraft {
  return {
    ...(before ?? EMPTY),
    systemPrompt: template.systemPrompt,
    prompt: template.prompt,
    reply: JSON.stringify(template.reply, null, 2),
  };
}

export function draftOfDefinition({
  parameters,
  reply,
  tunedOn,
  samplesPerOrder,
  // The next version goes by the guideline of its own time.
  guideline: _guideline,
  keyHeader,
  headers,
  query,
  ...rest
}: JudgeDefinition): JudgeDraft {
  const text = (value: number | string | undefined) => (value === undefined ? '' : String(value));
  return {
    ...rest,
    reply: JSON.stringify(reply, null, 2),
    samplesPerOrder: text(samplesPerOrder),
    temperature: text(parameters.temperature),
    seed: text(parameters.seed),
    maxTokens: text(parameters.maxTokens),
    topLogProbabilities: text(parameters.topLogProbabilities),
    reasoningEffort: text(parameters.reasoningEffort),
    tokenLimit: text(parameters.tokenLimit),
    keyHeader: text(keyHeader),
    headers: linesOf(headers, ': '),
    query: linesOf(query, '='),
    tunedSplits: tunedOn.splits,
    tunedPairs: tunedOn.pairs.join('\n'),
  };
}

function linesOf(values: Readonly<Record<string, string>> | undefined, between: string): string {
  return Object.entries(values ?? {})
    .map(([name, value]) => `${name}${between}${value}`)
    .join('\n');
}

/** Names and values of lines; null where a line has no mark between the two. */
function valuesOf(lines: string, between: string): Record<string, string> | null {
  const values: Record<string, string> = {};
  for (const line of lines.split('\n').filter((each) => each.trim() !== '')) {
    const at = line.indexOf(between);
    if (at <= 0) return null;
    values[line.slice(0, at).trim()] = line.slice(at + between.length).trim();
  }
  return values;
}

const EMPTY: JudgeDraft = {
  name: '',
  model: '',
  endpoint: 'http://127.0.0.1:8000/v1',
  systemPrompt: '',
  prompt: '',
  reply: '',
  orders: 'both',
  samplesPerOrder: '1',
  temperature: '0',
  seed: '',
  maxTokens: '1024',
  topLogProbabilities: '',
  reasoningEffort: '',
  tokenLimit: '',
  keyHeader: '',
  headers: '',
  query: '',
  tunedSplits: [],
  tunedPairs: '',
};

/** What a draft asks the host to keep, or why it cannot be asked: the host says the rest. */
export function definitionOfDraft(
  draft: JudgeDraft,
): { readonly definition: JudgeDefinitionInput } | { readonly problem: string } {
  let reply: JudgeDefinitionInput['reply'];
  try {
    reply = JSON.parse(draft.reply) as JudgeDefinitionInput['reply'];
  } catch (error) {
    return { problem: `Output contract: ${error instanceof Error ? error.message : 'is no JSON'}` };
  }
  const [headers, query] = [valuesOf(draft.headers, ':'), valuesOf(draft.query, '=')];
  if (headers === null) return { problem: 'Other headers: a line has no “:” between name and value.' };
  if (query === null) return { problem: 'Query: a line has no “=” between name and value.' };
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
  const entries = {
    temperature: number(draft.temperature),
    seed: number(draft.seed),
    topLogProbabilities: number(draft.topLogProbabilities),
    reasoningEffort: draft.reasoningEffort === '' ? undefined : draft.reasoningEffort,
    maxTokens: number(draft.maxTokens),
    tokenLimit: draft.tokenLimit === '' ? undefined : draft.tokenLimit,
  };
  const parameters = Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
  return {
    definition: {
      name: draft.name.trim(),
      model: draft.model.trim(),
      endpoint: draft.endpoint.trim(),
      ...(draft.keyHeader.trim() === '' ? {} : { keyHeader: draft.keyHeader.trim() }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(Object.keys(query).length === 0 ? {} : { query }),
      systemPrompt: draft.systemPrompt,
      prompt: draft.prompt,
      reply,
      parameters: parameters as JudgeDefinitionInput['parameters'],
      orders: draft.orders,
      samplesPerOrder: number(draft.samplesPerOrder) ?? 1,
      tunedOn: {
        splits: [...draft.tunedSplits],
        pairs: draft.tunedPairs
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      },
    },
  };
}
