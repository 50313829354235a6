import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ServiceError } from '../../../../shared/contract/errors.ts';
import {
  type AgreementOptions,
  agreementOptionsSchema,
} from '../../../../shared/domain/agreement-options.ts';
import {
  type Baseline,
  baselineSchema,
  type GateResult,
} from '../../../../shared/domain/gate/gate-result.ts';
import { gateRuleSchema, USUAL_MARGIN } from '../../../../shared/domain/gate/gate-rule.ts';
import { problemsOf } from '../../../../shared/formats/native.ts';
import { runGate } from '../../../core/agreement/run-gate.ts';
import { NO_CONTROLS } from '../../../core/jobs/task-controls.ts';
import { gateJunit, gateMarkdown, gateText } from '../gate-text.ts';
import { unwrapped, withStudy } from '../in-process.ts';
import { sliceOf } from '../slice-option.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

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
  const baseline = notBelow === undefined ? null : baselineFrom(notBelow);
  return withStudy(storePath, options.study, async ({ client, studyId }) => {
    await requireJudge(client, studyId, options);
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
      writeFileSync(options.junit, gateJunit(result, options.allowInconclusive === true));
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

async function requireJudge(
  client: Parameters<Parameters<typeof withStudy>[2]>[0]['client'],
  studyId: string,
  { judge, study }: GateOptions,
): Promise<void> {
  const { judges } = unwrapped(
    await client.call('agreement.card', { studyId, parts: ['people'], options: {} }),
  );
  if (judges.includes(judge)) return;
  throw new ServiceError(
    'not_found',
    `“${study}” has no judge named “${judge}” (it has: ${judges.join(', ') || 'none'}).`,
  );
}

function baselineFrom(path: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ServiceError(
      'invalid_input',
      `${basename(path)}: cannot be read as JSON (${(error as Error).message}).`,
    );
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = problemsOf(parsed.error, value);
  throw new ServiceError(
    'invalid_input',
    `${basename(path)}: ${first?.field}: ${first?.reason}. A baseline is what touchstone gate --json printed.`,
  );
}
