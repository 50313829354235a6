import type { RecordedStatement } from '../../electron/core/store/engine/record-statement.ts';
import { explainingStore, walksAmong } from './explained-statements.ts';
import { NAMED_WALKS } from './named-walks.ts';
import { patternOf, productSql } from './sql-in-sources.ts';

/**
 * What is wrong with statements that tests had prepared, as sentences. Those that only tests hold are left out.
 *
 * @param isWhole whether all tests ran, so that every statement must have been prepared
 */
export function statementFaults(
  statements: readonly RecordedStatement[],
  { isWhole }: { readonly isWhole: boolean },
): string[] {
  const sources = productSql()
    .filter((each) => each.isWhole)
    .map((each) => ({ ...each, pattern: patternOf(each), isMet: false }));
  const own = statements.filter(({ sql }) => {
    const from = sources.filter(({ pattern }) => pattern.test(sql));
    for (const each of from) each.isMet = true;
    return from.length > 0;
  });
  const walks = walksAmong(own, explainingStore())
    .filter(({ sql }) => !NAMED_WALKS.some(({ of }) => of.test(sql.trim())))
    .map(({ sql, steps }) => `${steps.join('\n')}\nin ${sql}`);
  const unmet = isWhole ? sources.filter(({ isMet, text }) => !isMet && !isUnmet(text)) : [];
  return [...walks, ...unmet.map(({ file, text }) => `no test prepares this of ${file}:\n${text}`)];
}
