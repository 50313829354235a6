/**
 * Whether a return is accepted by the rule its pack fixed. It needs the pack and the rows alone, and for the parts about
 * checks the answer key, so that vendor and lead work out the same.
 */

import { wilsonInterval } from '../stats/proportion/binomial-intervals.ts';
import { ratioByItem } from '../stats/resampling/ratio-by-item.ts';
import type { Answer } from '../study/verdict.ts';
import type { Least } from './acceptance-rule.ts';
import type { AnswerKey } from './answer-key.ts';
import type { PackPresentation } from './pack-rows.ts';
import type { ReturnRow, VoteRow } from './return-rows.ts';
import { type PackContent, RowCheck } from './row-check.ts';

/** A share with its 95 % interval; `share` is null where there is nothing to count. */
export interface AcceptanceShare {
  readonly hits: number;
  readonly of: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A share that the estimate, or an end of its interval, must reach or must not exceed. */
export interface Asked {
  readonly limit: 'least' | 'most';
  readonly share: number;
  readonly bound: Least['bound'];
}

export interface Criterion extends AcceptanceShare {
  readonly name:
    | 'coverage'
    | 'skipped'
    | 'anomalies'
    | 'agreement'
    | 'gold'
    | 'catches'
    | 'self_consistency'
    | 'qualifying';
  /** What is asked for; null where nothing is. */
  readonly asked: Asked | null;
  /** `unknown`: still open; it takes the answer key, or there is nothing to count yet. */
  readonly verdict: 'met' | 'failed' | 'unknown';
}

export interface RaterAcceptance {
  readonly rater: string;
  /** Whether any row is the rater's. */
  readonly hasBegun: boolean;
  readonly criteria: readonly Criterion[];
}

export interface AcceptanceReport {
  readonly touchacceptance: 1;
  readonly packId: string;
  readonly revision: number;
  /** Rows of the return that it rests on. */
  readonly rows: number;
  readonly isWithAnswerKey: boolean;
  /** `accepted` only where every criterion that is asked for is met; `incomplete`: none failed, and some are open. */
  readonly verdict: 'accepted' | 'rejected' | 'incomplete';
  /** Criteria that are asked for and cannot be told yet. */
  readonly open: number;
  /** Pairs of work that the pack gave to all of its raters, and how many of them have an answer. */
  readonly answered: number;
  readonly assigned: number;
  readonly criteria: readonly Criterion[];
  readonly raters: readonly RaterAcceptance[];
}

interface Counted {
  hasBegun: boolean;
  votes: Map<string, VoteRow>;
  first: Map<string, VoteRow>;
  anomalies: number;
  votesGiven: number;
}

/**
 * Takes rows in the order of their log and works out the report.
 *
 * @param presentationsOf every pair of a rater of the pack, in the rater's order
 */
export class Acceptance {
  readonly #content: PackContent;
  readonly #check: RowCheck;
  readonly #presentationsOf: (rater: string) => readonly PackPresentation[];
  readonly #raters = new Map<string, Counted>();
  #rows = 0;

  constructor(content: PackContent, presentationsOf: (rater: string) => readonly PackPresentation[]) {
    this.#content = content;
    this.#check = new RowCheck(content);
    this.#presentationsOf = presentationsOf;
  }

  take(row: ReturnRow): void {
    this.#rows++;
    const problem = this.#check.take(row);
    if ('rater' in row) this.#of(row.rater).hasBegun = true;
    if (row.type !== 'vote' && row.type !== 'retraction') return;
    if (problem !== null && problem.fault !== 'impossible') return;
    const counted = this.#of(row.rater);
    if (row.type === 'retraction') {
      counted.votes.delete(row.presentation);
      return;
    }
    counted.votesGiven++;
    if (problem !== null) counted.anomalies++;
    counted.votes.set(row.presentation, row);
    if (!counted.first.has(row.presentation)) counted.first.set(row.presentation, row);
  }

