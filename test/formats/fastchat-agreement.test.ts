/**
 * The agreement that FastChat's `compute_agreement.py` would find in our export, by its rules as its source states them,
 * beside the figures of our own card: equal, or one of the two is wrong.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgreementCard } from '../../shared/contract/agreement-methods.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { figuresById } from '../support/card-figures.ts';
import { commandLine } from '../support/command-line.ts';
import { jsonLines } from '../support/comparisons.ts';

interface Vote {
  readonly question_id: number;
  readonly model_a: string;
  readonly model_b: string;
  readonly winner: string;
  readonly judge: string | readonly string[];
  readonly turn: number;
}

/** People are those whose name begins with “expert”; of judges it knows GPT-4's pairwise one, and anything else is an error. */
function groupOf({ judge }: Vote): 'human' | 'author' | 'gpt4-pair' {
  if (typeof judge !== 'string') {
    if (judge[0] === 'gpt-4' && judge[1]?.startsWith('pair') === true) return 'gpt4-pair';
    throw new Error(`their script fails on the judge ${JSON.stringify(judge)}`);
  }
  if (judge.startsWith('expert')) return 'human';
  if (judge.startsWith('author')) return 'author';
  throw new Error(`their script counts ${judge} as nobody`);
}

/** Winners by question, turn and models, these in alphabetical order; a vote on models the other way round is turned. */
function winnersByPair(votes: readonly Vote[]): Map<string, Map<string, string[]>>[] {
  const turns = [new Map<string, Map<string, string[]>>(), new Map<string, Map<string, string[]>>()];
  for (const vote of votes) {
    const isInOrder = vote.model_a < vote.model_b;
    const models = isInOrder ? [vote.model_a, vote.model_b] : [vote.model_b, vote.model_a];
    const turned: Record<string, string> = { model_a: 'model_b', model_b: 'model_a' };
    const winner = isInOrder ? vote.winner : (turned[vote.winner] ?? vote.winner);
    const pairs = turns[vote.turn - 1];
    if (pairs === undefined) throw new Error(`their script fails on turn ${vote.turn}`);
    const key = JSON.stringify([vote.question_id, ...models]);
    const said = pairs.get(key) ?? new Map<string, string[]>();
    pairs.set(key, said);
    said.set(groupOf(vote), [...(said.get(groupOf(vote)) ?? []), winner]);
  }
  return turns;
}

const isTie = (winner: string) => winner.includes('tie');
const same = (one: string, other: string) => (isTie(one) && isTie(other)) || one === other;

/** How many pairs of votes agree, of how many; without ties those are left out in which either is one. */
function agreementOf(
  pairs: Map<string, Map<string, string[]>>,
  between: 'judge and people' | 'people',
  withTies: boolean,
): { agree: number; total: number } {
  const result = { agree: 0, total: 0 };
  const count = (one: string, other: string) => {
    if (!withTies && (isTie(one) || isTie(other))) return;
    result.total++;
    if (same(one, other)) result.agree++;
  };
  for (const said of pairs.values()) {
    const people = said.get('human') ?? [];
    const judge = said.get('gpt4-pair');
    if (between === 'people')
      people.forEach((one, index) => {
        for (const other of people.slice(index + 1)) count(one, other);
      });
    else if (judge !== undefined) {
      expect(judge).toHaveLength(1);
      for (const vote of people) count(judge[0] ?? '', vote);
    }
  }
  return result;
}

const RATERS = ['ann', 'bob', 'expert_7'];

/** Two turns of forty questions about three models; raters miss some, the judge contradicts itself now and then. */
function study(): unknown[] {
  const random = seededRandom('fastchat agreement');
  const pick = <Value>(from: readonly Value[]) => from[random.below(from.length)] as Value;
  return Array.from({ length: 40 }, (_, question) =>
    [1, 2].map((turn) => {
      const truth = pick(['first', 'second', 'first', 'second', 'tie', 'both_bad'] as const);
      const say = () => (random.below(4) > 0 ? truth : pick(['first', 'second', 'tie', 'both_bad'] as const));
      const [a, b] = pick([
        ['m-1', 'm-2'],
        ['m-1', 'm-3'],
        ['m-2', 'm-3'],
      ] as const);
      const output = (system: string) => ({
        system,
        messages: [
          { role: 'assistant', content: `${system} one ${question}` },
          ...(turn === 1
            ? []
            : [
                { role: 'user', content: 'And then?' },
                { role: 'assistant', content: `${system} two ${question}` },
              ]),
        ],
      });
      return {
        id: `${question}/${turn}/${a}/${b}`,
        prompt: `Question ${question}?`,
        a: output(a),
        b: output(b),
        slices: { turn: String(turn) },
        human: RATERS.filter(() => random.below(4) > 0).map((rater) => ({ rater, verdict: say() })),
        judge: ['a_first', 'b_first'].map((order) => ({ judge: 'gpt-4/pair-v2', order, verdict: say() })),
      };
    }),
  ).flat();
}

describe('FastChat’s own agreement of our votes', () => {
  it('is that of our card: people with each other, and the judge with people, by turn, with and without ties', async () => {
    const { run, store, folder } = commandLine();
    const rows = join(folder, 'rows.jsonl');
    writeFileSync(rows, jsonLines(study()));
    expect((await run('import', rows, '--study', 'S', '--store', store)).complaint).toBe('');
    const out = join(folder, 'votes');
    expect(
      (await run('export', '--study', 'S', '--format', 'fastchat-votes', '--out', out, '--store', store))
        .code,
    ).toBe(0);
    const read = (name: string) => JSON.parse(readFileSync(join(out, name), 'utf8')) as Vote[];
    const [humans, judged] = [read('human_votes.json'), read('gpt4_pair_votes.json')];
    expect(new Set(humans.map(({ judge }) => judge))).toEqual(new Set(['expert_1', 'expert_2', 'expert_7']));
    const turns = winnersByPair([...humans, ...judged]);
    for (const [index, pairs] of turns.entries())
      for (const ties of ['separate', 'drop'] as const) {
        const { out: printed } = await run(
          ...['agreement', '--study', 'S', '--judge', 'gpt-4/pair-v2', '--json', '--store', store],
          ...['--slice', `turn=${index + 1}`, '--ties', ties, '--both-bad', 'tie', '--inconsistent', 'tie'],
        );
        const [card] = (JSON.parse(printed) as { cards: AgreementCard[] }).cards;
        const figures = figuresById(card?.parts ?? []);
        /** Of the rows named, comparisons that agree, and all. */
        const ours = (ids: readonly string[]) => {
          const found = ids.map((id) => figures.get(`${id}/agreement`));
          const total = found.reduce((sum, figure) => sum + (figure?.n ?? Number.NaN), 0);
          const agree = found.reduce(
            (sum, figure) => sum + (figure?.value ?? Number.NaN) * (figure?.n ?? 0),
            0,
          );
          return { agree: Math.round(agree), total };
        };
        const withTies = ties === 'separate';
        const theirs = agreementOf(pairs, 'judge and people', withTies);
        expect(theirs.total).toBeGreaterThan(20);
        expect(ours(RATERS.map((rater) => `agreement/${rater}`))).toEqual(theirs);
        expect(ours(['ann – bob', 'ann – expert_7', 'bob – expert_7'].map((two) => `people/${two}`))).toEqual(
          agreementOf(pairs, 'people', withTies),
        );
      }
  });
});
