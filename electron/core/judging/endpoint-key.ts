/** Which key goes to which endpoint. A key belongs to one origin and is sent nowhere else, whatever a judge file says. */
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { JudgeDefinition } from '../../../shared/judge/judge-definition.ts';
import type { EndpointKeys } from '../ports/ports.ts';
import { mendAddress } from './endpoint-address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const OPENAI = 'https://api.openai.com';

export function originOf(endpoint: string): string {
  return new URL(endpoint).origin;
}

/**
 * The key for an endpoint: from the environment, else as it was set. `OPENAI_API_KEY` is for api.openai.com alone;
 * `TOUCHSTONE_JUDGE_KEY` is for the origin of `TOUCHSTONE_JUDGE_ENDPOINT` alone.
 */
export async function keyForEndpoint(
  endpoint: string,
  keys: EndpointKeys | undefined,
  environment: Environment,
): Promise<{ readonly key: string; readonly from: 'environment' | 'set' } | null> {
  const origin = originOf(endpoint);
  const named = environmentKey(origin, environment);
  if (named !== null) return { key: named, from: 'environment' };
  const kept = (await keys?.read(origin)) ?? null;
  return kept === null ? null : { key: kept, from: 'set' };
}

/** What a request shows to be let in. Held in memory for the run; never stored, logged or sent elsewhere. */
export interface EndpointSecrets {
  readonly apiKey: string | null;
  /** By the names of the headers that a judge says are secret. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The place of a header's value among the keys of an origin; an origin holds no blank. */
export function headerPlace(origin: string, header: string): string {
  return `${origin} ${header.toLowerCase()}`;
}

/** The name of the environment variable for a header: `TOUCHSTONE_JUDGE_HEADER_CF_ACCESS_CLIENT_ID` and its like. */
export function headerVariable(header: string): string {
  return `TOUCHSTONE_JUDGE_HEADER_${header.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The key and the secret headers for a judge. A header comes from its environment variable, which like
 * `TOUCHSTONE_JUDGE_KEY` is for the origin of `TOUCHSTONE_JUDGE_ENDPOINT` alone, else as it was set.
 *
 * @throws ServiceError where a header has no value: without it every request would be turned away
 */
export async function secretsForJudge(
  { endpoint, secretHeaders = [] }: JudgeDefinition,
  keys: EndpointKeys | undefined,
  environment: Environment,
): Promise<EndpointSecrets> {
  const apiKey = (await keyForEndpoint(endpoint, keys, environment))?.key ?? null;
  const origin = originOf(endpoint);
  const headers: Record<string, string> = {};
  for (const name of secretHeaders) {
    const named = isEnvironmentFor(origin, environment) ? environment[headerVariable(name)] : undefined;
    const value = named || (await keys?.read(headerPlace(origin, name)));
    if (value === undefined || value === null || value === '')
      throw new ServiceError('invalid_input', {
        key: 'judge.header_value_missing',
        values: { name, origin, endpoint, variable: headerVariable(name) },
      });
    headers[name] = value;
  }
  return { apiKey, headers };
}

function isEnvironmentFor(origin: string, { TOUCHSTONE_JUDGE_ENDPOINT: endpoint }: Environment): boolean {
  return (
    endpoint !== undefined && URL.canParse(endpoint) && originOf(mendAddress(endpoint).endpoint) === origin
  );
}

function environmentKey(origin: string, environment: Environment): string | null {
  const { TOUCHSTONE_JUDGE_KEY: key, OPENAI_API_KEY: openAi } = environment;
  if (key !== undefined && key !== '' && isEnvironmentFor(origin, environment)) return key;
  return origin === OPENAI && openAi !== undefined && openAi !== '' ? openAi : null;
}
