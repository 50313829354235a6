import { createHash } from 'node:crypto';
import type { JudgeEstimate } from '../../../shared/contract/judge-methods.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { readBy } from '../../../shared/json/read-by-schema.ts';
import {
  definitionToHash,
  type JudgeDefinition,
  judgeDefinitionSchema,
  withGuideline,
} from '../../../shared/judge/judge-definition.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { keepJudgeVersion } from '../store/judging/judge-versions.ts';
import { requireStudy } from '../store/study/studies.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { endpointProblem, mendAddress } from './endpoint-address.ts';
import {
  type EndpointSecrets,
  headerPlace,
  keyForEndpoint,
  originOf,
  secretsForJudge,
} from './endpoint-key.ts';
import { startJudgeJob } from './judge-job.ts';
import { keepPriceTable, type PriceTable, priceTable } from './price.ts';
import { requireVersion } from './require-version.ts';
import { RUN_ESTIMATE } from './tasks.ts';

export function judgeDefinition(
  { store }: AppContext,
  { studyId, judge }: ParsedInputOf<'judges.definition'>,
): JudgeDefinition {
  return requireVersion(store, requireStudy(store, studyId), judge).definition;
}

export function keepJudge(
  { store, ports }: AppContext,
  { studyId, definition: written }: ParsedInputOf<'judges.keep'>,
): ReplyOf<'judges.keep'> {
  const wanted = withMendedAddress(written);
  requireAskable(wanted.endpoint);
  const kept = store.write((store) => {
    const study = requireStudy(store, studyId);
    const nowMs = ports.clock.nowMs();
    const definition = withGuideline(wanted, study.design.guideline);
    const contentHash = createHash('sha256').update(definitionToHash(definition)).digest('hex');
    const outcome = keepJudgeVersion(store, study.id, { definition, contentHash, nowMs });
    if (outcome.isNew) {
      const { name } = outcome.version;
      appendAudit(store, {
        at: nowMs,
        studyId: study.id,
        actor: 'lead',
        action: 'judge_added',
        details: { judge: name, contentHash },
      });
    }
    return outcome;
  });
  return { judge: kept.version.name, contentHash: kept.version.contentHash, isNew: kept.isNew };
}

/** A definition with the base address of what was copied, and what stood behind its “?” where it belongs. */
function withMendedAddress(definition: JudgeDefinition): JudgeDefinition {
  const { endpoint, query } = mendAddress(definition.endpoint);
  if (endpoint === definition.endpoint) return definition;
  const parsed = readBy(judgeDefinitionSchema, {
    ...definition,
    endpoint,
    ...(Object.keys(query).length === 0 ? {} : { query: { ...query, ...definition.query } }),
  });
  if (parsed.ok) return parsed.value;
  const [{ field, reason: problem } = { field: '', reason: 'is no address' }] = parsed.problems;
  const isQuery = field.startsWith('query');
  const reason = isQuery ? `the base address has no “?” that holds a key; ${problem}` : problem;
  throw new ServiceError('invalid_input', { key: 'judge.endpoint_refused', values: { endpoint, reason } });
}

function requireAskable(endpoint: string): void {
  const problem = endpointProblem(endpoint);
  if (problem !== null)
    throw new ServiceError('invalid_input', {
      key: 'judge.endpoint_refused',
      values: { endpoint, reason: problem },
    });
}

export async function estimateJudge(
  { store, ports }: AppContext,
  { studyId, judge, selection }: ParsedInputOf<'judges.estimate'>,
  controls: TaskControls,
): Promise<JudgeEstimate> {
  const { definition } = requireVersion(store, requireStudy(store, studyId), judge);
  const key = await keyForEndpoint(definition.endpoint, ports.keys, process.env);
  const request = { storePath: store.path, studyId, judge, selection };
  const estimate = await runInWorker(RUN_ESTIMATE, request, controls);
  return { ...estimate, key: key?.from ?? 'none' };
}

export async function startJudgeRun(
  context: AppContext,
  input: ParsedInputOf<'judges.run'>,
): Promise<{ jobId: string }> {
  return { jobId: startJudgeJob(context.jobs, await judgeRunRequest(context, input)) };
}

/** What a judge's endpoint is to be shown. Throws where it may not be asked, or a header has no value. */
export function judgeSecrets(
  { store, ports }: Pick<AppContext, 'store' | 'ports'>,
  { studyId, judge }: { readonly studyId: string; readonly judge: string },
): Promise<EndpointSecrets> {
  const { definition } = requireVersion(store, requireStudy(store, studyId), judge);
  requireAskable(definition.endpoint);
  return secretsForJudge(definition, ports.keys, process.env);
}

/** A run as a worker or a command starts it, with the key of its endpoint. Logged, because something leaves the machine. */
export async function judgeRunRequest(
  { store, ports }: AppContext,
  {
    studyId,
    judge,
    selection,
    maxCostUsd,
    concurrency,
    timeoutSeconds,
    acceptCutPrompts,
  }: ParsedInputOf<'judges.run'>,
) {
  const study = requireStudy(store, studyId);
  const { definition } = requireVersion(store, study, judge);
  const secrets = await judgeSecrets({ store, ports }, { studyId, judge });
  const newRunId = ports.entropy.hex(8);
  store.write((store) =>
    appendAudit(store, {
      at: ports.clock.nowMs(),
      studyId: study.id,
      actor: 'lead',
      action: 'judge_run_started',
      details: { judge, runId: newRunId, origin: originOf(definition.endpoint), selection, maxCostUsd },
    }),
  );
  return {
    storePath: store.path,
    studyId,
    judge,
    selection,
    maxCostUsd,
    concurrency,
    timeoutMs: 1000 * timeoutSeconds,
    acceptCutPrompts,
    apiKey: secrets.apiKey,
    secretHeaders: secrets.headers,
    newRunId,
  };
}

export function setJudgePrice(
  { store }: AppContext,
  { model, price }: ParsedInputOf<'judges.setPrice'>,
): PriceTable {
  return store.write((store) => {
    const { [model]: _old, ...rest } = priceTable(store);
    const table = price === null ? rest : { ...rest, [model]: price };
    keepPriceTable(store, table);
    return table;
  });
}

export async function judgeKeys({ ports }: AppContext): Promise<{ origins: readonly string[] }> {
  const places = (await ports.keys?.origins()) ?? [];
  return { origins: [...new Set(places.map((place) => place.replace(/ .*$/u, '')))] };
}

export async function setJudgeKey(
  { ports }: AppContext,
  { endpoint: written, key, header }: ParsedInputOf<'judges.setKey'>,
): Promise<{ origin: string }> {
  const { endpoint } = mendAddress(written);
  requireAskable(endpoint);
  if (ports.keys === undefined) {
    throw new ServiceError('unsupported_here', { key: 'host.keys_in_environment' });
  }
  const origin = originOf(endpoint);
  const place = header === undefined ? origin : headerPlace(origin, header);
  if (key === null) await ports.keys.remove(place);
  else await ports.keys.write(place, key);
  return { origin };
}
