/** The long corpus of hostile texts: Markdown, maths and code in every language, in every length that a pair may have. */
import { costlyCode, costlyTexts, hugeTexts } from './costly-texts.ts';

/** In UTF-16 code units: what is surely laid out, the most that still is, and what an output may hold at all. */
const LENGTHS = { short: 2000, most: 29_000, huge: 4_190_000 } as const;
/** Of an output in a file, where some signs take six bytes. */
const MOST_BYTES = 5_000_000;

const MARKDOWN: Readonly<Record<string, string>> = {
  quotes: '> a\n',
  'quotes in quotes': '> > > > > > > > a\n',
  'lists in lists': '- a\n  - b\n    - c\n      - d\n',
  numbers: '1. a\n',
  'items of many paragraphs': '- a\n\n  b\n\n',
  'open fences': '```js\na\n',
  'fences in lists': '- ```js\n  a = 1\n  ```\n',
  'bars of tables': '|',
  'rows of tables': '| a | b |\n|---|---|\n| 1 | 2 |\n\n',
  'escaped bars': '\\|',
  rules: '---\n\n',
  headings: '# a\n\n',
  stars: '*',
  'stars and words': '**a *b* c** ',
  'stars that never close': '**a *b ',
  underscores: '_a_b_c_',
  'struck out': '~~a~~ ',
  'open links': '[a](',
  'links in links': '[[[a](b)](c)](d) ',
  'images in links': '[![a](b)](c) ',
  'open images': '![',
  'embedded images': '![a](data:image/png;base64,iVBORw0KGgo=) ',
  'images of nothing': '](data:image/png;base64,',
  brackets: '[]()',
  'open brackets': '[',
  backslashes: '\\',
  backticks: '`',
  'backticks of two lengths': '``a` ',
  entities: '&amp;&#x41;',
  html: '<div><b>a</b>',
  comments: '<!-- ',
  'spaces at the end': 'a  \n',
  'blank lines': '\n',
  'carriage returns': '\r',
  'carriage returns and line feeds': '\r\n',
  spaces: ' ',
  'hard spaces': '\u00a0',
  tabs: '\ta\n',
  'zero widths': '\u200b',
  'bidirectional controls': '\u202ea\u2066b',
  'lone surrogates': '\ud800',
  tags: '\u{e0041}',
  emoji: '👩🏽‍🚀',
  Arabic: 'مرحبا بالعالم ',
  'Arabic and Latin': 'مرحبا abc ',
  Devanagari: 'क्षत्रिय',
  Chinese: '中文没有空格',
  'long words': 'pneumono',
  'lines of two bytes': 'a\n',
  'code without a fence': 'x[i] = y * z;\n',
  'comments of code': '# a\nx = 1\n\n',
  JSON: '{"a": [1, 2, {"b": "c"}]}\n',
  paths: 'C:\\a\\b_c\\*d*\n',
  prices: 'from $5 to $10 and $20 ',
};

