import type { Answer, Answers, Family } from './answer.ts';
import { matches } from './matches.ts';
import type { OracleCase, OracleFile, OracleRecord } from './oracle-file.ts';
import { toleranceOf } from './tolerance.ts';

/** One quantity that did not come out as the reference says. */
export interface Failure {
  readonly caseId: string;
  readonly quantity: string;
  readonly expected: string;
  readonly got: string;
  readonly tolerance: string;
}

const NOT_COMPUTED = Symbol('not computed');
type Reply = Answer | typeof NOT_COMPUTED;

/** Asks the engine for every quantity of a case; returns how many passed and what failed. */
export function runCase(
  family: Family | undefined,
  oracle: OracleCase,
  defaults: OracleFile['defaultTolerance'],
): { readonly passed: number; readonly failures: readonly Failure[] } {
  const ask = asking(family, oracle);
  const failures: Failure[] = [];
  let passed = 0;
  for (const [quantity, record] of Object.entries(oracle.expect)) {
    const tolerance = toleranceOf(record, oracle, defaults);
    const isTrap = quantity.startsWith('trap_');
    const reply = isTrap ? trapped(quantity, record, ask, family, oracle, defaults) : ask(quantity);
    const right = isTrap
      ? reply === null
      : reply !== NOT_COMPUTED && reply !== null && matches(reply, record.value, tolerance);
    if (right) passed++;
    else {
      failures.push({
        caseId: oracle.id,
        quantity,
        expected: isTrap ? `anything but ${shown(record.value)}` : shown(record.value),
        got: reply === NOT_COMPUTED ? 'not computed' : shown(reply),
        tolerance: `rtol ${tolerance.rtol}, atol ${tolerance.atol}`,
      });
    }
  }
  return { passed, failures };
}

/**
 * Null when the engine does not return the trap's value for the quantity it is about (any quantity of the case
 * where the family does not say which), or when the wrong value cannot be told from the right one. Otherwise the
 * answer that fell into it.
 */
function trapped(
  name: string,
  trap: OracleRecord,
  ask: (quantity: string) => Reply,
  family: Family | undefined,
  oracle: OracleCase,
  defaults: OracleFile['defaultTolerance'],
): Reply | null {
  const named = family?.about?.[name];
  const quantities =
    named === undefined ? Object.keys(oracle.expect).filter((each) => !each.startsWith('trap_')) : [named];
  let answered = 0;
  for (const quantity of quantities) {
    const answer = ask(quantity);
    if (answer === NOT_COMPUTED) continue;
    answered++;
    const record = oracle.expect[quantity];
    const isRight =
      record !== undefined && matches(answer, record.value, toleranceOf(record, oracle, defaults));
    if (!isRight && matches(answer, trap.value, toleranceOf(trap, oracle, defaults))) return answer;
  }
  return answered === 0 ? NOT_COMPUTED : null;
}

/** Answers by name, computed at most once each; an error of the engine is an answer that fits nothing. */
function asking(family: Family | undefined, oracle: OracleCase): (name: string) => Reply {
  const input = oracle.input as never;
  const given = new Map<string, Reply>();
  let answers: Answers | null = null;
  return (name) => {
    const known = given.get(name);
    if (known !== undefined) return known;
    let reply: Reply;
    try {
      answers ??= family?.answers(input, oracle.expect) ?? {};
      const quantity = quantityOf(name, family, answers);
      const compute = answers[quantity] ?? family?.parametric?.(input, quantity);
      reply = compute === undefined ? NOT_COMPUTED : compute();
    } catch (error) {
      reply = `threw: ${error instanceof Error ? error.message : String(error)}`;
    }
    given.set(name, reply);
    return reply;
  };
}

/** The quantity a name asks for: itself, or what a printed value such as `paper_kappa3dp` is about. */
function quantityOf(name: string, family: Family | undefined, answers: Answers): string {
  const about = family?.about?.[name];
  if (about !== undefined) return about;
  const printed = name.match(/^(?:paper|stata)_?(.*?)(?:\d+dp)?$/)?.[1];
  return printed !== undefined && printed in answers ? printed : name;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
