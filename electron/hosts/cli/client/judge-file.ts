/** A judge named on the command line: a version of the study, or a file that describes one. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReplyOf } from '../../../../shared/contract/methods.ts';
import {
  type JudgeDefinitionInput,
  judgeDefinitionSchema,
} from '../../../../shared/judge/judge-definition.ts';
import { parseJson, readJsonFile } from '../options/json-file.ts';
import type { CommandClient } from './command-client.ts';

/** A judge of the study by name, or the file of one, which is added first. */
export async function judgeNamed(client: CommandClient, studyId: string, judge: string): Promise<string> {
  if (!existsSync(judge)) return judge;
  return (await keepJudgeFile(client, studyId, judge)).judge;
}

/** Keeps a judge file as the next version of its name. Throws with file and field where it is none. */
export async function keepJudgeFile(
  client: CommandClient,
  studyId: string,
  file: string,
): Promise<ReplyOf<'judges.keep'>> {
  const value = readJsonFile(resolve(file));
  parseJson(file, judgeDefinitionSchema, value);
  return client.call('judges.keep', { studyId, definition: value as JudgeDefinitionInput });
}
