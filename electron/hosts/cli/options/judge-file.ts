/** A judge named on the command line: a version of the study, or a file that describes one. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '../../../../shared/contract/client.ts';
import {
  type JudgeDefinitionInput,
  judgeDefinitionSchema,
} from '../../../../shared/judge/judge-definition.ts';
import { unwrap } from '../client/in-process.ts';
import { parseJson, readJsonFile } from './json-file.ts';

/** A judge of the study by name, or the file of one, which is added first. */
export async function judgeNamed(client: Client, studyId: string, judge: string): Promise<string> {
  if (!existsSync(judge)) return judge;
  return (await keepJudgeFile(client, studyId, judge)).judge;
}

/** Keeps a judge file as the next version of its name. Throws with file and field where it is none. */
export async function keepJudgeFile(client: Client, studyId: string, file: string) {
  const path = resolve(file);
  const value = readJsonFile(path);
  parseJson(file, judgeDefinitionSchema, value);
  return unwrap(await client.call('judges.keep', { studyId, definition: value as JudgeDefinitionInput }));
}
