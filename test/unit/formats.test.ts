import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanForIdentity } from '../../shared/blind/identity-scan.ts';
import { applyMapping } from '../../shared/formats/mapping/apply-mapping.ts';
import {
  type Mapping,
  mappingSchema,
  type SourceMapping,
  sourceForFile,
} from '../../shared/formats/mapping/mapping.ts';
import { nativeJsonSchema, readNativeRecord } from '../../shared/formats/own/native.ts';
import { nativeRecordOfCsvRow } from '../../shared/formats/own/native-csv.ts';
import { preferenceRow } from '../../shared/formats/own/preference.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';

const good = {
  id: '1',
  prompt: 'p',
  a: { system: 'x', text: 't' },
  b: { system: 'y', text: 'u' },
};

describe('the native format', () => {
  it.each([
    ['a missing field', { ...good, b: undefined }, 'b'],
    ['a wrong type', { ...good, id: true }, 'id'],
    ['an unknown verdict', { ...good, human: [{ rater: 'r', verdict: 'left' }] }, 'human[0].verdict'],
    ['an unknown field', { ...good, humans: [] }, '(record)'],
    ['both prompt and messages', { ...good, messages: [{ role: 'user', content: 'p' }] }, 'prompt'],
    ['neither text nor messages', { ...good, a: { system: 'x' } }, 'a'],
    [
      'inconsistent in one order',
      { ...good, judge: [{ judge: 'j', order: 'a_first', verdict: 'inconsistent' }] },
      'judge[0].verdict',
    ],
    ['not an object', 'text', '(record)'],
    ['an empty verdicts row', { id: '1' }, 'human'],
  ])('names the field of %s', (_name, record, field) => {
    const result = readNativeRecord(record);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problems[0]?.field).toBe(field);
  });

  it('tells comparisons from verdicts', () => {
    expect(readNativeRecord(good)).toMatchObject({ ok: true, value: { kind: 'comparison' } });
    const verdicts = { id: '1', judge: [{ judge: 'j', verdict: 'tie' }] };
    expect(readNativeRecord(verdicts)).toMatchObject({ ok: true, value: { kind: 'verdicts' } });
  });

  it('publishes a JSON Schema that says what a verdict is', () => {
    expect(JSON.stringify(nativeJsonSchema())).toContain('"both_bad"');
  });

  it('reads CSV columns by name', () => {
    const row = {
      id: '1',
      prompt: 'p',
      'a.system': 'x',
      'a.text': 't',
      'b.system': 'y',
      'b.text': 'u',
      'human.ada': 'first',
      'human.ben': '',
      'judge.j@b_first': 'tie',
      'slices.lang': 'de',
      reference: '',
    };
    const record = nativeRecordOfCsvRow(row);
    expect(record).toEqual({
      ...good,
      human: [{ rater: 'ada', verdict: 'first' }],
      judge: [{ judge: 'j', order: 'b_first', verdict: 'tie' }],
      slices: { lang: 'de' },
    });
    expect(readNativeRecord(record).ok).toBe(true);
  });
});

/** The first source, which is of records. */
function recordsIn({ sources: [source] }: Mapping): SourceMapping {
  if (source === undefined || 'table' in source) throw new Error('no source of records');
  return source;
}

describe('mappings', () => {
  const mapping = mappingSchema.parse({
    format: 'touchstone-mapping/1',
    sources: [
      {
        file: 'set-*.json',
        fields: {
          id: 'meta.idx',
          prompt: { join: ['instruction', 'input'] },
          a: { system: { from: 'pair', split: { at: '_', part: 'before' } }, text: 'out[0]' },
          b: { system: { from: 'pair', split: { at: '_', part: 'after' } }, text: 'out[1]' },
          human: [{ rater: { const: 'r1' }, verdict: { from: 'v', values: { '0': 'tie', '1': 'first' } } }],
        },
      },
    ],
  });
  const source = recordsIn(mapping);
  const record = { meta: { idx: 3 }, instruction: 'Do', input: '', pair: 'm_n_o', out: ['one', 'two'], v: 1 };

  it('reach into records, split, join and map values', () => {
    const mapped = applyMapping(source, record);
    expect(mapped).toEqual({
      ok: true,
      numbered: new Map(),
      record: {
        id: '3',
        prompt: 'Do',
        a: { system: 'm', text: 'one' },
        b: { system: 'n_o', text: 'two' },
        human: [{ rater: 'r1', verdict: 'first' }],
      },
    });
  });

  it('name the field and what was found when a value is not listed or missing', () => {
    const unlisted = applyMapping(source, { ...record, v: 'garbage' });
    expect(unlisted).toMatchObject({
      ok: false,
      problems: [{ field: 'human[0].verdict', reason: expect.stringContaining('"garbage"') }],
    });
    const missing = applyMapping(source, { ...record, meta: {} });
    expect(missing).toMatchObject({ ok: false, problems: [{ field: 'id', reason: 'meta.idx is missing' }] });
  });

  it('choose their source by file name, dots taken literally', () => {
    expect(sourceForFile(mapping, { name: 'set-1.json' })).toBe(source);
    expect(sourceForFile(mapping, { name: 'set-1xjson' })).toBeUndefined();
  });

  it('do not reach prototypes', () => {
    const tricky = mappingSchema.parse({
      format: 'touchstone-mapping/1',
      sources: [{ fields: { id: 'constructor.name' } }],
    });
    const only = recordsIn(tricky);
    expect(applyMapping(only, {})).toMatchObject({ ok: false });
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(object));
        expect(JSON.parse(canonicalJson(object))).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });
});

describe('preference rows', () => {
  const input = {
    id: '1',
    prompt: [{ role: 'user', content: 'q' }],
    first: [{ role: 'assistant', content: 'one' }],
    second: [{ role: 'assistant', content: 'two' }],
    voteCount: 3,
    agreeingCount: 2,
  } as const;
  it('put the winner under chosen', () => {
    expect(preferenceRow({ ...input, gold: 'second' })).toMatchObject({
      prompt: 'q',
      chosen: 'two',
      rejected: 'one',
      n_raters: 3,
    });
  });
  it('have no place for ties', () => {
    expect(preferenceRow({ ...input, gold: 'tie' })).toBeUndefined();
    expect(preferenceRow({ ...input, gold: 'both_bad' })).toBeUndefined();
  });
  it('are conversational when a part is', () => {
    const prompt = [
      ...input.prompt,
      { role: 'assistant', content: 'a' },
      { role: 'user', content: 'b' },
    ] as const;
    expect(preferenceRow({ ...input, prompt, gold: 'first' })).toMatchObject({ prompt, chosen: input.first });
  });
});

describe('the identity scan', () => {
  it.each([
    ['As Claude, I cannot', 'vendor_or_model'],
    ['As an AI language model, I think', 'self_identification'],
    ['I am Larkspur, a language model', 'self_identification'],
    ['Well, Juniper Mini here', 'system_name'],
    ['this is JUNIPER_MINI', 'system_name'],
  ])('finds %j', (text, rule) => {
    expect(scanForIdentity(text, ['juniper-mini']).map((match) => match.rule)).toContain(rule);
  });
  it.each(['As a teacher, I would', 'The claudication of the leg', 'I am happy, an honest person'])(
    'leaves %j alone',
    (text) => {
      expect(scanForIdentity(text, ['juniper-mini'])).toEqual([]);
    },
  );
});
