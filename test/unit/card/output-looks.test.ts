import { describe, expect, it } from 'vitest';
import { familyOf, isSameModel } from '../../../shared/card/columns/model-family.ts';
import { outputFeatures } from '../../../shared/card/columns/output-features.ts';

describe('the looks of an output', () => {
  it.each([
    ['', 0, 0],
    ['Plain text, with 3. a number and a - dash.', 0, 0],
    ['- one\n* two\n+ three\n• four', 4, 0],
    ['1. one\n  2) two\n100. hundred', 3, 0],
    ['1900. is no list item of more than three digits: 1900', 0, 0],
    ['# Title\n\n## More\n#hashtag', 0, 2],
    ['**bold** and __strong__ and *italic*', 0, 2],
    ['`code` and\n```ts\nlet a;\n```', 0, 3],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 0, 3],
    ['[text](https://example.org) but [not](', 0, 1],
  ])('%j', (text, listItems, markdown) => {
    expect(outputFeatures(text)).toEqual({ length: text.length, listItems, markdown });
  });

  it('costs no more than its length, whatever it holds', () => {
    for (const hostile of ['*', '`', '[', '|', '_', '# ', '[](', '**a']) {
      const text = hostile.repeat(200_000);
      expect(outputFeatures(text).length).toBe(text.length);
    }
  });
});

describe('a name points to', () => {
  it.each([
    ['gpt-4-turbo', 'OpenAI'],
    ['text-davinci-003', 'OpenAI'],
    ['o3-mini', 'OpenAI'],
    ['claude-2.1', 'Anthropic'],
    ['Gemini 1.5 Pro', 'Google'],
    ['Mixtral-8x7B-Instruct', 'Mistral'],
    ['guanaco-33b', 'Guanaco'],
    ['vicuna-13b', 'Vicuna'],
    ['llama-2-70b-chat', 'Llama'],
    ['bombard', null],
    ['System 3', null],
    ['', null],
  ])('%s: %s', (name, family) => {
    expect(familyOf(name)).toBe(family);
  });

  it.each([
    ['gpt-4', 'GPT_4', true],
    ['gpt-4@prompt-2', 'gpt-4', true],
    ['gpt-4', 'gpt-4-turbo', false],
    ['gpt-4', 'gpt-4o', false],
    ['', '', false],
  ])('%s and %s are one model: %s', (one, two, same) => {
    expect(isSameModel(one, two)).toBe(same);
  });
});
