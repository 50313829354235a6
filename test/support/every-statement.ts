/**
 * Has every statement that a run of tests prepares explained at its end: the run fails where one goes through a table with a
 * row for each pair, vote or verdict without being named for it. After a run of all tests every statement of the product's
 * sources must have been among them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { recordedStatements } from './explained-statements.ts';
import { statementFaults } from './statement-faults.ts';

export default function recordStatements(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-statements-'));
  const file = join(folder, 'statements.jsonl');
  process.env.TOUCHSTONE_RECORD_STATEMENTS = file;
  return () => {
    const isWhole = (project.vitest.filenamePattern ?? []).length === 0;
    const faults = existsSync(file) ? statementFaults(recordedStatements(file), { isWhole }) : [];
    rmSync(folder, { recursive: true, force: true });
    if (faults.length > 0) throw new Error(`Statements:\n\n${faults.join('\n\n')}\n`);
  };
}
