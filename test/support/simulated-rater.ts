/** Simulated raters: what they answer is drawn from stated habits. They work through the real services. */
import { randomUUID } from 'node:crypto';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import type { ReplyOf } from '../../shared/contract/methods.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import type { Answer } from '../../shared/study/verdict.ts';
import type { TestApp } from './open-app.ts';

export interface RaterHabits {
  /** Chance of the true answer. */
  readonly skill: number;
  /** Chance of answering left when the true answer is not given. */
  readonly leftBias?: number;
  /** How much skill is lost with every vote. */
  readonly fatigue?: number;
  readonly skips?: number;
  readonly undoes?: number;
  /** Time spent on each pair; a second without it. */
  readonly viewedMs?: number;
  /** Makes other draws of the same habits. */
  readonly seed?: string;
}

/** The better side as the texts of {@link qualityRows} tell it; a tie where both are equal. What answers another question loses. */
export function trueAnswer({
  task,
  left,
  right,
}: Pick<BlindPresentation, 'left' | 'right' | 'task'>): Answer {
  const asked = /Question (\d+)\?/u.exec(task[0]?.content ?? '')?.[1];
  const isOff = (output: BlindPresentation['left']) =>
    asked !== undefined && /Answer (\d+)/u.exec(output[0]?.content ?? '')?.[1] !== asked;
  if (isOff(left) !== isOff(right)) return isOff(left) ? 'right' : 'left';
  const [one, two] = [qualityOf(left), qualityOf(right)];
  return one === two ? 'tie' : one > two ? 'left' : 'right';
}

function qualityOf(output: BlindPresentation['left']): number {
  return Number(/quality (\d+)/u.exec(output[0]?.content ?? '')?.[1] ?? 0);
}

/** Rows whose texts say how good they are, over some systems. */
export function qualityRows(count: number, systems = 3, seed = 'rows'): Record<string, unknown>[] {
  const { below } = seededRandom(seed);
  return Array.from({ length: count }, (_row, index) => {
    const a = below(systems);
    const b = (a + 1 + below(systems - 1)) % systems;
    const text = (side: string) =>
      `Answer ${index}${side} of quality ${1 + below(5)}.${' more'.repeat(below(9))}`;
    return {
      id: `pair-${index}`,
      prompt: `Question ${index}?`,
      a: { system: `zq-system-${a}`, text: text('a') },
      b: { system: `zq-system-${b}`, text: text('b') },
      slices: { parity: index % 2 === 0 ? 'even' : 'odd', part: index % 10 === 0 ? 'rare' : 'common' },
    };
  });
}

type Begun = ReplyOf<'rating.begin'>;

/** One session of a rater: up to `most` votes, then the window is closed wherever it is. Returns what the page received. */
export async function workSession(
  test: TestApp,
  studyId: string,
  rater: string,
  most: number,
  habits: RaterHabits,
): Promise<{
  readonly shown: BlindPresentation[];
  readonly last: Pick<Begun, 'queue' | 'progress' | 'stage'>;
}> {
  const { unit } = seededRandom(`habits ${rater} ${most}${habits.seed ?? ''}`);
  const begun = await test.value('rating.begin', { studyId, rater });
  let turn: Pick<Begun, 'queue' | 'progress' | 'stage'> = begun;
  const shown: BlindPresentation[] = [];
  for (let vote = 0; vote < most; vote++) {
    const [pair] = turn.queue;
    if (pair === undefined) {
      if (turn.progress.blockLeft !== 0) break;
      turn = await test.value('rating.closeBlock', { session: begun.session });
      if (turn.queue.length === 0) break;
      continue;
    }
    if (shown.at(-1)?.presentationId !== pair.presentationId) shown.push(pair);
    const isSkipped = unit() < (habits.skips ?? 0);
    turn = await test.value('rating.submit', {
      session: begun.session,
      commandId: randomUUID(),
      presentationId: pair.presentationId,
      answer: isSkipped ? 'skipped' : answerOf(pair, habits, vote, unit),
      ...(isSkipped ? { skipReason: 'cannot_judge' as const } : {}),
      viewedMs: habits.viewedMs ?? 1000,
    });
    if (unit() < (habits.undoes ?? 0) && turn.progress.canUndo)
      turn = await test.value('rating.undo', { session: begun.session, commandId: randomUUID() });
  }
  // What the last vote opens for later is open.
  await turnOfLoop();
  return { shown, last: turn };
}

function answerOf(pair: BlindPresentation, habits: RaterHabits, vote: number, unit: () => number): Answer {
  const skill = Math.max(0, habits.skill - (habits.fatigue ?? 0) * vote);
  if (unit() < skill) return trueAnswer(pair);
  return unit() < (habits.leftBias ?? 0.5) ? 'left' : 'right';
}
