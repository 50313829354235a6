/**
 * Has every statement that a run of tests prepares explained at its end. The run fails where one goes through a table with a
 * row for each pair, vote or verdict without being named for it.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedStatements } from './explained-statements.ts';
import { statementFaults } from './statement-faults.ts';

export default function recordStatements(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-statements-'));
  const file = join(folder, 'statements.jsonl');
  process.env.TOUCHSTONE_RECORD_STATEMENTS = file;
  return () => {
    const faults = existsSync(file) ? statementFaults(recordedStatements(file)) : [];
    rmSync(folder, { recursive: true, force: true });
    if (faults.length > 0)
      throw new Error(`SQLite would go through whole tables:\n\n${faults.join('\n\n')}\n`);
  };
}
