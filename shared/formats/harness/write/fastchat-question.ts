import type { Comparison } from '../../own/native.ts';
import { outputTurns, promptTurns } from './harness-exporter.ts';

/** What FastChat calls a pair by: a question, and its turn, counted from 1. */
export interface FastChatQuestion {
  readonly id: string | number;
  readonly turn: number;
}

/**
 * Question and turn of an id that an import made of them; of any other the id itself, and the turn by the questions that were
 * asked up to the output.
 */
export function fastChatQuestion({ id, a, b, ...asked }: Comparison): FastChatQuestion {
  const end = `/${a.system}/${b.system}`;
  const [, question, turn] = id.endsWith(end) ? (/^(.*)\/(\d+)$/u.exec(id.slice(0, -end.length)) ?? []) : [];
  if (question === undefined || turn === undefined) {
    const turns = [...promptTurns(asked), ...outputTurns(a)];
    return { id, turn: turns.filter(({ role }) => role === 'user').length };
  }
  return { id: /^(?:0|[1-9]\d{0,14})$/u.test(question) ? Number(question) : question, turn: Number(turn) };
}

/** Of a judge the model and the prompt, and a name by itself as one of a list: only people are called by a text. */
export function fastChatJudgeNames(judge: string): readonly string[] {
  const slash = judge.lastIndexOf('/');
  return slash > 0 && slash < judge.length - 1 ? [judge.slice(0, slash), judge.slice(slash + 1)] : [judge];
}
