import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '../../../../shared/contract/client.ts';
import { ServiceError } from '../../../../shared/contract/errors.ts';
import type { RunSelection } from '../../../../shared/contract/judge-methods.ts';
import type { PanelRule } from '../../../../shared/domain/card/judge-panel.ts';
import {
  type JudgeDefinitionInput,
  judgeDefinitionSchema,
} from '../../../../shared/domain/judge/judge-definition.ts';
import { problemsOf } from '../../../../shared/formats/native.ts';
import { NO_CONTROLS } from '../../../core/jobs/task-controls.ts';
import { runJudge } from '../../../core/judges/run-judge.ts';
import { probeRunRequest } from '../../../core/services/judge-check-service.ts';
import { judgeRunRequest } from '../../../core/services/judge-service.ts';
import { studyIdOf, unwrapped, withApp } from '../in-process.ts';
import {
  comparisonText,
  estimateText,
  probeText,
  progressText,
  reportText,
  resultText,
} from '../judge-text.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal.ts';

export interface JudgeTarget {
  readonly study: string;
  readonly json?: boolean;
}

/** `touchstone judge templates` */
export function judgeTemplatesCommand(
  json: boolean,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(
    storePath,
    async (client) => {
      const templates = unwrapped(await client.call('judges.templates', {}));
      terminal.print(
        json
          ? JSON.stringify(templates)
          : tableText(
              ['template', 'what it does'],
              templates.map(({ id, about }) => [id, about]),
            ),
      );
      return EXIT.fine;
    },
    { mayCreate: true },
  );
}

/** `touchstone judge new TEMPLATE --name N --model M --endpoint URL`: prints a judge file. */
export function judgeNewCommand(
  options: {
    readonly template: string;
    readonly name: string;
    readonly model: string;
    readonly endpoint: string;
  },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(
    storePath,
    async (client) => {
      const templates = unwrapped(await client.call('judges.templates', {}));
      const found = templates.find(({ id }) => id === options.template);
      if (found === undefined) {
        throw new ServiceError(
          'not_found',
          `There is no template “${options.template}”; there are ${templates.map(({ id }) => id).join(', ')}.`,
        );
      }
      const { systemPrompt, prompt, reply } = found;
      const { name, model, endpoint } = options;
      terminal.print(
        JSON.stringify(
          judgeDefinitionSchema.parse({ name, model, endpoint, systemPrompt, prompt, reply }),
          null,
          2,
        ),
      );
      return EXIT.fine;
    },
    { mayCreate: true },
  );
}

/** `touchstone judge add FILE --study NAME` */
export function judgeAddCommand(
  file: string,
  { study, json }: JudgeTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const kept = await keepJudgeFile(client, await studyIdOf(client, study), file);
    terminal.print(
      json === true
        ? JSON.stringify(kept)
        : `${kept.judge}${kept.isNew ? '' : ' was there already'}  sha256 ${kept.contentHash}`,
    );
    return EXIT.fine;
  });
}

/** `touchstone judge list --study NAME` */
export function judgeListCommand(
  { study, json }: JudgeTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const list = unwrapped(await client.call('judges.list', { studyId: await studyIdOf(client, study) }));
    if (json === true) {
      terminal.print(JSON.stringify(list));
      return EXIT.fine;
    }
    if (list.versions.length > 0) {
      terminal.print(
        tableText(
          ['judge', 'model', 'endpoint', 'judged', 'of', 'failed', 'sha256'],
          list.versions.map((each) => [
            each.judge,
            each.model,
            each.endpoint,
            String(each.judged),
            String(each.wanted),
            String(each.failed),
            each.contentHash.slice(0, 12),
          ]),
        ),
      );
    } else
      terminal.print('No judge that can be run from here. Add one: touchstone judge add FILE --study NAME');
    if (list.imported.length > 0) terminal.print(`verdicts from elsewhere: ${list.imported.join(', ')}`);
    return EXIT.fine;
  });
}

