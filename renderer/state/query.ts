/** Questions to the host, kept while the page is open, so that a screen that is come back to shows at once what it showed. */
import { keepPreviousData, QueryClient, skipToken, useQuery as useKeptQuery } from '@tanstack/react-query';
import type { Envelope, Failure } from '../../shared/contract/envelope.ts';
import type { InputOf, MethodName, ReplyOf } from '../../shared/contract/methods.ts';
import { client } from '../api/host.ts';
import { QUERY_AREAS } from './query-areas.ts';

export interface Query<Value> {
  readonly value: Value | null;
  readonly error: Failure | null;
  /** Whether what is shown may not be what was asked for last. */
  readonly isLoading: boolean;
  /** Whether the value answers what was asked before: nothing is to be done about it any more. */
  readonly isOfBefore: boolean;
  reload(): void;
}

/** The host is this machine: nothing is asked twice because a network came back or a window was looked at. */
const kept = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 0,
    },
  },
});

/** Asks the host, again when it announces a change of what the question is about. Keeps the old answer meanwhile. */
export function useQuery<Name extends MethodName>(
  name: Name,
  /** Null where nothing is to be asked, or not yet. */
  input: InputOf<Name> | null,
): Query<ReplyOf<Name>> {
  const { data, error, isFetching, isPlaceholderData, refetch } = useKeptQuery<ReplyOf<Name>, Failure>(
    {
      queryKey: [name, input],
      queryFn: input === null ? skipToken : async () => answerOf(await client.call(name, input)),
      placeholderData: keepPreviousData,
    },
    kept,
  );
  return {
    value: data ?? null,
    error,
    isLoading: isFetching,
    isOfBefore: isPlaceholderData,
    reload: () => void refetch(),
  };
}

function answerOf<Value>(reply: Envelope<Value>): Value {
  // The library tells answers from failures by what is thrown; a failure here is data, with its key and values.
  if (!reply.ok) throw reply.error;
  return reply.value;
}

/** To be called once: follows what the host announces. */
export function watchQueries(): void {
  client.subscribe((event) => {
    if (event.type !== 'changed') return;
    void kept.invalidateQueries({
      predicate: ({ queryKey }) => QUERY_AREAS[queryKey[0] as MethodName]?.includes(event.area) === true,
    });
  });
}

/** Forgets all answers: whoever sits down at the window next must not find them. What is still shown is asked for anew. */
export function forgetQueries(): void {
  void kept.resetQueries();
}
