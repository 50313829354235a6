import { appendFileSync } from 'node:fs';
import { baselineSchema, type GateResult } from '../../../../shared/card/gate/gate-result.ts';
import { gateRuleSchema, USUAL_MARGIN } from '../../../../shared/card/gate/gate-rule.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import {
  type AgreementOptions,
  agreementOptionsSchema,
} from '../../../../shared/labels/agreement-options.ts';
import { runGate } from '../../../core/agreement/run-gate.ts';
import { writeWholeFile } from '../../../core/files/whole-file.ts';
import { NO_CONTROLS } from '../../../core/work/task-controls.ts';
import { withStudy } from '../client/in-process.ts';
import { parseJson, readJsonFile } from '../options/json-file.ts';
import { sliceOf } from '../options/slice-option.ts';
import { gateJunit, gateMarkdown, gateText } from '../terminal/gate-text.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';

export interface GateOptions {
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
  readonly json?: boolean;
  readonly policies: Partial<AgreementOptions>;
}

const A_BASELINE = 'A baseline is what touchstone gate --json printed.';

/** `touchstone gate --study S --judge J --min-kappa X`: whether a build may go on with this judge. */
export function gateCommand(options: GateOptions, storePath: string, terminal: Terminal): Promise<ExitCode> {
  const { minKappa, maxFlipRate, requireAltTest, notBelow } = options;
  if ([minKappa, maxFlipRate, requireAltTest, notBelow].every((asked) => asked === undefined))
    throw new ServiceError(
      'invalid_input',
      'Ask for something: --min-kappa, --max-flip-rate, --not-below or --require-alt-test.',
    );
  const rule = gateRuleSchema.parse({
    minKappa: minKappa ?? null,
    maxFlipRate: maxFlipRate ?? null,
    bound: options.bound ?? 'lower',
    margin: options.margin ?? USUAL_MARGIN,
    altTestEpsilon: requireAltTest ?? null,
    slices: options.slice.map(sliceOf),
  });
  const baseline =
    notBelow === undefined ? null : parseJson(notBelow, baselineSchema, readJsonFile(notBelow), A_BASELINE);
  return withStudy(storePath, options.study, async ({ studyId }) => {
    const result = runGate(
      {
        storePath,
        studyId,
        judge: options.judge,
        options: agreementOptionsSchema.parse(options.policies),
        rule,
        baseline,
      },
      NO_CONTROLS,
    );
    if (options.junit !== undefined)
      writeWholeFile(options.junit, gateJunit(result, options.allowInconclusive === true));
    // The summary of a step is one file that every step adds to.
    if (options.summary !== undefined) appendFileSync(options.summary, gateMarkdown(result));
    terminal.print(options.json === true ? JSON.stringify(result) : gateText(result));
    return exitOf(result, options.allowInconclusive === true);
  });
}

function exitOf({ outcome }: GateResult, isInconclusiveAllowed: boolean): ExitCode {
  if (outcome === 'passed' || (outcome === 'inconclusive' && isInconclusiveAllowed)) return EXIT.fine;
  return EXIT.failed;
}
