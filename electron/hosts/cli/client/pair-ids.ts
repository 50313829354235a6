import { ServiceError } from '../../../../shared/errors/errors.ts';
import type { CommandClient } from './command-client.ts';

/** Numbers of the pairs that a command names by their ids in the file or, where no id is so, by their numbers in the study. */
export async function pairNumbers(
  client: CommandClient,
  studyId: string,
  named: readonly string[],
): Promise<number[]> {
  const numbers: number[] = [];
  for (const name of named) {
    const { numbers: found, pairs } = await client.call('pairs.find', { studyId, filter: { id: name } });
    const number = found[0] ?? Number(/^[1-9]\d*$/u.exec(name)?.[0]);
    if (!(number <= pairs))
      throw new ServiceError('not_found', { key: 'pairs.unknown_named', values: { pair: name } });
    numbers.push(number);
  }
  return numbers;
}

/** The pairs themselves, as methods that change them take them. */
export async function namedPairs(
  client: CommandClient,
  studyId: string,
  named: readonly string[],
): Promise<number[]> {
  const numbers = await pairNumbers(client, studyId, named);
  const pairs: number[] = [];
  for (const number of numbers)
    pairs.push(...(await client.call('pairs.list', { studyId, numbers: [number] })).map(({ pair }) => pair));
  return pairs;
}
