import { createHash } from 'node:crypto';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JudgeEstimate, JudgeList, JudgeReport } from '../../../shared/contract/judge-methods.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { hashedDefinition, type JudgeDefinition } from '../../../shared/domain/judge/judge-definition.ts';
import { hashText } from '../../../shared/domain/seeded-random.ts';
import type { AppContext } from '../app-context.ts';
import { endpointProblem } from '../judges/endpoint-address.ts';
import { keyForEndpoint, originOf } from '../judges/endpoint-key.ts';
import { estimateRun } from '../judges/estimate-run.ts';
import { ordersOf, requestsOfPair } from '../judges/judge-tasks.ts';
import { judgeTemplates } from '../judges/judge-templates.ts';
import { keepPriceTable, type PriceTable, priceTable } from '../judges/price.ts';
import { appendAudit } from '../store/audit.ts';
import type { Store } from '../store/database.ts';
import { panelsOf } from '../store/judge-panels.ts';
import { judgedCounts, judgeReportCounts, testLooks } from '../store/judge-report.ts';
import {
  type JudgeVersion,
  judgeVersionByName,
  keepJudgeVersion,
  listJudgeVersions,
} from '../store/judge-versions.ts';
import { judgedPairsFrom } from '../store/judged-pairs.ts';
import { judgeNames } from '../store/judgments.ts';
import { probeResults } from '../store/probe-results.ts';
import { pairCountOf, type StudyRow } from '../store/studies.ts';
import { requireStudy } from './study-service.ts';

export function listTemplates(): ReplyOf<'judges.templates'> {
  return judgeTemplates();
}

/** The version a call names, or a clear `not_found`. */
export function requireVersion(store: Store, study: StudyRow, name: string): JudgeVersion {
  const version = judgeVersionByName(store, study.id, name);
  if (version !== undefined) return version;
  const known = listJudgeVersions(store, study.id).map((each) => each.name);
  throw new ServiceError(
    'not_found',
    `This study has no judge “${name}” that can be run from here${known.length === 0 ? '' : `; it has ${known.join(', ')}`}.`,
  );
}

export function listJudges({ store }: AppContext, { studyId }: ParsedInputOf<'judges.list'>): JudgeList {
  return store.read(() => {
    const study = requireStudy(store, studyId);
    const pairs = pairCountOf(store, study.id);
    const versions = listJudgeVersions(store, study.id);
    const panels = panelsOf(store, study.id);
    const own = new Set([...versions, ...panels].map(({ name }) => name));
    return {
      versions: versions.map(({ judgeId, name, version, contentHash, definition, createdAt }) => ({
        judge: name,
        version,
        model: definition.model,
        endpoint: definition.endpoint,
        contentHash,
        createdAt,
        orders: definition.orders,
        samplesPerOrder: definition.samplesPerOrder,
        wanted: pairs * ordersOf(definition).length * definition.samplesPerOrder,
        ...judgedCounts(store, judgeId),
      })),
      imported: judgeNames(store, study.id).filter((name) => !own.has(name)),
      panels: panels.map(({ name, ...panel }) => ({ judge: name, ...panel })),
    };
  });
}

export function judgeDefinition(
  { store }: AppContext,
  { studyId, judge }: ParsedInputOf<'judges.definition'>,
): JudgeDefinition {
  return requireVersion(store, requireStudy(store, studyId), judge).definition;
}

