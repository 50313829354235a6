/** Verdicts of judges that ran elsewhere: the order encoding is declared, failures stay failures, and nonsense is noticed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guanacoRows } from '../real/guanaco.ts';
import { commandLine } from '../support/command-line.ts';
import { jsonLines } from '../support/comparisons.ts';
import { judgmentRows, rowsOf } from '../support/judge-study.ts';
import { realDataFolder } from '../support/real-data.ts';

const PAIRS = 40;

async function studyOf(pairs = PAIRS) {
  const line = commandLine();
  const write = (name: string, rows: readonly unknown[]) => {
    const path = join(line.folder, name);
    writeFileSync(path, jsonLines(rows));
    return path;
  };
  const rows = Array.from({ length: pairs }, (_row, index) => ({
    id: `q${index}`,
    prompt: `Question ${index}`,
    a: { system: index % 2 === 0 ? 'alpha' : 'beta', text: 'One' },
    b: { system: index % 2 === 0 ? 'beta' : 'alpha', text: 'Two' },
  }));
  const at = ['--study', 'S', '--store', line.store];
  await line.run('import', write('pairs.jsonl', rows), ...at);
  return { ...line, write, at };
}

const shown = (order: 'a_first' | 'b_first', verdict: string) => ({ judge: 'j', order, verdict });

describe('verdicts as shown', () => {
  it('are mapped back by their order, failures and ties staying what they are', async () => {
    const { run, write, at, store } = await studyOf(4);
    const file = write('j.jsonl', [
      { id: 'q0', judge: [shown('a_first', 'first'), shown('b_first', 'first')] },
      { id: 'q1', judge: [shown('a_first', 'second'), shown('b_first', 'second')] },
      { id: 'q2', judge: [shown('a_first', 'tie'), shown('b_first', 'both_bad')] },
      {
        id: 'q3',
        judge: [{ ...shown('a_first', 'unparsed'), failure: 'refused' }, shown('b_first', 'error')],
      },
    ]);
    expect(await run('judge', 'import', file, '--verdicts', 'as-shown', ...at)).toMatchObject({ code: 0 });
    expect(judgmentRows(store).map(({ pair, verdict, failure }) => [pair, verdict, failure])).toEqual([
      ['q0', 'first', null],
      ['q0', 'second', null],
      ['q1', 'second', null],
      ['q1', 'first', null],
      ['q2', 'tie', null],
      ['q2', 'both_bad', null],
      ['q3', 'unparsed', 'refused'],
      ['q3', 'error', null],
    ]);
    expect((await run('judge', 'import', file, '--verdicts', 'as-shown', ...at)).out).toContain(
      'nothing was changed',
    );
  });

  it('without an order mean nothing, and nothing is imported', async () => {
    const { run, write, at, store } = await studyOf(2);
    const file = write('j.jsonl', [{ id: 'q0', judge: [{ judge: 'j', verdict: 'first' }] }]);
    const refused = await run('judge', 'import', file, '--verdicts', 'as-shown', ...at);
    expect(refused).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('j.jsonl, line 1, judge: judge[0].order is unknown'),
    });
    expect(judgmentRows(store)).toEqual([]);
  });

  it('take their order from the name of the file', async () => {
    const { run, write, at, store } = await studyOf(1);
    const straight = write('run.jsonl', [{ id: 'q0', judge: [{ judge: 'j', verdict: 'first' }] }]);
    const swapped = write('run-swapped.jsonl', [{ id: 'q0', judge: [{ judge: 'j', verdict: 'first' }] }]);
    const both = await run(
      'judge',
      'import',
      straight,
      swapped,
      '--verdicts',
      'as-shown',
      '--a-first',
      'run*',
      '--b-first',
      '*-swapped.jsonl',
      ...at,
    );
    expect(both).toMatchObject({ code: 2, complaint: expect.stringContaining('named by both') });
    await run(
      'judge',
      'import',
      straight,
      swapped,
      '--verdicts',
      'as-shown',
      '--a-first',
      'run.jsonl',
      '--b-first',
      '*-swapped.jsonl',
      ...at,
    );
    expect(judgmentRows(store).map(({ order, verdict }) => [order, verdict])).toEqual([
      ['a_first', 'first'],
      ['b_first', 'second'],
    ]);
    const contrary = write('run.jsonl', [{ id: 'q0', judge: [shown('b_first', 'first')] }]);
    expect((await run('judge', 'import', contrary, '--a-first', 'run.jsonl', ...at)).complaint).toContain(
      'whole file was declared a_first',
    );
  });

  it('declared as mapped back are noticed, because the judge then contradicts itself more than chance would', async () => {
    const { run, write, at } = await studyOf();
    // A judge that always prefers alpha, written as shown.
    const rows = Array.from({ length: PAIRS }, (_row, index) => {
      const isAlphaFirst = index % 2 === 0;
      return {
        id: `q${index}`,
        judge: [
          shown('a_first', isAlphaFirst ? 'first' : 'second'),
          shown('b_first', isAlphaFirst ? 'second' : 'first'),
        ],
      };
    });
    const file = write('j.jsonl', rows);
    const wrong = await run('judge', 'import', file, '--dry-run', ...at);
    expect(wrong.out).toMatch(
      /Warning: j: the two orders agree on 0 % of 40 pairs, less than chance alone would give \(50 %\)/u,
    );
    expect((await run('judge', 'import', file, '--verdicts', 'as-shown', ...at)).out).not.toContain(
      'Warning',
    );
  });
});

describe('FastChat’s pair judgments', () => {
  const game = (
    question: number,
    winners: readonly [string, string],
    models = ['alpha', 'beta'],
    replies: readonly string[] = ['[[A]]', '[[B]]'],
  ) => ({
    question_id: question,
    model_1: models[0],
    model_2: models[1],
    g1_winner: winners[0],
    g2_winner: winners[1],
    judge: ['gpt-4', 'pair-v2'],
    g1_user_prompt: 'p',
    g1_judgment: replies[0],
    g2_user_prompt: 'p',
    g2_judgment: replies[1],
    turn: 1,
    tstamp: 1_700_000_000.5,
  });

  it('are read by model, in both orders, with errors apart from ties', async () => {
    const { run, write, at, store } = await studyOf(4);
    const file = write('gpt-4_pair.jsonl', [
      game(0, ['model_1', 'model_1']),
      game(1, ['model_1', 'model_2']),
      game(2, ['tie', 'error'], ['alpha', 'beta'], ['[[C]]', 'Both have merits.']),
      game(3, ['error', 'model_2'], ['beta', 'alpha'], ['$ERROR$', '[[A]]']),
    ]);
    expect(await run('judge', 'import', file, '--pair-id', 'q{question_id}', ...at)).toMatchObject({
      code: 0,
    });
    expect(judgmentRows(store).map(({ pair, order, verdict }) => [pair, order, verdict])).toEqual([
      ['q0', 'a_first', 'first'],
      ['q0', 'b_first', 'first'],
      // In q1 the pair's first system is beta, so FastChat's first game is the one with b first.
      ['q1', 'a_first', 'first'],
      ['q1', 'b_first', 'second'],
      ['q2', 'a_first', 'tie'],
      ['q2', 'b_first', 'unparsed'],
      ['q3', 'a_first', 'error'],
      ['q3', 'b_first', 'second'],
    ]);
    expect(rowsOf(store, 'SELECT name FROM judges')).toEqual([{ name: 'gpt-4/pair-v2' }]);
    expect(rowsOf(store, 'SELECT DISTINCT judged_at FROM judgments')).toEqual([
      { judged_at: 1_700_000_000_500 },
    ]);
  });

  it('of a pair that is not there, or of other models, name line and field', async () => {
    const { run, write, at } = await studyOf(2);
    const missing = await run(
      'judge',
      'import',
      write('x.jsonl', [game(77, ['tie', 'tie'])]),
      '--pair-id',
      'q{question_id}',
      ...at,
    );
    expect(missing.complaint).toContain('x.jsonl, line 1, question_id: no pair named "q77" in this study');
    const others = await run(
      'judge',
      'import',
      write('x.jsonl', [game(0, ['tie', 'tie'], ['alpha', 'gamma'])]),
      '--pair-id',
      'q{question_id}',
      ...at,
    );
    expect(others.complaint).toContain('model_1: the pair "q0" compares other models than alpha and gamma');
    const broken = await run(
      'judge',
      'import',
      write('x.jsonl', [{ ...game(0, ['tie', 'tie']), g2_winner: 'modelb' }]),
      ...at,
    );
    expect(broken.complaint).toContain('g2_winner');
  });
});

const folder = realDataFolder('guanaco-vicuna');
describe('GPT-4 on Guanaco, as its files have it', () => {
  it.runIf(folder !== null)('lands the same as shown and mapped back', async () => {
    const rows = guanacoRows(folder ?? '') as { id: string; judge: { order: string; verdict: string }[] }[];
    const turned = rows.map((row) => ({
      ...row,
      judge: row.judge.map((each) => {
        const other: Record<string, string> = { first: 'second', second: 'first' };
        return each.order === 'b_first' ? { ...each, verdict: other[each.verdict] ?? each.verdict } : each;
      }),
    }));
    const stored = async (encoding: string, texts: readonly unknown[]) => {
      const { run, folder: place, store } = commandLine();
      writeFileSync(join(place, 'g.jsonl'), jsonLines(texts));
      const result = JSON.parse(
        (
          await run(
            'judge',
            'import',
            join(place, 'g.jsonl'),
            '--study',
            'G',
            '--verdicts',
            encoding,
            '--store',
            store,
            '--json',
          )
        ).out,
      );
      return { rows: judgmentRows(store), warnings: result.warnings };
    };
    const mapped = await stored('mapped-back', rows);
    const asShown = await stored('as-shown', turned);
    expect(asShown.rows).toEqual(mapped.rows);
    expect(mapped.rows).toHaveLength(3520);
    expect(mapped.warnings).toEqual([]);
    const wrong = await stored('mapped-back', turned);
    expect(wrong.warnings).toEqual([expect.stringContaining('less than chance')]);
    const expected = JSON.parse(readFileSync(join(folder ?? '', 'expected.json'), 'utf8'));
    expect(JSON.stringify(expected)).toContain('1026');
    const byPair = Map.groupBy(mapped.rows, ({ pair }) => pair);
    expect([...byPair.values()].filter(([one, two]) => one?.verdict === two?.verdict)).toHaveLength(1026);
    expect(mapped.rows.filter(({ verdict }) => verdict === 'unparsed' || verdict === 'error')).toHaveLength(
      13,
    );
  });
});
