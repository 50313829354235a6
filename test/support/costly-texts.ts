/** Texts that cost a browser, a Markdown reader, KaTeX or a highlighter more than their length, by name. */
import { common } from 'lowlight';

const filled = (text: string, length: number) =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** Half of what two outputs and a task may cost, so that both sides of a pair can be such a text. */
const HALF = 29_000;

/** A few kilobytes to what a pair may cost at most: the costliest that is still laid out, or just over it. */
export function costlyTexts(): Readonly<Record<string, string>> {
  return {
    'nested quotes': `${'> '.repeat(1200)}word`,
    'nested quotes and lists': `${'> - '.repeat(1200)}word`,
    'nested lists': Array.from({ length: 160 }, (_unused, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
    'many items': '- a\n'.repeat(790),
    'list of 60 kB': '- some words of an item\n'.repeat(2500),
    'line ends': '\n'.repeat(59_000),
    'short lines': 'a\n'.repeat(1990),
    'short paragraphs': 'a\n\n'.repeat(2000),
    headings: '## a\n'.repeat(1200),
    table: `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(480)}`,
    'wide table': `|${' a |'.repeat(1200)}\n|${'-|'.repeat(1200)}\n|${' b |'.repeat(1200)}`,
    autolinks: 'http://a.b/('.repeat(2400),
    footnotes: Array.from({ length: 2000 }, (_unused, index) => `[^${index}]: x`).join('\n'),
    emphasis: '**a** '.repeat(1200),
    'signs that may open': '*a '.repeat(9000),
    'underscores that may open': '_a '.repeat(9000),
    'code spans': '`a` '.repeat(1200),
    backticks: Array.from({ length: 200 }, (_unused, length) => '`'.repeat(length)).join(' '),
    links: '[a](b) '.repeat(800),
    brackets: '[a]('.repeat(7000),
    formulas: '$x^2$ '.repeat(100),
    'formula of cells': `$$\\begin{matrix}${'&'.repeat(1900)}\\end{matrix}$$`,
    'formulas of many cells': filled(`$$\\begin{matrix}${'a&'.repeat(380)}\\end{matrix}$$\n\n`, HALF),
    'nested fractions': `$$${'\\frac{a}{'.repeat(120)}b${'}'.repeat(120)}$$`,
    'fractions in fractions': filled(`$$${'\\frac{1}{'.repeat(9)}x${'}'.repeat(9)}$$\n\n`, HALF / 2),
    macros: '$\\def\\a{\\a\\a}\\a$',
    'combining marks': `a${'\u0301'.repeat(HALF)}`,
    'wide ligatures': '\ufdfd'.repeat(HALF),
    'Thai without spaces': filled('ภาษาไทยไม่มีช่องว่าง', HALF),
    'one word': 'a'.repeat(HALF),
    'no widths': 'a\u200b'.repeat(HALF / 2),
    'turned around': '\u202ea'.repeat(HALF / 2),
    families: filled('👨‍👩‍👧‍👦', HALF),
    'code without a fence': 'x = 1;\n'.repeat(1900),
    'an image of 400 megapixels': `![x](data:image/png;base64,${Buffer.from('89504e470d0a1a0a0000000d4948445200004e2000004e200100000000', 'hex').toString('base64')})`,
  };
}

/** Far more than a pair may cost. */
export function hugeTexts(): Readonly<Record<string, string>> {
  return {
    'a million combining marks': `a${'\u0301'.repeat(1_000_000)}`,
    'a million wide ligatures': '\ufdfd'.repeat(1_000_000),
    'a million letters of Thai': filled('ภาษาไทยไม่มีช่องว่าง', 1_000_000),
    'four million letters': filled('word and ', 4_000_000),
    'two million lines': 'a\n'.repeat(2_000_000),
    'two million carriage returns': '\r'.repeat(2_000_000),
    'letters of two scripts': filled('مرحبا abc ', 2_000_000),
  };
}

/** Code in every language that has colours, of every run. */
export function costlyCode(
  length: number,
  runs: readonly string[],
): { readonly language: string; readonly text: string }[] {
  return Object.keys(common).flatMap((language) =>
    runs.map((run) => ({ language, text: filled(run, length) })),
  );
}
