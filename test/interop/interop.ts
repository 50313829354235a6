/** `npm run interop [-- TOOL … | --all] [--cache FOLDER] [--within MINUTES]`: other tools' own code on what comes from them and goes to them; with `--all` also the large ones. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import envPaths from 'env-paths';
import { requireNodeApi } from '../../electron/hosts/node-guard.mjs';
import { Environments, pinnedVersion } from './environment.ts';
import { type Outcome, tableOf } from './outcome.ts';
import { minutesOf, NotHere, TimeLimit } from './time-limit.ts';
import { Trial } from './trial.ts';
import type { Witness } from './witness.ts';
import { WITHOUT_WITNESS, WITNESSES } from './witnesses.ts';

requireNodeApi();

/** How many tools run beside each other: one waits for the network while another computes. */
const AT_ONCE = 2;

/** Of each tool's failures, so many are told. */
const MOST_SHOWN = 8;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    cache: { type: 'string' },
    within: { type: 'string', default: '60' },
  },
});
const unknown = positionals.filter((name) => !WITNESSES.some((each) => each.name === name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}, only ${WITNESSES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const minutes = minutesOf(values.within);
if (minutes === null) {
  console.error(`--within takes minutes, as 12 or 0.5, and not ${values.within}.`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const cache = resolve(values.cache ?? envPaths('touchstone-interop', { suffix: '' }).cache);
const time = new TimeLimit(minutes);
const environments = new Environments(join(cache, 'environments'), time);
const outcomes = new Map<Witness, Outcome>();
const waiting = WITNESSES.filter(isAskedFor);
await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));

const all = WITNESSES.map((witness): Outcome => {
  const { name, environment, isLarge } = witness;
  return (
    outcomes.get(witness) ?? {
      ...base(name, pinnedVersion(name, environment)),
      notRun: isLarge ? 'too large for every day; --all runs it too' : 'not asked for',
    }
  );
});
for (const [name, notRun] of Object.entries(WITHOUT_WITNESS)) all.push({ ...base(name, '–'), notRun });
console.log(`\n${tableOf(all)}`);
for (const { name, failures } of all) {
  for (const failure of failures.slice(0, MOST_SHOWN)) console.log(`\n${name}: ${failure}`);
  if (failures.length > MOST_SHOWN) console.log(`\n${name}: and ${failures.length - MOST_SHOWN} more`);
}
const failed = all.filter(({ failures }) => failures.length > 0).length;
const passed = all.filter(({ notRun, failures }) => notRun === null && failures.length === 0).length;
console.log(`\n${passed} passed, ${failed} failed, ${all.length - passed - failed} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

function isAskedFor({ name, isLarge }: Witness): boolean {
  return positionals.length > 0 ? positionals.includes(name) : values.all || isLarge !== true;
}

async function takeTurns(): Promise<void> {
  for (let witness = waiting.shift(); witness !== undefined; witness = waiting.shift()) {
    const startedMs = performance.now();
    const outcome = await outcomeOf(witness);
    outcomes.set(witness, outcome);
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    console.error(
      `${witness.name}: ${outcome.notRun ?? `${outcome.compared} figures compared`} (${seconds} s)`,
    );
  }
}

async function outcomeOf({ name, environment, witness }: Witness): Promise<Outcome> {
  const none = base(name, pinnedVersion(name, environment));
  let installed: string;
  try {
    installed = await environments.folderOf(environment);
  } catch (error) {
    return error instanceof NotHere
      ? { ...none, notRun: error.message }
      : { ...none, failures: [`cannot be installed: ${messageOf(error)}`] };
  }
  const trial = new Trial(name, { installed, folder: join(cache, 'trials', name), time });
  let notRun: string | null = null;
  try {
    await trial.attempt(() => witness(trial));
    if (trial.compared === 0) trial.failures.push('no figure was compared');
  } catch (error) {
    // What was found wrong before the time was over is wrong.
    notRun = trial.failures.length > 0 ? null : messageOf(error);
  }
  const { came, went, compared, failures } = trial;
  return { ...none, came, went, compared, failures, notRun };
}

function base(name: string, version: string): Outcome {
  return { name, version, came: [], went: [], compared: 0, failures: [], notRun: null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