export interface SelectionOptions {
  readonly limit?: number;
  readonly slice?: string;
  readonly retryFailed?: boolean;
}

export interface JudgeRunOptions extends JudgeTarget, SelectionOptions {
  readonly judge: string;
  readonly maxCost?: number;
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly dryRun?: boolean;
}

/** `touchstone judge run --study NAME --judge FILE|ID`: 1 where judgments failed or the run did not finish. */
export function judgeRunCommand(
  options: JudgeRunOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client, app) => {
    const studyId = await studyIdOf(client, options.study);
    const judge = await judgeNamed(client, studyId, options.judge);
    const selection = selectionOf(options);
    const estimate = unwrapped(await client.call('judges.estimate', { studyId, judge, selection }));
    if (options.dryRun === true) {
      terminal.print(
        options.json === true ? JSON.stringify(estimate) : estimateText(estimate, options.maxCost),
      );
      return EXIT.fine;
    }
    terminal.complain(estimateText(estimate, options.maxCost));
    const request = await judgeRunRequest(app.context, {
      studyId,
      judge,
      selection,
      maxCostUsd: options.maxCost ?? null,
      concurrency: options.concurrency ?? 8,
      timeoutSeconds: options.timeout ?? 120,
    });
    const result = await interruptible((isCancelled) =>
      runJudge(request, {
        ...NO_CONTROLS,
        isCancelled,
        onProgress: (progress) => terminal.progress(progressText(progress)),
      }),
    );
    terminal.progress('');
    terminal.print(options.json === true ? JSON.stringify(result) : resultText(result));
    const failed = result.unparsed + result.refused + result.truncated + result.error;
    return result.ending === 'finished' && failed === 0 ? EXIT.fine : EXIT.failed;
  });
}

/** `touchstone judge report --study NAME --judge ID` */
export function judgeReportCommand(
  options: JudgeTarget & { readonly judge: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const studyId = await studyIdOf(client, options.study);
    const report = unwrapped(await client.call('judges.report', { studyId, judge: options.judge }));
    terminal.print(options.json === true ? JSON.stringify(report) : reportText(report));
    return EXIT.fine;
  });
}

/** `touchstone judge probe --study NAME --judge ID`: 1 where the judge fell for a probe. */
export function judgeProbeCommand(
  options: JudgeTarget & { readonly judge: string; readonly maxCost?: number },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client, app) => {
    const studyId = await studyIdOf(client, options.study);
    const request = await probeRunRequest(app.context, {
      studyId,
      judge: options.judge,
      maxCostUsd: options.maxCost ?? null,
    });
    const run = await interruptible((isCancelled) =>
      runJudge(request, {
        ...NO_CONTROLS,
        isCancelled,
        onProgress: (progress) => terminal.progress(progressText(progress)),
      }),
    );
    terminal.progress('');
    const { probes } = unwrapped(await client.call('judges.report', { studyId, judge: options.judge }));
    terminal.print(options.json === true ? JSON.stringify({ run, probes }) : probeText(run, probes));
    return run.ending === 'finished' && probes?.fell === 0 ? EXIT.fine : EXIT.failed;
  });
}

/** `touchstone judge compare BEFORE AFTER --study NAME` */
export function judgeCompareCommand(
  before: string,
  after: string,
  { study, json }: JudgeTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const studyId = await studyIdOf(client, study);
    const comparison = unwrapped(await client.call('judges.compare', { studyId, before, after }));
    terminal.print(json === true ? JSON.stringify(comparison) : comparisonText(comparison));
    return EXIT.fine;
  });
}

