import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JudgeTemplate, judgeTemplateSchema } from '../../../shared/judge/judge-template.ts';
import { productFolder } from '../ports/product.ts';

/** The judge prompts that come with the program, by their file names. */
export function judgeTemplates(): ({ readonly id: string } & JudgeTemplate)[] {
  const folder = join(productFolder, 'resources', 'judges');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      id: file.slice(0, -'.json'.length),
      ...judgeTemplateSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    }));
}
