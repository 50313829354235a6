import { families } from './families.ts';
import { readOracleFiles } from './oracle-file.ts';
import { type Failure, runCase } from './run-case.ts';

/** What became of every value of every case of every file of a directory. */
export function runDirectory(directory: string): {
  readonly passed: number;
  readonly failures: readonly (Failure & { readonly file: string })[];
  readonly files: number;
} {
  const files = readOracleFiles(directory);
  const failures: (Failure & { readonly file: string })[] = [];
  let passed = 0;
  for (const file of files) {
    for (const oracle of file.cases) {
      const outcome = runCase(families[file.family], oracle, file.defaultTolerance);
      passed += outcome.passed;
      failures.push(...outcome.failures.map((failure) => ({ file: file.name, ...failure })));
    }
  }
  return { passed, failures, files: files.length };
}
