/** Which statements the product's sources hold, and where. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { productFolder } from '../../electron/core/ports/product.ts';

/** Where SQL may stand. */
export const STORE = 'electron/core/store/';

const GAP = '\u2026';

export interface SqlText {
  /** From the product's folder, with slashes. */
  readonly file: string;
  /** As it is written, with a gap where something is put in. */
  readonly text: string;
}

const STATEMENT =
  /^\s*(?:--.*\s+)*(?:SELECT\s|INSERT\s+(?:OR|INTO)\s|REPLACE\s+INTO\s|UPDATE\s+(?:OR\s+\w+\s+)?\S+\s+SET\s|DELETE\s+FROM\s|WITH\s+(?:RECURSIVE\s+)?\w+\s|CREATE\s+(?:TEMP|TABLE|UNIQUE|INDEX|TRIGGER|VIEW|VIRTUAL)|DROP\s+(?:TABLE|INDEX|TRIGGER|VIEW)|ALTER\s+TABLE\s|PRAGMA\s|ATTACH\s|VACUUM\b|ANALYZE\b|REINDEX\b|SAVEPOINT\s|RELEASE\s|(?:BEGIN|COMMIT|ROLLBACK|END)(?:\s+(?:IMMEDIATE|DEFERRED|EXCLUSIVE|TRANSACTION))*\s*;?\s*$)/u;
/** Without one of these a source holds none of both, and need not be parsed. */
const KEYWORD =
  /\b(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|WITH|CREATE|DROP|ALTER|PRAGMA|ATTACH|VACUUM|ANALYZE|REINDEX|SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK|END|FROM|WHERE|AND)\b/u;
const PART =
  /(?:\bFROM\s+\w+[\s\S]*\b(?:WHERE|JOIN|ORDER BY|GROUP BY)\b)|(?:\b(?:WHERE|AND)\s+[\w.]+\s*(?:=|<>|IS|IN)\s*(?:\?|\(|NULL|NOT))|\bEXISTS\s*\(\s*SELECT\b/u;

/** Every text of a source that is a statement, or a part of one. */
export function sqlIn(file: string, source: string): readonly (SqlText & { readonly isWhole: boolean })[] {
  const found: (SqlText & { isWhole: boolean })[] = [];
  if (!KEYWORD.test(source)) return found;
  for (const text of textsOf(source, file.endsWith('x'))) {
    const isWhole = STATEMENT.test(text);
    if (isWhole || PART.test(text)) found.push({ file, text, isWhole });
  }
  return found;
}

/** All SQL of the product's own TypeScript. */
export function productSql(): readonly (SqlText & { readonly isWhole: boolean })[] {
  return globSync(['electron/**/*.ts', 'shared/**/*.ts', 'renderer/**/*.{ts,tsx}'], { cwd: productFolder })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => sqlIn(file, readFileSync(join(productFolder, file), 'utf8')));
}

/** What statements look like that were made from a text of a source, which others may go on from. */
export function patternOf({ text }: SqlText): RegExp {
  const parts = text
    .trim()
    .split(GAP)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&'));
  return new RegExp(`^\\s*${parts.join('[\\s\\S]*')}`, 'u');
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly cooked?: string }[];
}

function textsOf(source: string, hasMarkup: boolean): string[] {
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
    const { type, value, quasis } = node as Node;
    if (type === 'StringLiteral' && typeof value === 'string') texts.push(value);
    if (type === 'TemplateLiteral' && quasis !== undefined)
      texts.push(quasis.map(({ cooked = '' }) => cooked).join(GAP));
    for (const each of Object.values(node)) visit(each);
  };
  visit(parseSync(source, { syntax: 'typescript', tsx: hasMarkup }));
  return texts;
}
