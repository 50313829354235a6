/** One large JSON object, taken apart however its bytes come. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitDocument } from '../../electron/core/imports/split-document.ts';
import { splitArray } from '../../electron/core/imports/split-records.ts';

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function parts(text: string, size: number): Promise<{ line: number; value: unknown }[]> {
  const found: { line: number; value: unknown }[] = [];
  for await (const batch of splitDocument(inChunks(text, size)))
    for (const { line, bytes } of batch) found.push({ line, value: JSON.parse(bytes.toString()) });
  return found;
}

const LOG = `{
  "version": 2, "note": "a \\"quoted\\" \\\\ [text] {with} , all",
  "eval": {"model": "m", "tags": ["a", {"b": "]"}]},
  "empty": [], "results": {"n": 1, "scores": [
    {"s": 1}, 7, "x"
  ]},
  "samples": [
    {"id": 1, "text": "}{"},
    {"id": 2}
  ],
  "done": null }
`;

describe('a document', () => {
  it.each([1, 2, 3, 7, 64, 1000])('comes in the same parts in chunks of %i bytes', async (size) => {
    expect(await parts(LOG, size)).toEqual([
      { line: 2, value: { version: 2 } },
      { line: 2, value: { note: 'a "quoted" \\ [text] {with} , all' } },
      { line: 3, value: { eval: { model: 'm', tags: ['a', { b: ']' }] } } },
      { line: 4, value: { 'results.n': 1 } },
      { line: 5, value: { 'results.scores[]': { s: 1 } } },
      { line: 5, value: { 'results.scores[]': 7 } },
      { line: 5, value: { 'results.scores[]': 'x' } },
      { line: 8, value: { 'samples[]': { id: 1, text: '}{' } } },
      { line: 9, value: { 'samples[]': { id: 2 } } },
      { line: 11, value: { done: null } },
    ]);
  });

  it('gives back every value of any object, whatever its spelling', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 2),
        async (value, size, indent) => {
          const expected = Object.entries(value).flatMap(([key, inner]) =>
            Array.isArray(inner) ? inner.map((each) => ({ [`${key}[]`]: each })) : [{ [key]: inner }],
          );
          fc.pre(!('results' in value) && !('__proto__' in value));
          const found = await parts(JSON.stringify(value, null, indent), size);
          expect(found.map((part) => part.value)).toEqual(JSON.parse(JSON.stringify(expected)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a": 1} 2', 'there is more after the end of the object'],
    ['{"a": 1', 'the file ends before its JSON object does'],
    ['{"a" 1}', 'a colon is missing'],
    ['{"a": 1 "b": 2}', 'a comma is missing'],
    ['{"a": }', 'a value is missing'],
    ['{"a": 1,}', 'the name of a field is missing'],
    ['{"a": [1,]}', 'a value is missing'],
    ['{"a\\x": 1}', 'the name of a field is not valid JSON'],
    ['  ', 'the file is not a JSON object'],
  ])('%s is refused: %s', async (text, reason) => {
    for (const size of [1, 100]) await expect(parts(text, size)).rejects.toThrow(reason);
  });
});

describe('an array', () => {
  it('gives back every element, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: fc.string(), more: fc.jsonValue() }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        async (values, size) => {
          const found: unknown[] = [];
          for await (const batch of splitArray(inChunks(JSON.stringify(values), size)))
            for (const { bytes } of batch) found.push(JSON.parse(bytes.toString()));
          expect(found).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
