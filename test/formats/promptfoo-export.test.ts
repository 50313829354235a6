/** Files for promptfoo: nothing of a model’s text acts in them. */
import { describe, expect, it } from 'vitest';
import { splitOf } from '../../electron/core/store/study/content-split.ts';
import { exportStudy, jsonOf, PAIR, studyOf } from '../support/exported-study.ts';

/** Texts that promptfoo fills in wherever in a configuration they stand, some with a program to run. */
const ENVIRONMENT = [
  '{{env.HOME}}',
  "{{ env['HOME'] }}",
  ['steps: $', '{{ env.SECRET }}'].join(''),
  "{{ env.NOPE | default(({}).constructor.constructor('return 40+2')()) }}",
  "{{ ({}).constructor.constructor('return process.env.HOME')() | safe }}",
  'https://x/{{\n env.HOME\n}}',
  '{{ "}" ~ env.HOME }}',
];

describe('an export for promptfoo', () => {
  it('lets no text of a model be filled in, read or run by promptfoo', async () => {
    const texts = [
      'file:///etc/hostname',
      'file://*.js',
      '{{prompt}} and {{ 7*7 }}',
      '{% raw %}',
      'package:evil:run',
      '{{ environment.HOME }} and {{ name }}, where env.HOME is set',
      '{% set a = env.HOME %}',
      'exec:echo',
      'a\u007fb\u0085c\u2028d\ufeff',
    ];
    const storePath = await studyOf([
      ...texts.map((text, index) => ({ ...PAIR, id: `p${index}`, prompt: text, a: { system: 'm-1', text } })),
      ...ENVIRONMENT.map((each, index) => ({
        ...PAIR,
        id: `env${index}`,
        prompt: index % 4 === 0 ? each : `Env ${index}`,
        ...(index % 4 === 1 ? { a: { system: 'm-1', text: each } } : {}),
        ...(index % 4 === 2 ? { b: { system: 'm-2', text: each } } : {}),
        ...(index % 4 === 3 ? { reference: each } : {}),
      })),
      { ...PAIR, id: '{{ env.HOME }}', prompt: 'named by a template' },
      { ...PAIR, id: 'templated', prompt: 'x', a: { system: 'm-1', text: 'file://{{ 7*7 }}' } },
      {
        ...PAIR,
        id: 'file://id.json',
        prompt: 'y',
        slices: { votes: '9', $ref: 'x', path: 'file:///etc/passwd', home: '{{ env.HOME }}' },
      },
    ]);
    const { content, outcome } = await exportStudy(storePath, 'one', 'promptfoo-tests');
    const text = content['promptfoo-tests.json'] ?? '';
    // As YAML, which promptfoo reads it as, these may not stand in a text.
    expect(text).not.toMatch(/[\u007f-\u009f\u2028\ufeff]/u);
    const tests = jsonOf(text) as { description: string; vars: Record<string, unknown>; metadata: unknown }[];
    expect(tests.map(({ description }) => description)).toEqual([
      ...texts.map((_text, index) => `p${index}`),
      ' file://id.json',
    ]);
    for (const { vars } of tests) expect(Object.keys(vars)).toEqual(['pair']);
    expect(tests.slice(0, texts.length).map(({ vars }) => vars.pair)).toEqual(
      texts.map((each) => ({ prompt: each, output_a: each, output_b: 'Moss.' })),
    );
    expect(tests.at(-1)?.metadata).toEqual({
      votes: 3,
      agreeing: 2,
      split: splitOf('"y"'),
      'slice.votes': '9',
      'slice.$ref': 'x',
    });
    expect(outcome.leftOut).toEqual(
      expect.arrayContaining([
        {
          what: 'pairs with a text that opens as a file’s address and holds a template: promptfoo would fill it in',
          rows: 1,
        },
        {
          what: 'pairs with a text that holds a template of the environment: promptfoo would fill it in where tests are pasted into a configuration',
          rows: ENVIRONMENT.length + 1,
        },
        { what: 'slices whose value promptfoo would read as a file or fill in', rows: 1 },
      ]),
    );
  });
});