  report(key: AnswerKey | null): AcceptanceReport {
    const { manifest } = this.#content;
    const names = manifest.raters.map(({ name }) => name).sort();
    const raters = names.map((rater) => ({
      rater,
      hasBegun: this.#of(rater).hasBegun,
      criteria: this.#criteriaOf([rater], key),
    }));
    const criteria = [...this.#criteriaOf(names, key), this.#agreement()];
    // Whoever does not qualify is no matter of the rule: the result of the set stands beside it.
    const asked = criteria.filter((each) => each.asked !== null && each.name !== 'qualifying');
    const open = asked.filter(({ verdict }) => verdict === 'unknown').length;
    const coverage = criteria.find(({ name }) => name === 'coverage');
    return {
      touchacceptance: 1,
      packId: manifest.packId,
      revision: manifest.revision,
      rows: this.#rows,
      isWithAnswerKey: key !== null,
      verdict: asked.some(({ verdict }) => verdict === 'failed')
        ? 'rejected'
        : open > 0
          ? 'incomplete'
          : 'accepted',
      open,
      answered: coverage?.hits ?? 0,
      assigned: coverage?.of ?? 0,
      criteria,
      raters,
    };
  }

  #criteriaOf(raters: readonly string[], key: AnswerKey | null): Criterion[] {
    const { acceptance } = this.#content.manifest;
    const [coverage, skipped, anomalies] = [tally(), tally(), tally()];
    const checks = { gold: tally(), catches: tally(), repeats: tally(), qualifying: tally() };
    for (const rater of raters) {
      const { votes, first, votesGiven, anomalies: odd } = this.#of(rater);
      for (const { id, part } of this.#presentationsOf(rater)) {
        const vote = votes.get(id);
        if (part === 'work') {
          coverage.count(vote !== undefined);
          if (vote !== undefined) skipped.count(vote.answer === 'skipped');
        }
        if (key === null) continue;
        const before = Object.hasOwn(key.repeats, id) ? key.repeats[id] : undefined;
        const was = before === undefined ? undefined : first.get(before)?.answer;
        const again = first.get(id)?.answer;
        if (was !== undefined && again !== undefined && was !== 'skipped' && again !== 'skipped')
          checks.repeats.count(swapSides(was) === again);
        if (vote === undefined || vote.answer === 'skipped') continue;
        const { answer } = vote;
        if (Object.hasOwn(key.gold, id)) checks.gold.count(answer === key.gold[id]);
        if (Object.hasOwn(key.catches, id)) checks.catches.count((key.catches[id] ?? []).includes(answer));
        if (Object.hasOwn(key.qualifying, id)) checks.qualifying.count(answer === key.qualifying[id]);
      }
      anomalies.add(odd, votesGiven);
    }
    const criteria: Criterion[] = [
      atLeast('coverage', coverage.share(), { least: acceptance.coverage, bound: 'estimate' }),
      atMost('skipped', skipped.share(), acceptance.mostSkipped),
      atMost('anomalies', anomalies.share(), acceptance.mostAnomalies),
    ];
    const withKey = [
      ['gold', acceptance.gold, checks.gold],
      ['catches', acceptance.catches, checks.catches],
      ['self_consistency', acceptance.selfConsistency, checks.repeats],
    ] as const;
    for (const [name, rule, counts] of withKey)
      if (rule !== null) criteria.push(atLeast(name, counts.share(), rule));
    const { passMark } = this.#content.manifest.training;
    if (checks.qualifying.share().of > 0)
      criteria.push(atLeast('qualifying', checks.qualifying.share(), { least: passMark, bound: 'estimate' }));
    return criteria;
  }

