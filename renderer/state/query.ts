import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import type { InputOf, MethodName, ReplyOf } from '../../shared/contract/methods.ts';
import { client } from '../api/host.ts';

export interface Query<Value> {
  readonly value: Value | null;
  readonly error: Failure | null;
  readonly isLoading: boolean;
  reload(): void;
}

/** Reads from the host, again when it announces a change in one of the areas. Keeps the old value meanwhile. */
export function useQuery<Name extends MethodName>(
  name: Name,
  input: InputOf<Name>,
  areas: readonly Extract<AppEvent, { type: 'changed' }>['area'][] = [],
): Query<ReplyOf<Name>> {
  const [state, setState] = useState<Omit<Query<ReplyOf<Name>>, 'reload'>>({
    value: null,
    error: null,
    isLoading: true,
  });
  const [turn, setTurn] = useState(0);
  const inputKey = JSON.stringify(input);
  const areaKey = areas.join();
  const reload = useCallback(() => setTurn((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for the same call again
  useEffect(() => {
    let isCurrent = true;
    setState((before) => ({ ...before, isLoading: true }));
    void client.call(name, JSON.parse(inputKey) as InputOf<Name>).then((reply) => {
      if (!isCurrent) return;
      setState((before) =>
        reply.ok
          ? { value: reply.value, error: null, isLoading: false }
          : { value: before.value, error: reply.error, isLoading: false },
      );
    });
    return () => {
      isCurrent = false;
    };
  }, [name, inputKey, turn]);

  useEffect(() => {
    if (areaKey === '') return undefined;
    return client.subscribe((event) => {
      if (event.type === 'changed' && areaKey.split(',').includes(event.area)) reload();
    });
  }, [areaKey, reload]);

  return { ...state, reload };
}
