/** The command `touchstone gate`. */
import { type Command, Option } from 'commander';
import type { AgreementOptions } from '../../../shared/labels/agreement-options.ts';
import type { GateOptions } from './commands/gate.ts';
import type { JudgeProgram } from './judge-program.ts';
import { numberBetween } from './options/option-numbers.ts';
import { addPolicyOptions } from './options/policy-options.ts';

type Given = Omit<GateOptions, 'policies'> &
  Partial<AgreementOptions> & { readonly store?: string; readonly json?: boolean };

export function addGateCommand(
  gate: Command,
  { store, finish, terminal }: Pick<JudgeProgram, 'store' | 'finish' | 'terminal'>,
): void {
  gate
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--judge <name>', 'the judge')
    .option('--min-kappa <x>', 'least kappa with people’s label', numberBetween(-1, 1))
    .option('--max-flip-rate <x>', 'greatest share of pairs whose two orders contradict', numberBetween(0, 1))
    .addOption(
      new Option(
        '--bound <bound>',
        'lower (else): the whole interval must be there; point: the estimate',
      ).choices(['lower', 'point']),
    )
    .option('--not-below <file>', 'what an earlier gate printed with --json: kappa must not have fallen')
    .option('--margin <x>', 'a fall in kappa of less than this is none (else 0.1)', numberBetween(0, 1))
    .option('--slice <name=value>', 'must hold on this slice as well; may be repeated', collect, [])
    .option('--require-alt-test <epsilon>', 'the alternative annotator test must pass', numberBetween(0, 1))
    .option('--level <x>', 'level of the intervals (else 0.95)', numberBetween(0.51, 0.999))
    .option('--allow-inconclusive', 'go on where there are too few labels to tell')
    .option('--junit <file>', 'also write JUnit XML')
    .option('--summary <file>', 'also add Markdown to this file, such as $GITHUB_STEP_SUMMARY');
  addPolicyOptions(gate).action(async (given: Given) => {
    const { ties, bothBad, unparsed, inconsistent, consensus, adjudicated, orders, level, ...rest } = given;
    const policies = Object.fromEntries(
      Object.entries({ ties, bothBad, unparsed, inconsistent, consensus, adjudicated, orders, level }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    const { gateCommand } = await import('./commands/gate.ts');
    finish(await gateCommand({ ...rest, policies }, store(given), terminal));
  });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
