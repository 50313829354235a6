/** A judge named on the command line: a version of the study, or a file that describes one. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '../../../shared/contract/client.ts';
import { ServiceError } from '../../../shared/contract/errors.ts';
import {
  type JudgeDefinitionInput,
  judgeDefinitionSchema,
} from '../../../shared/domain/judge/judge-definition.ts';
import { problemsOf } from '../../../shared/formats/native.ts';
import { unwrapped } from './in-process.ts';

/** A judge of the study by name, or the file of one, which is added first. */
export async function judgeNamed(client: Client, studyId: string, judge: string): Promise<string> {
  if (!existsSync(judge)) return judge;
  return (await keepJudgeFile(client, studyId, judge)).judge;
}

/** Keeps a judge file as the next version of its name. Throws with file and field where it is none. */
export async function keepJudgeFile(client: Client, studyId: string, file: string) {
  const path = resolve(file);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ServiceError(
      'invalid_input',
      `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`,
    );
  }
  const parsed = judgeDefinitionSchema.safeParse(value);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, value);
    throw new ServiceError(
      'invalid_input',
      problems.map(({ field, reason }) => `${file}: ${field}: ${reason}`).join('\n'),
      { problems },
    );
  }
  return unwrapped(await client.call('judges.keep', { studyId, definition: value as JudgeDefinitionInput }));
}
