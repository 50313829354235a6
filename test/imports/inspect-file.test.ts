/** What kind of file it is, by its content alone. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectFile } from '../../electron/core/imports/inspect-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it.each([
  ['{"status":"done","id":1}\n{"status":"new","id":2}\n', 'json_lines'],
  ['{"version":2,"status":"success","eval":{},"samples":[]}', 'json_document'],
  ['{\n "version": 2,\n "samples": []\n}', 'json_document'],
  ['{"evalId":"e","results":{"results":[]}}', 'json_document'],
  ['{"ann":{"p-1":"first"},"bob":{"p-1":"tie"}}', 'json_document'],
  [
    `{"ann":{${Array.from({ length: 9000 }, (_none, index) => `"p-${index}":"first"`).join(',')}}}`,
    'json_document',
  ],
  ['{"id":"p","prompt":"Why?","a":{"system":"m","text":"x"},"b":{"system":"n","text":"y"}}', 'json_lines'],
  ['{"a":{"system":"m","text":"x"},"b":{"system":"n","text":"y"},"id":"p","prompt":"Why?"}\n', 'json_lines'],
  [' [{"id":1}]', 'json_array'],
  ['\ufeff{"id":1}\n', 'json_lines'],
  ['id,prompt\n1,Why?\n', 'csv'],
  ['PAR1 and so on', 'parquet'],
  ['PK\u0003\u0004 and so on', 'eval_log'],
] as const)('%.40s is %s', async (text, format) => {
  const path = join(temporaryFolder(), 'file.txt');
  writeFileSync(path, text);
  expect((await inspectFile({ path, name: 'file.txt' })).format).toBe(format);
});
