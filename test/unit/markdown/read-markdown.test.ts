import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../../electron/core/ports/product.ts';
import { readTogether } from '../../../renderer/markdown/read-markdown.ts';
import { everyNode, laidOut, seenText } from '../../support/laid-out-text.ts';

/** What is laid out, by tag or kind, in order. */
function tagsOf(text: string): string[] {
  return everyNode(laidOut(text)).flatMap((node) =>
    node.kind === 'text' ? [] : [node.kind === 'element' ? node.tag : node.kind],
  );
}

const AS_WRITTEN: readonly string[] = [
  // Prices and other dollars.
  'The plan costs $5 per month now and $10 per month later, or ~5 to ~10 % less with a coupon.',
  'From $5 (was $10) to $20-$30, US$5/US$10, $1_000 and $2_000.',
  'It is $5/month and then $10/month; $5k or $6k, $1.5M to $2M.',
  'between $100^ and $200^, about $5* and $6*',
  'echo $HOME/bin:$PATH, "$foo" and $$ or $1 and $2',
  "awk '{print $1_$2}' and $_GET[0] with $_POST[1]",
  'A $20 note and a $20 note are $40.',
  // Reference lines and footnotes.
  '[1]: https://example.org/evidence "Source one"\n[^2]: The second source says the opposite.',
  'See [1] and [text][ref] and [^note].\n\n[ref]: <https://example.org> (title)',
  // Line breaks, runs of spaces.
  'Roses are red\nViolets are blue\nTwo  spaces   here\nEnd',
  'Roses are red;\nViolets are blue;\nand so on;',
  'a  \nb\\\nc',
  // Code without a fence.
  'def __init__(self, a*b*c):\n    if x < 3 and y > 4:\n        return List<String>\n# done\nx = a_b_c * 2 * y',
  'x = a_b_c * 2 * y * z',
  '# load the data\nimport pandas as pd\n\n# clean it\ndf = df.dropna()\n\n# done',
  '#include <stdio.h>\nint main(void) {\n  int *p, *q;\n  *p = *q * 2;\n}',
  'SELECT *\nFROM my_table\nWHERE a*b*c > 3',
  '{\n  "a_b": 1,\n  "__c__": "*d*"\n}',
  'for (int i = 0; i < n; i++) {\n\tsum += a[i] * b[i] * c[i];\n}',
  '>>> print(__name__)\n__main__',
  'Open C:\\_temp\\*new* and type \\d+\\.\\w then 1\\. go',
  '\\\\server\\share\\_a_\\*b*',
  'call __init__ and __str__ or _private_ with *args and **kwargs',
  '2*3*4 and 5 * 6 * 7 and a*b*c*d',
  // Underlined headings, numbers and relations at the beginning of a line.
  'Total: 40\n---\nTax: 2\n===\nend',
  'The winner was born in\n1986. A great year.',
  '> 90% of people\n>= 3 or so',
  // HTML, comments, entities, tags, autolinks.
  'Keep <b>this</b> <!-- hidden note --> and <script>alert(1)</script> after it. <think>secret</think> end',
  '<details><summary>x</summary>\n\nhidden\n</details>',
  '&lt;b&gt; &amp; &nbsp; &#x41; &copy;',
  '<https://example.org/a_b_c> <me@example.org> https://example.org/*x*',
  // Escapes stay with what they keep from being markup.
  '\\*not emphasised\\* and \\`not code\\` and \\[1\\] \\(see below\\)',
  '~5 to ~10',
  '<!-- # no heading -->',
  '| a | b |\n| 1 | 2 |',
  '::: note\nx\n:::',
];

describe('a text is seen as it was written where it is no markup beyond doubt', () => {
  it.each(AS_WRITTEN)('%j', (text) => {
    const nodes = laidOut(text);
    expect(seenText(nodes).replace(/\n+/gu, '\n')).toBe(text.replace(/\n+/gu, '\n'));
    const markup = tagsOf(text).filter((tag) => tag !== 'paragraph' && tag !== 'verbatim');
    expect(markup).toEqual([]);
  });
});

