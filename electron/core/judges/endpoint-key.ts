/** Which key goes to which endpoint. A key belongs to one origin and is sent nowhere else, whatever a judge file says. */
import type { EndpointKeys } from '../ports.ts';
import { mendedAddress } from './endpoint-address.ts';

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

function environmentKey(origin: string, environment: Environment): string | null {
  const {
    TOUCHSTONE_JUDGE_ENDPOINT: endpoint,
    TOUCHSTONE_JUDGE_KEY: key,
    OPENAI_API_KEY: openAi,
  } = environment;
  if (
    endpoint !== undefined &&
    key !== undefined &&
    key !== '' &&
    URL.canParse(endpoint) &&
    originOf(mendedAddress(endpoint).endpoint) === origin
  ) {
    return key;
  }
  return origin === OPENAI && openAi !== undefined && openAi !== '' ? openAi : null;
}
