/** Records cut out of bytes, however the bytes come. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordFault } from '../../electron/core/imports/record-bytes.ts';
import { type JsonLayout, splitRecords } from '../../electron/core/imports/split-records.ts';
import { utf8Of } from '../../electron/core/imports/text-encoding.ts';

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function parts(text: string, size: number): Promise<{ line: number; value: unknown }[]> {
  const found: { line: number; value: unknown }[] = [];
  for await (const batch of splitRecords(inChunks(text, size), 'json_document'))
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
          for await (const batch of splitRecords(inChunks(JSON.stringify(values), size), 'json_array'))
            for (const { bytes } of batch) found.push(JSON.parse(bytes.toString()));
          expect(found).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** What comes of a text: each record with its place, and why reading ended where it did. */
async function outcome(text: string, layout: JsonLayout, size: number): Promise<unknown[]> {
  const found: unknown[] = [];
  try {
    for await (const batch of splitRecords(inChunks(text, size), layout))
      for (const { bytes, ...place } of batch) found.push({ ...place, text: bytes.toString() });
  } catch (error) {
    found.push(error instanceof RecordFault ? `line ${error.line}: ${error.message}` : error);
  }
  return found;
}

describe('a byte that does not belong there', () => {
  it.each([
    ['json_lines', '{"a": 1}\n\n{"b": "x"}\r\n'],
    ['json_array', '[{"a": 1},\n {"b": "x,]"}, 3]\n'],
    ['json_values', '{"a": 1}\n{"b":\n"}{"}\n'],
    ['json_document', LOG],
  ] as const)('of %s has the same outcome in chunks of any size', async (layout, text) => {
    const spoiled = '{}[],:"\\\n 1';
    for (let at = 0; at < text.length; at += 1)
      for (const byte of spoiled) {
        const damaged = `${text.slice(0, at)}${byte}${text.slice(at + 1)}`;
        const whole = await outcome(damaged, layout, 10_000);
        for (const size of [1, 3]) expect(await outcome(damaged, layout, size), damaged).toEqual(whole);
      }
  });

  it('of an array is the fault of its record where the others can be told', async () => {
    expect(await outcome('[{"a": 1}},\n{"b": 2} 3,\n{"c": 3}]', 'json_array', 5)).toEqual([
      { line: 1, recordNumber: 1, text: '{"a": 1}}' },
      { line: 2, recordNumber: 2, text: '{"b": 2} 3' },
      { line: 3, recordNumber: 3, text: '{"c": 3}' },
    ]);
  });
});

describe('bytes that are none of an encoding', () => {
  it.each([
    ['utf-8', Buffer.from('ä\nöö\n'), 'is not valid UTF-8'],
    ['shift_jis', Buffer.from([0x83, 0x41, 0x0a, 0x83, 0x42, 0x0a]), 'is not valid shift_jis'],
  ])('of %s are found on their line', async (encoding, text, reason) => {
    const broken = Buffer.concat([text, Buffer.from('abc\nab'), Buffer.from([0xff]), Buffer.from('c\nd')]);
    for (const size of [1, 2, 3, 5, 100]) {
      const chunks = (async function* () {
        for (let at = 0; at < broken.length; at += size) yield broken.subarray(at, at + size);
      })();
      const read = (async () => {
        for await (const chunk of utf8Of(chunks, encoding)) expect(chunk.length).toBeGreaterThan(0);
      })();
      await expect(read, `chunks of ${size}`).rejects.toMatchObject({ line: 4, message: reason });
    }
  });
});
