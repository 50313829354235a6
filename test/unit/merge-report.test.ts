import { expect, it } from 'vitest';
import { command } from '../../electron/hosts/cli/commands/pack/merge.ts';
import { type MergedFile, type MergeResult, ROW_CLASSES } from '../../shared/contract/pack-methods.ts';
import {
  clockSentence,
  MERGE_ROW_HEADS,
  mergedFileCounts,
  mergedFileFacts,
  mergeOutcome,
  mergeRowCells,
} from '../../shared/report/merge-report.ts';

const FILE: MergedFile = {
  file: 'ann.touchreturn',
  pack: { name: 'acme', packId: 'p' },
  raters: ['ann', 'ben'],
  words: 'one-two-three',
  isKeyKnown: false,
  state: 'cut_off',
  isComplete: true,
  clockShifts: 2,
  counts: Object.fromEntries(
    ROW_CLASSES.map((kind, place) => [kind, place === 1 ? 0 : 1000 + place]),
  ) as never,
  rows: ROW_CLASSES.map((kind, place) => ({
    line: place === 0 ? null : 10 + place,
    n: place === 1 ? null : 500 + place,
    class: kind,
    reason: `because of ${kind}`,
    rater: place === 2 ? null : 'ann',
    sha256: place === 3 ? 'f'.repeat(64) : null,
  })),
};

const RESULT: MergeResult = {
  isDryRun: true,
  files: [FILE],
  taken: 12_345,
  keptAside: 7,
  changedNothing: false,
};

it('the terminal says of a merge what the screen says, in the same order', () => {
  const text = command.text?.(RESULT, undefined as never) ?? '';
  let at = 0;
  const next = (part: string) => {
    const found = text.indexOf(part, at);
    expect(found, `${part} in ${text}`).toBeGreaterThanOrEqual(at);
    at = found + part.length;
  };
  for (const fact of mergedFileFacts(FILE)) next(fact);
  for (const { name, count } of mergedFileCounts(FILE)) next(`${count} ${name}`);
  next(clockSentence(FILE) ?? '');
  for (const head of MERGE_ROW_HEADS) next(head);
  for (const row of FILE.rows) {
    for (const cell of mergeRowCells(row)) next(cell);
    next(row.sha256 ?? '');
  }
  next(mergeOutcome(RESULT));
  expect(text).not.toContain('already known,');
  expect(text).toContain('12,345 votes and retractions would be taken');
});

it('every class of a row has words of its own', () => {
  const words = FILE.rows.map((row) => mergeRowCells(row)[2]);
  expect(new Set(words).size).toBe(ROW_CLASSES.length);
  for (const word of words) expect(word).not.toMatch(/_|^$/u);
});