const MATHS: Readonly<Record<string, string>> = {
  squares: '$x^2$ ',
  'nested roots': '$\\sqrt{'.concat('\\sqrt{'.repeat(40), 'x', '}'.repeat(41), '$\n\n'),
  powers: `$${'x^{'.repeat(60)}x${'}'.repeat(60)}$\n\n`,
  fractions: `$$${'\\frac{1}{'.repeat(60)}x${'}'.repeat(60)}$$\n\n`,
  matrices: `$$\\begin{matrix}${'a&b\\\\'.repeat(120)}\\end{matrix}$$\n\n`,
  arrays: `$$\\begin{array}{${'c'.repeat(200)}}${'a&'.repeat(200)}\\end{array}$$\n\n`,
  delimiters: `$${'\\left('.repeat(60)}x${'\\right)'.repeat(60)}$\n\n`,
  macros: '$\\def\\a{\\a\\a}\\a$\n\n',
  'macros that double': `$${Array.from({ length: 20 }, (_unused, index) => `\\def\\${letter(index + 1)}{\\${letter(index)}\\${letter(index)}}`).join('')}\\${letter(20)}$\n\n`,
  colours: '$\\color{red}{\\colorbox{blue}{$x$}}$\n\n',
  'huge sizes': '$\\rule{1000000em}{1000000em} \\hspace{99999em}$\n\n',
  raised: `$${'\\raisebox{99em}{'.repeat(20)}x${'}'.repeat(20)}$\n\n`,
  phantoms: '$\\smash{\\phantom{\\text{hidden}}}$\n\n',
  'links in formulas': '$\\href{javascript:alert(1)}{x}\\includegraphics{http://a.b/c}$\n\n',
  accents: `$${'\\hat{'.repeat(60)}x${'}'.repeat(60)}$\n\n`,
  texts: `$\\text{${'a '.repeat(500)}}$\n\n`,
  'texts in formulas': `$${'\\text{$x$ '.repeat(20)}${'}'.repeat(20)}$\n\n`,
  'open groups': `$${'{'.repeat(900)}$\n\n`,
  primes: `$x${"'".repeat(900)}$\n\n`,
  'overfull lines': `$$${'x+'.repeat(400)}x$$\n\n`,
  'signs of no formula': '$a ',
  'open displays': '$$\na\n',
  'LaTeX of its own': '\\[ \\begin{align} a &= b \\\\ c &= d \\end{align} \\]\n\n',
  'inline in brackets': '\\(x\\) ',
};

/** What highlighters go wrong about: names, numbers, quotes, comments, tags, operators. */
const RUNS: readonly string[] = [
  'a',
  'a_',
  'a.',
  '0x1e',
  '1e',
  '"',
  "'",
  '`',
  '/*',
  '//',
  '<',
  '<a ',
  '</',
  '{',
  '(',
  '[',
  '\\',
  '#',
  '@',
  '$',
  '::',
  '->',
  '=',
  ' ',
  '\n',
  '\t',
  '"\\',
  '${',
  '#{',
  '<%',
  '<?',
  '--',
  "'''",
  '%{',
  'a<b<',
  'A.B.',
  '@a(',
  '...',
  'é',
  '中',
];

function letter(index: number): string {
  return `m${String.fromCharCode(97 + index)}`;
}

function filled(run: string, length: number): string {
  const bytesOfRun = Buffer.byteLength(JSON.stringify(run)) - 2;
  const most = Math.min(length, Math.floor(MOST_BYTES / bytesOfRun) * run.length);
  return run.repeat(Math.ceil(most / run.length)).slice(0, most);
}

function everyLength(runs: Readonly<Record<string, string>>, lengths: readonly (keyof typeof LENGTHS)[]) {
  return Object.fromEntries(
    Object.entries(runs).flatMap(([name, run]) =>
      lengths.map((length) => [`${name}, ${length}`, filled(run, LENGTHS[length])]),
    ),
  );
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Groups of texts by name; no name has a full stop in it. */
export function hostileTexts(): Readonly<Record<string, () => Readonly<Record<string, string>>>> {
  return {
    markdown: () => ({ ...costlyTexts(), ...everyLength(MARKDOWN, ['short', 'most']) }),
    maths: () => everyLength(MATHS, ['short', 'most']),
    // Every language at once, and then each of them with as much as is still coloured.
    code: () =>
      Object.fromEntries(
        RUNS.map((run) => [
          `every language, ${JSON.stringify(run).replaceAll('.', '·')}`,
          costlyCode(700, [run])
            .map(({ language, text }) => fenced(language, text))
            .join('\n\n'),
        ]),
      ),
    languages: () =>
      Object.fromEntries(
        costlyCode(LENGTHS.most - 100, ['a_', '"', '0x1e', '<a ']).map(({ language, text }) => [
          `${language}, ${JSON.stringify(text.slice(0, 3))}`,
          fenced(language, text),
        ]),
      ),
    huge: () => ({ ...hugeTexts(), ...everyLength({ ...MARKDOWN, ...MATHS }, ['huge']) }),
  };
}
