/** The time that other tools' witnesses are given: whole, positive, and never more than is left. */
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';
import { minutesOf, NotHere, TimeLimit } from './time-limit.ts';

describe('the time of a run of witnesses', () => {
  it('gives each step whole milliseconds, at least one, and nothing beyond its end', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        fc.double({ min: 1e-9, max: 1440, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 9e5, noNaN: true }), { maxLength: 20 }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (startMs, minutes, passes, mostMs) => {
          let nowMs = startMs;
          const time = new TimeLimit(minutes, () => nowMs);
          for (const passMs of passes) {
            nowMs += passMs;
            const leftMs = startMs + minutes * 60_000 - nowMs;
            if (leftMs <= 0) {
              expect(() => time.forStep(mostMs)).toThrow(NotHere);
              continue;
            }
            const limitMs = time.forStep(mostMs);
            expect(Number.isSafeInteger(limitMs)).toBe(true);
            expect(limitMs).toBeGreaterThanOrEqual(1);
            expect(limitMs).toBeLessThanOrEqual(Math.max(1, Math.min(mostMs, leftMs)));
          }
        },
      ),
    );
  });

  it.each([
    ['12', 12],
    ['0.5', 0.5],
    ['1e-9', 1e-9],
    ['', null],
    [' ', null],
    ['0', null],
    ['-3', null],
    ['soon', null],
    ['Infinity', null],
    ['1e9', null],
  ])('takes --within %s as %s minutes', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  it('ends a program that takes longer, with what it started and what holds its output open', async () => {
    const inner = 'setInterval(() => undefined, 1000)';
    const outer = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: 'inherit' });
      console.log('begun'); setInterval(() => undefined, 1000)`;
    const ran = await runProgram(process.execPath, ['-e', outer], { folder: tmpdir(), limitMs: 1500 });
    expect(ran).toMatchObject({ code: null, isTooLong: true });
    const done = await runProgram(process.execPath, ['-e', 'console.log(1); process.exit(3)'], {
      folder: tmpdir(),
      limitMs: 60_000,
    });
    expect(done).toEqual({ code: 3, isTooLong: false, out: '1\n', complaint: '' });
    const none = await runProgram('no-such-program-at-all', [], { folder: tmpdir(), limitMs: 60_000 });
    expect(none).toMatchObject({ code: null, isTooLong: false });
  });
});
