import { describe, expect, it } from 'vitest';
import { judgeComparison } from '../../../shared/card/judge-comparison.ts';
import { definitionChanges } from '../../../shared/judge/definition-changes.ts';
import { judgeDefinitionSchema } from '../../../shared/judge/judge-definition.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { mcNemar } from '../../../shared/stats/paired-table/mcnemar.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { cardData } from '../../support/card-data.ts';

const { first: F, second: S, missing: M, unparsed: U } = CODE;
const options = agreementOptionsSchema.parse({});

describe('two judges on the same pairs', () => {
  const label = Array.from({ length: 40 }, (_pair, index) => (index % 2 === 0 ? F : S));
  const other = (code: number) => (code === F ? S : F);
  const before = label.map((code, pair) => (pair < 12 ? other(code) : code));
  const after = label.map((code, pair) =>
    pair >= 38 ? other(code) : pair === 20 ? U : pair === 21 ? M : code,
  );

  it('counts what changed, and tests the change on the pairs both judged and people labelled', () => {
    const data = cardData({ raters: { ada: label }, judges: { 'j@1': before, 'j@2': after } });
    const found = judgeComparison(data, options, 'j@1', 'j@2');
    expect(found).toMatchObject({
      pairs: 38,
      changed: 14,
      labelled: 38,
      splits: { dev: 0, test: 38 },
      gained: 12,
      lost: 2,
      difference: 10 / 38,
    });
    expect(found?.agreement).toEqual({ before: 26 / 38, after: 36 / 38 });
    const test = mcNemar(12, 2);
    expect(found?.p).toBeCloseTo(test.defined ? test.midP : Number.NaN, 12);
    expect(found?.interval?.low).toBeGreaterThan(0);
    expect(found?.changes.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(38);
    expect(found?.changes.filter(({ from, to }) => from !== to)).toEqual(
      expect.arrayContaining([expect.objectContaining({ from: 'second', to: 'first', pairs: 7 })]),
    );
    const turned = judgeComparison(data, options, 'j@2', 'j@1');
    expect([turned?.gained, turned?.lost, turned?.difference]).toEqual([2, 12, -10 / 38]);
  });

  it('says why there is no interval, and null for a judge that is not there', () => {
    const data = cardData({ raters: { ada: label.map(() => M) }, judges: { 'j@1': before, 'j@2': after } });
    expect(judgeComparison(data, options, 'j@1', 'j@2')).toMatchObject({
      labelled: 0,
      agreement: null,
      difference: null,
      interval: null,
      p: null,
      noInterval: expect.any(String),
    });
    expect(judgeComparison(data, options, 'j@1', 'nobody')).toBeNull();
  });

  it('takes pairs of one item together', () => {
    const itemOfPair = label.map((_code, pair) => pair >> 2);
    const apart = judgeComparison(
      cardData({ raters: { ada: label }, judges: { a: before, b: after } }),
      options,
      'a',
      'b',
    );
    const together = judgeComparison(
      cardData({ raters: { ada: label }, judges: { a: before, b: after }, itemOfPair }),
      options,
      'a',
      'b',
    );
    expect(together?.difference).toBeCloseTo(apart?.difference ?? Number.NaN, 12);
    const width = (found: typeof apart) => (found?.interval?.high ?? 0) - (found?.interval?.low ?? 0);
    expect(width(together)).toBeGreaterThan(width(apart));
  });
});

describe('what differs between two definitions', () => {
  it('is listed field by field', () => {
    const base = {
      name: 'j',
      model: 'm',
      endpoint: 'http://127.0.0.1:1/v1',
      prompt: '{{output_a}}{{output_b}}',
      reply: { form: 'pairwise', scale: 'with_tie', grammar: 'double_bracket' },
    };
    const one = judgeDefinitionSchema.parse(base);
    const two = judgeDefinitionSchema.parse({
      ...base,
      model: 'n',
      parameters: { temperature: 0 },
      reply: { ...base.reply, scale: 'forced' },
    });
    expect(definitionChanges(one, two)).toEqual([
      { field: 'model', before: 'm', after: 'n' },
      { field: 'reply.scale', before: 'with_tie', after: 'forced' },
      { field: 'parameters.temperature', before: null, after: '0' },
    ]);
    expect(definitionChanges(one, one)).toEqual([]);
  });
});