export function keepJudge(
  { store, ports, announce }: AppContext,
  { studyId, definition }: ParsedInputOf<'judges.keep'>,
): ReplyOf<'judges.keep'> {
  requireAskable(definition.endpoint);
  const contentHash = createHash('sha256').update(hashedDefinition(definition)).digest('hex');
  const kept = store.write(() => {
    const study = requireStudy(store, studyId);
    const nowMs = ports.clock.nowMs();
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
  announce({ type: 'changed', area: 'studies' });
  return { judge: kept.version.name, contentHash, isNew: kept.isNew };
}

function requireAskable(endpoint: string): void {
  const problem = endpointProblem(endpoint);
  if (problem !== null) throw new ServiceError('invalid_input', `The endpoint ${endpoint}: ${problem}.`);
}

export async function previewJudge(
  { store }: AppContext,
  { studyId, definition, number }: ParsedInputOf<'judges.preview'>,
): Promise<ReplyOf<'judges.preview'>> {
  const study = requireStudy(store, studyId);
  const [pair] = judgedPairsFrom(store, study.id, number - 1, 1);
  if (pair === undefined) throw new ServiceError('not_found', `This study has no pair number ${number}.`);
  const isBoth = definition.orders === 'both';
  const all = requestsOfPair(study, { ...definition, orders: 'both' }, pair).map(({ messages }) => messages);
  // A pair's own order is part of what is blind, so which request comes first must not tell it.
  const isTurned = hashText(`${study.design.seed}|preview|${pair.externalId}`) % 2 === 1;
  const turned = isTurned ? all.toReversed() : all;
  const requests = isBoth ? turned : turned.slice(0, 1);
  const { promptTokens } = await import('../judges/token-count.ts');
  return {
    pairs: pairCountOf(store, study.id),
    number,
    requests,
    promptTokens: Math.max(0, ...requests.map(promptTokens)),
  };
}

export async function estimateJudge(
  { store, ports }: AppContext,
  { studyId, judge, selection }: ParsedInputOf<'judges.estimate'>,
): Promise<JudgeEstimate> {
  const study = requireStudy(store, studyId);
  const version = requireVersion(store, study, judge);
  const key = await keyForEndpoint(version.definition.endpoint, ports.keys, process.env);
  return { ...(await estimateRun(store, study, version, selection)), key: key?.from ?? 'none' };
}

export async function startJudgeRun(
  context: AppContext,
  input: ParsedInputOf<'judges.run'>,
): Promise<{ jobId: string }> {
  return { jobId: context.jobs.startJudgeRun(await judgeRunRequest(context, input)) };
}

/** A run as a worker or a command starts it, with the key of its endpoint. Logged, because something leaves the machine. */
export async function judgeRunRequest(
  { store, ports }: AppContext,
  { studyId, judge, selection, maxCostUsd, concurrency, timeoutSeconds }: ParsedInputOf<'judges.run'>,
) {
  const study = requireStudy(store, studyId);
  const { definition } = requireVersion(store, study, judge);
  requireAskable(definition.endpoint);
  const key = await keyForEndpoint(definition.endpoint, ports.keys, process.env);
  const newRunId = ports.entropy.hex(8);
  store.write(() =>
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
    apiKey: key?.key ?? null,
    newRunId,
  };
}

export function judgeReport(
  { store }: AppContext,
  { studyId, judge }: ParsedInputOf<'judges.report'>,
): JudgeReport {
  return store.read(() => {
    const study = requireStudy(store, studyId);
    const version = requireVersion(store, study, judge);
    const counts = judgeReportCounts(store, version.judgeId);
    const judged = Object.values(counts.outcomes).reduce((sum, count) => sum + count, 0);
    return {
      judge,
      pairs: pairCountOf(store, study.id),
      ...counts,
      probes: probeResults(store, version.contentHash),
      testLooks: testLooks(store, study.id, judge),
      costPerJudgmentUsd: counts.costUsd === null || judged === 0 ? null : counts.costUsd / judged,
    };
  });
}

export function judgePrices({ store }: AppContext): PriceTable {
  return priceTable(store);
}

export function setJudgePrice(
  { store }: AppContext,
  { model, price }: ParsedInputOf<'judges.setPrice'>,
): PriceTable {
  return store.write(() => {
    const { [model]: _old, ...rest } = priceTable(store);
    const table = price === null ? rest : { ...rest, [model]: price };
    keepPriceTable(store, table);
    return table;
  });
}

export async function judgeKeys({ ports }: AppContext): Promise<{ origins: readonly string[] }> {
  return { origins: (await ports.keys?.origins()) ?? [] };
}

export async function setJudgeKey(
  { ports }: AppContext,
  { endpoint, key }: ParsedInputOf<'judges.setKey'>,
): Promise<{ origin: string }> {
  requireAskable(endpoint);
  if (ports.keys === undefined) {
    throw new ServiceError(
      'unsupported_here',
      'This host keeps no keys. Set the key in the environment instead.',
    );
  }
  const origin = originOf(endpoint);
  if (key === null) await ports.keys.remove(origin);
  else await ports.keys.write(origin, key);
  return { origin };
}
