/** Rounds of a judge on its anchors, against an endpoint whose model is exchanged behind its name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startChatServer, verdictByLength } from '../support/chat-server.ts';
import { commandLine } from '../support/command-line.ts';
import { jsonLines } from '../support/comparisons.ts';
import { PAIRWISE } from '../support/judge-study.ts';

describe('drift', () => {
  it('is noise until the model changes, is shown by exit code, and stays out of the study', async () => {
    const server = await startChatServer();
    try {
      const { run, store, folder } = commandLine();
      const rows = Array.from({ length: 60 }, (_row, index) => ({
        id: `p${index}`,
        prompt: `Question ${index}`,
        a: { system: 'one', text: 'x'.repeat(10 + (index % 7)) },
        b: { system: 'two', text: 'x'.repeat(13) },
        human: [{ rater: 'ada', verdict: index % 7 > 3 ? 'first' : index % 7 === 3 ? 'tie' : 'second' }],
      }));
      writeFileSync(join(folder, 'rows.jsonl'), jsonLines(rows));
      writeFileSync(join(folder, 'judge.json'), JSON.stringify({ ...PAIRWISE, endpoint: server.endpoint }));
      const at = ['--study', 'S', '--store', store];
      await run('import', join(folder, 'rows.jsonl'), ...at);
      await run('judge', 'add', join(folder, 'judge.json'), ...at);
      const drift = async (...more: string[]) => {
        const { code, out, complaint } = await run(
          'judge',
          'drift',
          '--judge',
          'length@1',
          ...at,
          '--json',
          ...more,
        );
        return { code, complaint, report: JSON.parse(out) };
      };
      const first = await drift('--anchors', '20');
      expect(first).toMatchObject({
        code: 0,
        report: { anchors: 20, rounds: [{ round: 1, isReference: true, change: null }] },
      });
      expect(first.report.reason).toContain('two reference rounds');
      expect(server.asked).toHaveLength(40);
      // One verdict in twenty strays, as a judge's do that is not asked at temperature 0.
      server.misbehave(({ body }, count) =>
        count % 20 === 0
          ? { kind: 'reply', content: verdictByLength(body).includes('[[A]]') ? '[[B]]' : '[[A]]' }
          : undefined,
      );
      const steady = await drift('--rounds', '3');
      expect(steady).toMatchObject({ code: 0, report: { anchors: 20, reason: null } });
      expect(steady.report.rounds[3]).toMatchObject({
        isReference: false,
        isBeyond: false,
        n: 40,
        labelled: 40,
      });
      expect(steady.report.rounds[3].noise).toBeGreaterThan(0);
      // The same name, another model: it now prefers the shorter one.
      server.misbehave(({ body }) => {
        const other: Record<string, string> = { '[[A]]': '[[B]]', '[[B]]': '[[A]]' };
        return {
          kind: 'reply',
          model: 'synthetic-1-new',
          content: verdictByLength(body).replace(/\[\[[AB]\]\]/u, (token) => other[token] ?? token),
        };
      });
      const changed = await drift();
      expect(changed.code).toBe(1);
      // An endpoint that knows a key again would give the old answers for ever.
      expect(new Set(server.asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(
        server.asked.length,
      );
      const last = changed.report.rounds[4];
      expect(last).toMatchObject({ isBeyond: true, models: ['synthetic-1-new'] });
      expect(last.change).toBeGreaterThan(last.limit);
      expect(last.agreement).toBeLessThan(changed.report.rounds[3].agreement);
      const asked = server.asked.length;
      expect((await drift('--rounds', '0')).code).toBe(1);
      expect(server.asked).toHaveLength(asked);
      const plain = await run('judge', 'drift', '--judge', 'length@1', ...at, '--rounds', '0');
      expect(plain.out).toMatch(/^5, .*: beyond its limit +\d+\.\d %/mu);
      const { versions } = JSON.parse((await run('judge', 'list', ...at, '--json')).out);
      expect(versions.map(({ judge, judged }: { judge: string; judged: number }) => [judge, judged])).toEqual(
        [['length@1', 0]],
      );
      expect((await run('study', 'show', 'S', '--store', store)).out).toContain('judges: length@1');
      expect((await run('agreement', ...at, '--json')).out).not.toContain('round');
    } finally {
      await server.close();
    }
  });

  it('takes up a round that was cut off', async () => {
    const server = await startChatServer();
    try {
      const { run, store, folder } = commandLine();
      const rows = Array.from({ length: 12 }, (_row, index) => ({
        id: `p${index}`,
        prompt: `Q${index}`,
        a: { system: 'one', text: 'long text' },
        b: { system: 'two', text: 'text' },
      }));
      writeFileSync(join(folder, 'rows.jsonl'), jsonLines(rows));
      writeFileSync(join(folder, 'judge.json'), JSON.stringify({ ...PAIRWISE, endpoint: server.endpoint }));
      const at = ['--study', 'S', '--store', store];
      await run('import', join(folder, 'rows.jsonl'), ...at);
      await run('judge', 'add', join(folder, 'judge.json'), ...at);
      server.misbehave((_asked, count) => (count > 9 ? { kind: 'status', status: 401 } : undefined));
      expect(await run('judge', 'drift', '--judge', 'length@1', ...at)).toMatchObject({
        code: 1,
        complaint: expect.stringContaining('answered 401'),
      });
      server.misbehave(undefined);
      const report = JSON.parse((await run('judge', 'drift', '--judge', 'length@1', ...at, '--json')).out);
      expect(report.rounds).toHaveLength(1);
      expect([...server.answered.values()].every((times) => times === 1)).toBe(true);
      expect(server.answered.size).toBe(24);
    } finally {
      await server.close();
    }
  });
});