/** `touchstone judge panel NAME --study S --members A B … --rule R` */
export function judgePanelCommand(
  name: string,
  options: JudgeTarget & { readonly members: string[]; readonly rule: PanelRule },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const studyId = await studyIdOf(client, options.study);
    const { members, rule } = options;
    const made = unwrapped(await client.call('judges.makePanel', { studyId, name, rule, members }));
    const weights = members.map((member, index) => `  ${member}  ${(made.weights[index] ?? 0).toFixed(3)}`);
    const how = rule === 'weighted' ? ', with weights fitted on the dev split' : '';
    terminal.print(
      options.json === true
        ? JSON.stringify(made)
        : [`${made.judge}: ${rule.replace('_', ' ')} of ${members.length}${how}`, ...weights].join('\n'),
    );
    return EXIT.fine;
  });
}

/** `touchstone judge price [MODEL INPUT OUTPUT]`, in dollars per million tokens. */
export function judgePriceCommand(
  options: {
    readonly model?: string;
    readonly input?: number;
    readonly output?: number;
    readonly json?: boolean;
  },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const { model, input, output } = options;
    if (model !== undefined && (input === undefined) !== (output === undefined)) {
      throw new ServiceError(
        'invalid_input',
        'A price has two numbers: dollars per million tokens in, and out. Neither removes it.',
      );
    }
    const price =
      input === undefined || output === undefined
        ? null
        : { inputPerMillion: input, outputPerMillion: output };
    const table =
      model === undefined
        ? unwrapped(await client.call('judges.prices', {}))
        : unwrapped(await client.call('judges.setPrice', { model, price }));
    terminal.print(
      options.json === true
        ? JSON.stringify(table)
        : tableText(
            ['model', 'in, $ per million', 'out, $ per million'],
            Object.entries(table).map(([name, each]) => [
              name,
              String(each.inputPerMillion),
              String(each.outputPerMillion),
            ]),
          ),
    );
    return EXIT.fine;
  });
}

/** `touchstone judge key ENDPOINT`: reads the key from standard input, so that it stands in no history. */
export function judgeKeyCommand(
  endpoint: string,
  options: { readonly remove?: boolean; readonly json?: boolean },
  storePath: string,
  terminal: Terminal,
  input: () => string = () => readFileSync(0, 'utf8'),
): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const key = options.remove === true ? null : input().trim();
    if (key === '') throw new ServiceError('invalid_input', 'Give the key on standard input.');
    const { origin } = unwrapped(await client.call('judges.setKey', { endpoint, key }));
    const text =
      key === null
        ? `The key for ${origin} is removed.`
        : `The key for ${origin} is kept, and is sent there only.`;
    terminal.print(options.json === true ? JSON.stringify({ origin }) : text);
    return EXIT.fine;
  });
}

/** A judge of the study by name, or the file of one, which is added first. */
export async function judgeNamed(client: Client, studyId: string, judge: string): Promise<string> {
  if (!existsSync(judge)) return judge;
  return (await keepJudgeFile(client, studyId, judge)).judge;
}

async function keepJudgeFile(client: Client, studyId: string, file: string) {
  const path = resolve(file);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ServiceError(
      'invalid_input',
      `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`,
    );
  }
  const parsed = judgeDefinitionSchema.safeParse(value);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, value);
    throw new ServiceError(
      'invalid_input',
      problems.map(({ field, reason }) => `${file}: ${field}: ${reason}`).join('\n'),
      { problems },
    );
  }
  return unwrapped(await client.call('judges.keep', { studyId, definition: value as JudgeDefinitionInput }));
}

/** Which pairs the options of a command are about. */
export function selectionOf({ limit, slice, retryFailed }: SelectionOptions): RunSelection {
  return {
    limit: limit ?? null,
    slice: slice === undefined ? null : sliceOf(slice),
    pairs: null,
    which: retryFailed === true ? 'failed' : 'missing',
  };
}

function sliceOf(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new ServiceError('invalid_input', 'A slice is NAME=VALUE.');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** Runs until done; the first Ctrl+C asks it to stop. */
export async function interruptible<Result>(
  run: (isCancelled: () => boolean) => Promise<Result>,
): Promise<Result> {
  let isCancelled = false;
  const stop = () => {
    isCancelled = true;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await run(() => isCancelled);
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
