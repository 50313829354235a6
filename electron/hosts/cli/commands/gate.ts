import { appendFileSync } from 'node:fs';
import { baselineSchema, type GateResult } from '../../../../shared/card/gate/gate-result.ts';
import { USUAL_MARGIN } from '../../../../shared/card/gate/gate-rule.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import type { AgreementOptions } from '../../../../shared/labels/agreement-options.ts';
import { writeWholeFile } from '../../../core/files/whole-file.ts';
import type { CliCommand } from '../client/command.ts';
import { parseJson, readJsonFile } from '../options/json-file.ts';
import { oneOf, option, repeated, required, studyOption } from '../options/option.ts';
import { numberBetween } from '../options/option-numbers.ts';
import { policiesOf, policyOptions } from '../options/policy-options.ts';
import { sliceOf } from '../options/slice-option.ts';
import { gateJunit, gateMarkdown, gateText } from '../terminal/gate-text.ts';
import { EXIT } from '../terminal/terminal.ts';

type Given = Partial<AgreementOptions> & {
  readonly study: string;
  readonly judge: string;
  readonly minKappa?: number;
  readonly maxFlipRate?: number;
  readonly bound?: 'lower' | 'point';
  readonly notBelow?: string;
  readonly margin?: number;
  readonly slice: readonly string[];
  readonly requireAltTest?: number;
  readonly allowInconclusive?: boolean;
  readonly junit?: string;
  readonly summary?: string;
};

const COEFFICIENT = { least: -1, most: 1 };
const SHARE = { least: 0, most: 1 };

const A_BASELINE = 'A baseline is what touchstone gate --json printed.';

/** Whether a build may go on with this judge. */
export const command: CliCommand<Given, GateResult> = {
  spec: {
    about: 'let a build go on only with a judge that agrees with people',
    options: [
      studyOption(),
      required('--judge <name>', 'the judge'),
      option('--min-kappa <x>', 'least kappa with people’s label', numberBetween(COEFFICIENT)),
      option(
        '--max-flip-rate <x>',
        'greatest share of pairs whose two orders contradict',
        numberBetween(SHARE),
      ),
      oneOf('--bound <bound>', 'lower (else): the whole interval must be there; point: the estimate', [
        'lower',
        'point',
      ]),
      option('--not-below <file>', 'what an earlier gate printed with --json: kappa must not have fallen'),
      option('--margin <x>', 'a fall in kappa of less than this is none (else 0.1)', numberBetween(SHARE)),
      repeated('--slice <name=value>', 'must hold on this slice as well; may be repeated'),
      option(
        '--require-alt-test <epsilon>',
        'the alternative annotator test must pass',
        numberBetween(SHARE),
      ),
      option(
        '--level <x>',
        'level of the intervals (else 0.95)',
        numberBetween({ least: 0.51, most: 0.999 }),
      ),
      option('--allow-inconclusive', 'go on where there are too few labels to tell'),
      option('--junit <file>', 'also write JUnit XML'),
      option('--summary <file>', 'also add Markdown to this file, such as $GITHUB_STEP_SUMMARY'),
      ...policyOptions(),
    ],
  },
  run: async (client, given) => {
    const { minKappa, maxFlipRate, requireAltTest, notBelow, junit, summary } = given;
    if ([minKappa, maxFlipRate, requireAltTest, notBelow].every((asked) => asked === undefined))
      throw new ServiceError('invalid_input', { key: 'terminal.gate_asks_nothing' });
    const rule = {
      minKappa: minKappa ?? null,
      maxFlipRate: maxFlipRate ?? null,
      bound: given.bound ?? ('lower' as const),
      margin: given.margin ?? USUAL_MARGIN,
      altTestEpsilon: requireAltTest ?? null,
      slices: given.slice.map(sliceOf),
    };
    const baseline =
      notBelow === undefined ? null : parseJson(notBelow, baselineSchema, readJsonFile(notBelow), A_BASELINE);
    const result = await client.follow('agreement.gate', {
      studyId: await client.studyId(given.study),
      judge: given.judge,
      options: { ...policiesOf(given), ...(given.level === undefined ? {} : { level: given.level }) },
      rule,
      baseline,
    });
    if (junit !== undefined) writeWholeFile(junit, gateJunit(result, given.allowInconclusive === true));
    // The summary of a step is one file that every step adds to.
    if (summary !== undefined) appendFileSync(summary, gateMarkdown(result));
    return result;
  },
  text: gateText,
  code: ({ outcome }, { allowInconclusive }) =>
    outcome === 'passed' || (outcome === 'inconclusive' && allowInconclusive === true)
      ? EXIT.fine
      : EXIT.failed,
};
