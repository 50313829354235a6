import { hash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process among all that share a folder with it: the machine and its space of process ids, then the id. A folder
 * may be shared by containers whose ids mean something else each.
 */
export function processMark(): string {
  return `${placeMark()}-${process.pid}`;
}

/** Whether a mark is of a process of this machine that is no more. */
export function isAbandoned(mark: string): boolean {
  const [, place, id] = /^([0-9a-f]{8})-([1-9]\d{0,9})$/u.exec(mark) ?? [];
  if (place !== placeMark() || id === undefined) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

let known: string | undefined;

function placeMark(): string {
  known ??= hash('sha256', `${hostname()}|${processSpace()}`).slice(0, 8);
  return known;
}

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