  /** Over pairs of texts that two raters or more answered: how many pairs of raters say the same, by task. */
  #agreement(): Criterion {
    const rule = this.#content.manifest.acceptance.agreement;
    const groups = new Map<string, { readonly task: string; readonly answers: string[] }>();
    for (const [rater, { votes }] of [...this.#raters].sort(([left], [right]) => (left < right ? -1 : 1))) {
      const seen = new Set<string>();
      for (const pair of this.#presentationsOf(rater)) {
        const { id, task } = pair;
        const key = textPairKey(pair);
        if (key === null || seen.has(key)) continue;
        seen.add(key);
        const answer = votes.get(id)?.answer;
        if (answer === undefined || answer === 'skipped') continue;
        const group = groups.get(key) ?? { task, answers: [] };
        group.answers.push(pair.left > pair.right ? swapSides(answer) : answer);
        groups.set(key, group);
      }
    }
    const tasks = new Map<string, number>();
    const [same, pairs, items]: [number[], number[], number[]] = [[], [], []];
    for (const { task, answers } of groups.values()) {
      const all = (answers.length * (answers.length - 1)) / 2;
      if (all === 0) continue;
      const counts = new Map<string, number>();
      for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
      same.push([...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0));
      pairs.push(all);
      const item = tasks.get(task) ?? tasks.size;
      tasks.set(task, item);
      items.push(item);
    }
    const [hits, of] = [sum(same), sum(pairs)];
    const share = shareOf(hits, of);
    const byTask = ratioByItem(same, pairs, items);
    // Where all tasks say the same there is no spread to estimate from: then each task counts as one.
    const flat = of > 0 ? shareOf((hits / of) * tasks.size, tasks.size) : null;
    const interval = byTask.defined
      ? { low: Math.max(0, byTask.interval.low), high: Math.min(1, byTask.interval.high) }
      : { low: flat?.low ?? null, high: flat?.high ?? null };
    // Where no pair is given to two raters there is nothing that the rule could ask.
    return rule === null || !this.#isAnyShared()
      ? { name: 'agreement', asked: null, verdict: 'met', ...share, ...interval }
      : atLeast('agreement', { ...share, ...interval }, rule);
  }

  /** Whether any pair of texts stands in the lists of two raters. */
  #isAnyShared(): boolean {
    const seen = new Set<string>();
    for (const { name } of this.#content.manifest.raters) {
      const own = new Set<string>();
      for (const pair of this.#presentationsOf(name)) {
        const key = textPairKey(pair);
        if (key !== null) own.add(key);
      }
      for (const key of own) {
        if (seen.has(key)) return true;
        seen.add(key);
      }
    }
    return false;
  }

  #of(rater: string): Counted {
    const counted = this.#raters.get(rater) ?? {
      hasBegun: false,
      votes: new Map(),
      first: new Map(),
      anomalies: 0,
      votesGiven: 0,
    };
    if (this.#content.manifest.raters.some(({ name }) => name === rater)) this.#raters.set(rater, counted);
    return counted;
  }
}

/** A pair of work by its task and texts, on whatever sides; null for training, and for one text on both sides. */
function textPairKey({ task, left, right, part }: PackPresentation): string | null {
  if (part !== 'work' || left === right) return null;
  return [task, ...[left, right].sort()].join('|');
}

function tally() {
  let [hits, of] = [0, 0];
  return {
    count: (isHit: boolean | undefined) => {
      of++;
      if (isHit === true) hits++;
    },
    add: (more: number, all: number) => {
      hits += more;
      of += all;
    },
    share: () => shareOf(hits, of),
  };
}

function shareOf(hits: number, of: number): AcceptanceShare {
  if (of === 0) return { hits, of, share: null, low: null, high: null };
  const { low, high } = wilsonInterval(hits, of);
  return { hits, of, share: hits / of, low, high };
}

function atLeast(name: Criterion['name'], share: AcceptanceShare, { least, bound }: Least): Criterion {
  const value = { estimate: share.share, lower: share.low, upper: share.high }[bound];
  return {
    name,
    ...share,
    asked: { limit: 'least', share: least, bound },
    verdict: value === null ? 'unknown' : value >= least ? 'met' : 'failed',
  };
}

function atMost(name: Criterion['name'], share: AcceptanceShare, most: number): Criterion {
  return {
    name,
    ...share,
    asked: { limit: 'most', share: most, bound: 'estimate' },
    verdict: share.share === null ? 'unknown' : share.share <= most ? 'met' : 'failed',
  };
}

function swapSides(answer: Answer): Answer {
  if (answer === 'left') return 'right';
  return answer === 'right' ? 'left' : answer;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