describe('markup beyond doubt is laid out', () => {
  it.each<[string, string[]]>([
    ['# Title\n\ntext', ['heading-1', 'paragraph']],
    ['text\n## Part\ntext', ['paragraph', 'heading-2', 'paragraph']],
    [
      '**bold** and *it* and ***both*** and ~~gone~~ and _two words_',
      ['paragraph', 'strong', 'emphasis', 'emphasis', 'strong', 'deleted', 'emphasis'],
    ],
    ['**a *b* c**', ['paragraph', 'strong', 'emphasis']],
    ['这是**重点**内容', ['paragraph', 'strong']],
    ['`a` and ``b`c``', ['paragraph', 'code', 'code']],
    [
      '- a\n- b\n  - c',
      [
        'list',
        'item',
        'paragraph',
        'marker',
        'item',
        'paragraph',
        'marker',
        'list',
        'item',
        'paragraph',
        'marker',
      ],
    ],
    [
      'Steps:\n1. a\n2. b',
      ['paragraph', 'list', 'item', 'paragraph', 'marker', 'item', 'paragraph', 'marker'],
    ],
    ['> a\n> b', ['quote', 'paragraph']],
    ['a\n\n---\n\nb', ['paragraph', 'rule', 'paragraph']],
    [
      '| a | b |\n|---|--:|\n| 1 | 2 | 3 |',
      ['table', 'row', 'header-cell', 'header-cell', 'row', 'cell', 'cell', 'cell'],
    ],
    ['```js\nlet x;\n```', ['code']],
    ['~~~\n```\n~~~', ['code']],
    [
      '1. a\n   ```py\nx\n   ```\n2. b',
      ['list', 'item', 'paragraph', 'marker', 'code', 'item', 'paragraph', 'marker'],
    ],
    ['[text](https://a.b "t")', ['paragraph', 'link', 'link-target']],
    ['![alt](https://a.b/c.png)', ['paragraph', 'image']],
    [
      'The value $x^2$, $n$, $f(x)$ and $\\alpha$.',
      ['paragraph', 'formula', 'formula', 'formula', 'formula'],
    ],
    ['$x_1$ costs $5 and $10', ['paragraph', 'formula']],
    ['\\(a+b\\) and \\[\n\\frac{1}{2}\n- 3\n\\]', ['paragraph', 'formula', 'formula']],
    ['$$\nE = mc^2\n$$', ['paragraph', 'formula']],
  ])('%j', (text, tags) => {
    expect(tagsOf(text)).toEqual(tags);
  });

  it('with the numbers and signs of lists as they were written', () => {
    const text = '7. a\n9) b\n\n+ c\n* d\n- 5 degrees';
    expect(seenText(laidOut(text))).toBe(text.replace(/\n/gu, ''));
  });

  it('with cells beyond the header, addresses and titles', () => {
    const seen = seenText(
      laidOut(
        '| a |\n|---|\n| 1 | extra |\n\n[t](https://hidden.example "title") ![alt](https://img.example "t2")\n\n```js run="x"\n1\n```',
      ),
    );
    for (const words of [
      'extra',
      'https://hidden.example "title"',
      'alt',
      'https://img.example "t2"',
      'js run="x"',
    ])
      expect(seen).toContain(words);
  });
});

