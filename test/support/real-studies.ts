/** Imports the real data sets: one through the mapping that ships, two through a recipe of a few lines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productFolder } from '../../electron/core/ports/product.ts';
import { mappingSchema } from '../../shared/formats/mapping/mapping.ts';
import { guanacoRows } from '../real/guanaco.ts';
import { llmBarRows } from '../real/llmbar.ts';
import { importFiles, importText, jsonLines } from './comparisons.ts';

/** Imports PandaLM with the mapping that ships. */
export async function importPandaLm(storePath: string, folder: string): Promise<string> {
  const path = join(productFolder, 'resources', 'mappings', 'pandalm.json');
  const mapping = mappingSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const names = ['testset-v1.json', 'gpt-3.5-turbo-testset-v1.json', 'pandalm-7b-testset-v1.json'];
  const files = names.map((name) => ({ name, path: join(folder, name) }));
  const { studyId } = await importFiles(storePath, files, { study: 'PandaLM', mapping });
  return studyId ?? '';
}

export async function importGuanaco(storePath: string, folder: string): Promise<string> {
  const { studyId } = await importText(storePath, jsonLines(guanacoRows(folder)), { study: 'Guanaco' });
  return studyId ?? '';
}

export async function importLlmBar(storePath: string, folder: string): Promise<string> {
  const { studyId } = await importText(storePath, jsonLines(llmBarRows(folder)), { study: 'LLMBar' });
  return studyId ?? '';
}
