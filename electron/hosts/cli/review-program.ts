/** The commands under `touchstone rater`, `touchstone review` and `touchstone seat`. */
import { type Command, Option } from 'commander';
import { RATER_ROLES, type RaterRole } from '../../../shared/study/rater-role.ts';
import type { RaterTarget } from './commands/rater.ts';
import type { JudgeProgram } from './judge-program.ts';
import { wholeNumber } from './options/option-numbers.ts';

// Loaded when asked for, so that a command loads what it needs and no other.
const loadRater = () => import('./commands/rater.ts');
const loadReview = () => import('./commands/review.ts');
const loadSeat = () => import('./commands/seat.ts');

type Options<Own> = Own & { readonly store?: string; readonly json?: boolean };

const ABOUT = {
  exclude: 'leave a rater’s votes out of every figure; nothing is deleted',
  restore: 'count an excluded rater’s votes again',
  pause: 'give a rater no further pair',
  resume: 'let a paused rater go on',
} as const;

export function addRaterCommands(rater: Command, { command, store, finish, terminal }: JudgeProgram): void {
  for (const act of Object.keys(ABOUT) as (keyof typeof ABOUT)[]) {
    command(`${act} <name>`, ABOUT[act], rater)
      .requiredOption('--study <name>', 'the study')
      .requiredOption('--reason <text>', 'why, as it can be read to the rater')
      .action(async (name: string, options: Options<RaterTarget & { readonly reason: string }>) =>
        finish(await (await loadRater()).raterDecideCommand(act, name, options, store(options), terminal)),
      );
  }
  command('effect <name>', 'the headline figures with and without a rater', rater)
    .requiredOption('--study <name>', 'the study')
    .action(async (name: string, options: Options<RaterTarget>) =>
      finish(await (await loadRater()).raterEffectCommand(name, options, store(options), terminal)),
    );
  command('erase-notes <name>', 'erase the text of a rater’s notes for good, on request', rater)
    .requiredOption('--study <name>', 'the study')
    .action(async (name: string, options: Options<RaterTarget>) =>
      finish(await (await loadRater()).eraseNotesCommand(name, options, store(options), terminal)),
    );
}

export function addReviewCommands(review: Command, { command, store, finish, terminal }: JudgeProgram): void {
  command('adjudicate', 'queue the pairs from whose decision most is learned', review)
    .requiredOption('--study <name>', 'the study')
    .option('--pairs <pairs>', 'how many at most', wholeNumber, 50)
    .option('--judge <name>', 'also where this judge parts from people')
    .option('--hide-votes', 'do not show the raters’ votes after a decision')
    .action(async (options: Options<RaterTarget & { pairs: number; judge?: string; hideVotes?: boolean }>) =>
      finish(
        await (await loadReview()).makeReviewCommand(
          {
            kind: 'adjudication',
            pairs: options.pairs,
            judge: options.judge ?? null,
            showsVotes: options.hideVotes !== true,
          },
          options,
          store(options),
          terminal,
        ),
      ),
    );
  command('audit', 'draw disagreements with a judge, mixed with agreements, for a second look', review)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <name>', 'the judge')
    .option('--disagreements <pairs>', 'drawn where it disagrees with people', wholeNumber, 50)
    .option('--agreements <pairs>', 'drawn where it agrees', wholeNumber, 50)
    .action(
      async (
        options: Options<RaterTarget & { judge: string; disagreements: number; agreements: number }>,
      ) => {
        const { judge, disagreements, agreements } = options;
        finish(
          await (await loadReview()).makeReviewCommand(
            { kind: 'audit', judge, disagreements, agreements },
            options,
            store(options),
            terminal,
          ),
        );
      },
    );
  const reports = {
    list: ['adjudications and audits, and what audits say of the labels', 'listReviewsCommand'],
    gaps: ['gaps of each guideline, and whether a later one closed them', 'gapsCommand'],
    consensus: ['how labels come about, and how each rater errs', 'consensusCommand'],
    blinding: ['whether raters could tell which system wrote what', 'blindingCommand'],
  } as const;
  for (const [name, [about, run]] of Object.entries(reports)) {
    command(name, about, review)
      .requiredOption('--study <name>', 'the study')
      .action(async (options: Options<RaterTarget>) =>
        finish(await (await loadReview())[run](options, store(options), terminal)),
      );
  }
}

export function addSeatCommands(seat: Command, { command, store, finish, terminal }: JudgeProgram): void {
  command('show', 'who the windows of this store are for', seat).action(async (options: Options<object>) =>
    finish(await (await loadSeat()).showSeatCommand(options.json === true, store(options), terminal)),
  );
  command('hand <name>', 'let the windows open with one person’s work and show nothing else', seat)
    .requiredOption('--study <name>', 'the study')
    .addOption(new Option('--role <role>', 'what the person is').choices([...RATER_ROLES]).default('rater'))
    .action(async (name: string, options: Options<{ study: string; role: RaterRole }>) =>
      finish(await (await loadSeat()).handSeatCommand(name, options, store(options), terminal)),
    );
  command('take-back', 'give the windows back to the lead', seat).action(async (options: Options<object>) =>
    finish(await (await loadSeat()).takeSeatBackCommand(options.json === true, store(options), terminal)),
  );
}