/** Pieces that Markdown and its kin are made of, and words between them. */
const piece = fc.oneof(
  fc.constantFrom(
    ...'* ** *** _ __ ~ ~~ ` `` ``` ~~~ # ## > - + 1. 7) | |-| --- === $ $$ \\ \\( \\) \\[ \\] [ ] ( ) ![ ](x) [^1]: < > <!-- --> & &lt; : ; = { } " \\frac{a}{b} ^ %'.split(
      ' ',
    ),
    ' ',
    '  ',
    '    ',
    '\t',
    '\n',
    '\n\n',
    '\r\n',
    '\n- ',
    '\n> ',
    '\n```\n',
    '\n| a | b |\n|---|---|\n| c | d | e |\n',
    '\n    ',
    '\n# ',
    'def f(x):',
    'x = 1;',
    'data:image/png;base64,AAAA',
  ),
  fc.constantFrom('word', 'Wort', 'слово', '字', 'مرحبا', 'a1', '5', '\u200b', '😀'),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
);
const markdown = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Signs that markup may be made of; everything else is seen, whatever it is. */
const MARKUP = /[\s*_~`#>|\-:$![\]()]/gu;

describe('of any text', () => {
  it('everything but markup is seen, in its order, and nothing else', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(seenText(laidOut(text)).replace(MARKUP, '')).toBe(text.replace(MARKUP, ''));
      }),
      { numRuns: 3000 },
    );
  });

  it('every part says where it stands', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        for (const node of everyNode(laidOut(text))) {
          // A line end of two characters is shown as one.
          if (node.kind === 'text')
            expect(text.slice(node.at, node.at + node.text.length).replace('\r', '\n')).toBe(node.text);
          if (node.kind === 'code')
            node.text.split('\n').forEach((line, index) => {
              const [at = 0] = node.lineStarts;
              if (node.lineStarts.length > 1) {
                const start = node.lineStarts[index] ?? 0;
                expect(text.slice(start, start + line.length)).toBe(line);
              } else if (index === 0 && node.lineStarts.length === 1)
                expect(text.slice(at, at + line.length)).toBe(line);
            });
          if (node.kind === 'formula' && !node.text.includes('\n'))
            expect(text.slice(node.at, node.at + node.length)).toBe(node.text);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('no signs vanish but those of a markup that is there', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const nodes = laidOut(text);
        const kinds = new Set(
          everyNode(nodes).map((node) => (node.kind === 'element' ? node.tag : node.kind)),
        );
        const hasOnlyText = [...kinds].every((kind) => ['text', 'paragraph', 'verbatim'].includes(kind));
        if (hasOnlyText) expect(seenText(nodes).replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the budget of a pair', () => {
  const plain = {
    'heavy lines': 'ภาษาไทย'.repeat(700),
    lines: 'a\n'.repeat(4001),
    characters: 'word '.repeat(12_001),
    items: '- a\n'.repeat(1300),
  };

  it.each(Object.entries(plain))('of %s leaves all of its texts as they were written', (_name, text) => {
    expect(readTogether([text, 'short'])).toBeNull();
  });

  it('is one for all of its texts', () => {
    const text = `${'word '.repeat(70)}\n`.repeat(100);
    expect(readTogether([text])).not.toBeNull();
    expect(readTogether([text, `${text} `])).toBeNull();
  });

  it('ends containers in each other, and shows what is in them', () => {
    for (const sign of ['> ', '> - ', '- ', '1. ', '- > ']) {
      const text = `${sign.repeat(1200)}word`;
      const nodes = everyNode(laidOut(text));
      expect(nodes.length).toBeLessThan(100);
      expect(seenText(laidOut(text))).toContain('word');
    }
  });

  it('counts formulas, and shows those beyond as they were written', () => {
    const nodes = everyNode(laidOut('$x^2$ '.repeat(300)));
    expect(nodes.filter(({ kind }) => kind === 'formula')).toHaveLength(200);
  });
});

describe('prose', () => {
  it('is none of the code that it names, wherever a long line is looked at', () => {
    const named =
      'We have `class HttpError extends Error { constructor(readonly status: number) {} }`, f(x); and {a}.';
    for (let before = 0; before < 200; before++) {
      const text = `${'It is said once more. '.repeat(10).slice(0, before)} ${named} ${'And so on. '.repeat(20)}`;
      expect(tagsOf(text), text).not.toContain('verbatim');
    }
  });

  it('of the sample study is laid out, and its code stands in fences', () => {
    const rows = readFileSync(join(productFolder, 'resources', 'sample-study', 'comparisons.jsonl'), 'utf8');
    const texts = new Set<string>();
    JSON.parse(`[${rows.trim().split('\n').join(',')}]`, (_key, value: unknown) => {
      if (typeof value === 'string') texts.add(value);
      return value;
    });
    expect(texts.size).toBeGreaterThan(100);
    expect([...texts].filter((text) => tagsOf(text).includes('verbatim'))).toEqual([]);
  });
});
