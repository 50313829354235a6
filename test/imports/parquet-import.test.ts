/** Parquet files: rows of a tool's format, and rows of any names through a mapping. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer/src/node.js';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../shared/formats/mapping/mapping.ts';
import { importFiles } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function importing(path: string, mapping?: Mapping) {
  const { storePath } = await openTestApp();
  const files = [{ path, name: 'rows.parquet' }];
  return importFiles(storePath, files, mapping === undefined ? {} : { mapping });
}

/** Votes of MT-bench, as the data set keeps them: conversations are lists of structures. */
function votes(rows: number) {
  const said = (text: string) => [
    { role: 'user', content: 'Name a tree.' },
    { role: 'assistant', content: text },
  ];
  const every = <Value>(value: (index: number) => Value) =>
    Array.from({ length: rows }, (_, index) => value(index));
  return [
    { name: 'question_id', data: every((index) => BigInt(index)), type: 'INT64' as const },
    { name: 'model_a', data: every(() => 'apple'), type: 'STRING' as const },
    { name: 'model_b', data: every(() => 'zebra'), type: 'STRING' as const },
    {
      name: 'winner',
      data: every((index) => (index % 2 === 0 ? 'model_b' : 'tie')),
      type: 'STRING' as const,
    },
    { name: 'judge', data: every(() => 'expert_1'), type: 'STRING' as const },
    { name: 'conversation_a', data: every(() => said('Oak.')), type: 'JSON' as const },
    { name: 'conversation_b', data: every(() => said('Fir.')), type: 'JSON' as const },
    { name: 'turn', data: every(() => 1n), type: 'INT64' as const },
  ];
}

describe('a Parquet file', () => {
  it('is recognised by its rows, over several groups of them', async () => {
    const path = join(temporaryFolder(), 'rows.parquet');
    parquetWriteFile({ filename: path, columnData: votes(2500), rowGroupSize: 1000 });
    const result = await importing(path);
    expect(result.files).toMatchObject([
      { format: 'parquet', records: 2500, recognised: { name: 'fastchat-votes' } },
    ]);
    expect(result.counts).toMatchObject({ pairsAdded: 2500, votesAdded: 2500 });
    expect(result.firstRows[0]).toMatchObject({
      id: '0/1/apple/zebra',
      human: [{ rater: 'expert_1', verdict: 'second' }],
    });
  });

  it('is read through a mapping, with whatever it is packed by', async () => {
    const path = join(temporaryFolder(), 'rows.parquet');
    parquetWriteFile({
      filename: path,
      columnData: [
        { name: 'key', data: [7n, 8n], type: 'INT64' },
        { name: 'ask', data: ['Name a tree.', 'Name a moss.'], type: 'STRING' },
        { name: 'one', data: ['Oak.', 'Peat.'], type: 'STRING' },
        { name: 'two', data: ['Fir.', 'Bog.'], type: 'STRING' },
        { name: 'label', data: [1, 0], type: 'INT32' },
      ],
      codec: 'UNCOMPRESSED',
    });
    const result = await importing(path, {
      format: 'touchstone-mapping/1',
      sources: [
        {
          file: '*.parquet',
          fields: {
            id: 'key',
            prompt: 'ask',
            a: { system: { const: 'm-1' }, text: 'one' },
            b: { system: { const: 'm-2' }, text: 'two' },
            human: [
              {
                rater: { const: 'ann' },
                verdict: { from: 'label', values: { '0': 'second', '1': 'first' } },
              },
            ],
          },
        },
      ],
    } as unknown as Mapping);
    expect(result.firstRows).toMatchObject([
      { id: '7', a: { text: 'Oak.' }, human: [{ verdict: 'first' }] },
      { id: '8', b: { text: 'Bog.' }, human: [{ verdict: 'second' }] },
    ]);
  });

  it('that was cut off, or whose rows are wrong, is refused with a place', async () => {
    const path = join(temporaryFolder(), 'rows.parquet');
    parquetWriteFile({ filename: path, columnData: votes(20), rowGroupSize: 10 });
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 20));
    await expect(importing(path)).rejects.toThrow(/rows\.parquet, line 1: is not a whole Parquet file/u);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 4, 300);
    writeFileSync(path, damaged);
    await expect(importing(path)).rejects.toThrow(
      /rows\.parquet, line 1: this group of rows cannot be read/u,
    );
    const wrong = votes(20).map((column) =>
      column.name === 'winner'
        ? { ...column, data: column.data.map((_, row) => (row === 13 ? 'nobody' : 'tie')) }
        : column,
    );
    parquetWriteFile({ filename: path, columnData: wrong as ReturnType<typeof votes>, rowGroupSize: 10 });
    await expect(importing(path)).rejects.toThrow(/rows\.parquet, line 14, winner: is "nobody"/u);
  });
});
