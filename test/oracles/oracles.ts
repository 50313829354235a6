/** `npm run oracles -- DIR`: the statistics engine against every value of a directory of oracle files. */
import { runDirectory } from './run-directory.ts';

const directory = process.argv[2];
if (directory === undefined) {
  console.error('usage: npm run oracles -- DIR');
  process.exit(2);
}
try {
  const { passed, failures, files } = runDirectory(directory);
  for (const { file, caseId, quantity, expected, got, tolerance } of failures) {
    console.log(`FAILED ${file} ${caseId} ${quantity}: expected ${expected}, got ${got} (${tolerance})`);
  }
  if (files === 0) console.error(`${directory} holds no .json file.`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && files > 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
