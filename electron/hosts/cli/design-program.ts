/** The commands under `touchstone design`. */
import { type Command, Option } from 'commander';
import type { InputOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { DesignTarget } from './commands/design.ts';
import type { JudgeProgram } from './judge-program.ts';
import { notNegative, positiveNumber, wholeNumber } from './options/option-numbers.ts';

// Loaded when asked for, so that a command loads what it needs and no other.
const loadDesign = () => import('./commands/design.ts');

type Options<Own> = Own & { readonly store?: string; readonly json?: boolean };

interface DrawOptions extends DesignTarget {
  readonly pairs: number;
  readonly by: 'random' | 'slice' | 'judge-inconsistent' | 'judge-uncertain' | 'raters-split' | 'rare-slice';
  readonly slice?: string;
  readonly judge?: string;
  readonly emphasis: number;
}

interface LabelOptions {
  readonly study?: string;
  readonly judge?: string;
  readonly kappa?: number;
  readonly width?: number;
  readonly agreements?: string[];
  readonly ratersPerPair: number;
  readonly raterAgreement: number;
  readonly json?: boolean;
}

export function addDesignCommands(design: Command, { command, store, finish, terminal }: JudgeProgram): void {
  command('set <file>', 'change what a JSON file names: scale, overlapShare, checks, rubric …', design)
    .requiredOption('--study <name>', 'the study')
    .action(async (file: string, options: Options<DesignTarget>) =>
      finish(await (await loadDesign()).designSetCommand(file, options, store(options), terminal)),
    );
  command('answers <file>', 'name pairs whose answer is known, one JSON object a line', design)
    .requiredOption('--study <name>', 'the study')
    .action(async (file: string, options: Options<DesignTarget>) =>
      finish(await (await loadDesign()).designAnswersCommand(file, options, store(options), terminal)),
    );
  command('draw', 'draw the pairs to be rated, each with a stated chance', design)
    .requiredOption('--study <name>', 'the study')
    .requiredOption('--pairs <pairs>', 'how many', wholeNumber)
    .addOption(
      new Option('--by <way>', 'what makes a pair likelier')
        .choices(['random', 'slice', 'judge-inconsistent', 'judge-uncertain', 'raters-split', 'rare-slice'])
        .default('random'),
    )
    .option('--slice <name>', 'for slice and rare-slice')
    .option('--judge <id>', 'for judge-inconsistent and judge-uncertain')
    .option('--emphasis <times>', 'how many times likelier at most', positiveNumber, 5)
    .action(async (options: Options<DrawOptions>) =>
      finish(
        await (await loadDesign()).designDrawCommand(methodOf(options), options, store(options), terminal),
      ),
    );
  command('plan [file]', 'show the analysis plan, or store the one in a file', design)
    .requiredOption('--study <name>', 'the study')
    .action(async (file: string | undefined, options: Options<DesignTarget>) =>
      finish(await (await loadDesign()).designPlanCommand(file, options, store(options), terminal)),
    );
  command('labels', 'how many labels a study needs, under assumptions', design)
    .option('--study <name>', 'a study that has labels already: how many more it needs for --width')
    .option('--judge <id>', 'the judge whose kappa it is about')
    .option('--kappa <kappa>', 'assumed kappa of judge and people', notNegative)
    .option('--width <width>', 'wished width of its interval', positiveNumber)
    .option('--agreements <shares...>', 'assumed agreement of two judges with people, to tell them apart')
    .option('--raters-per-pair <raters>', 'votes on each pair', wholeNumber, 1)
    .option('--rater-agreement <share>', 'assumed agreement of two raters', positiveNumber, 0.7)
    .action(async (options: Options<LabelOptions>) =>
      finish(
        options.study === undefined
          ? await (await loadDesign()).designLabelsCommand(
              requestOf(options),
              options.json === true,
              store(options),
              terminal,
            )
          : await (await loadDesign()).designWidthCommand(
              { ...options, study: options.study, width: options.width ?? 0.2 },
              store(options),
              terminal,
            ),
      ),
    );
}

function methodOf({ by, pairs, slice, judge, emphasis }: DrawOptions): InputOf<'design.draw'>['method'] {
  const requireOption = (value: string | undefined, option: string): string => {
    if (value === undefined) throw new ServiceError('invalid_input', `--by ${by} needs --${option}.`);
    return value;
  };
  switch (by) {
    case 'random':
      return { kind: 'random', pairs };
    case 'slice':
      return { kind: 'stratified', pairs, slice: requireOption(slice, 'slice') };
    case 'judge-inconsistent':
      return {
        kind: 'prioritised',
        pairs,
        emphasis,
        by: { what: 'judge_inconsistent', judge: requireOption(judge, 'judge') },
      };
    case 'judge-uncertain':
      return {
        kind: 'prioritised',
        pairs,
        emphasis,
        by: { what: 'judge_uncertain', judge: requireOption(judge, 'judge') },
      };
    case 'raters-split':
      return { kind: 'prioritised', pairs, emphasis, by: { what: 'raters_split' } };
    case 'rare-slice':
      return {
        kind: 'prioritised',
        pairs,
        emphasis,
        by: { what: 'rare_slice', slice: requireOption(slice, 'slice') },
      };
  }
}

function requestOf({
  kappa,
  width,
  agreements,
  ratersPerPair,
  raterAgreement,
}: LabelOptions): InputOf<'design.labels'> {
  const assumed = { ratersPerPair, raterAgreement };
  if (kappa !== undefined && width !== undefined)
    return { goal: { what: 'width', kappa, width }, ...assumed };
  const [firstAgreement, secondAgreement] = (agreements ?? []).map(Number);
  if (firstAgreement !== undefined && secondAgreement !== undefined)
    return { goal: { what: 'difference', firstAgreement, secondAgreement }, ...assumed };
  throw new ServiceError(
    'invalid_input',
    'Say --kappa and --width, or --agreements with one share for each of two judges.',
  );
}
