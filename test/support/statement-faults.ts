import type { RecordedStatement } from '../../electron/core/store/engine/record-statement.ts';
import { explainingStore, walksAmong } from './explained-statements.ts';
import { NAMED_WALKS } from './named-walks.ts';
import { patternOf, productSql } from './sql-in-sources.ts';

/** What is wrong with statements that tests had prepared, as sentences. Those that only tests hold are left out. */
export function statementFaults(statements: readonly RecordedStatement[]): string[] {
  const sources = productSql()
    .filter(({ isWhole }) => isWhole)
    .map(patternOf);
  const own = statements.filter(({ sql }) => sources.some((source) => source.test(sql)));
  return walksAmong(own, explainingStore())
    .filter(({ sql }) => !NAMED_WALKS.some(({ of }) => of.test(sql.trim())))
    .map(({ sql, steps }) => `${steps.join('\n')}\nin ${sql}`);
}
