import { spawnSync } from 'node:child_process';

/** Runs Python 3; the tests that do are named as not run where there is none. */
export function python(
  args: readonly string[],
  input = '',
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('python3', [...args], { encoding: 'utf8', input });
  return { status, stdout, stderr };
}

export const pythonIsHere = spawnSync('python3', ['--version']).status === 0;
