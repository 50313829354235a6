import { readFileSync } from 'node:fs';

/** The most memory in MiB that this process alone took: where /proc says it, because the other figure may count the parent's. */
export function peakMib(): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (found !== undefined) return Number(found) / 1024;
  } catch {
    // Not a Linux.
  }
  return process.resourceUsage().maxRSS / 1024;
}
