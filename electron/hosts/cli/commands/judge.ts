import type { PanelRule } from '../../../../shared/card/judge-panel.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { judgeDefinitionSchema } from '../../../../shared/judge/judge-definition.ts';
import { unwrap, withApp, withStudy } from '../client/in-process.ts';
import { keepJudgeFile } from '../options/judge-file.ts';
import { comparisonText, reportText } from '../terminal/judge-text.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';

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
      const templates = unwrap(await client.call('judges.templates', {}));
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
      const templates = unwrap(await client.call('judges.templates', {}));
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
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const kept = await keepJudgeFile(client, studyId, file);
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
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const list = unwrap(await client.call('judges.list', { studyId }));
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

/** `touchstone judge report --study NAME --judge ID` */
export function judgeReportCommand(
  options: JudgeTarget & { readonly judge: string },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, options.study, async ({ client, studyId }) => {
    const report = unwrap(await client.call('judges.report', { studyId, judge: options.judge }));
    terminal.print(options.json === true ? JSON.stringify(report) : reportText(report));
    return EXIT.fine;
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
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const comparison = unwrap(await client.call('judges.compare', { studyId, before, after }));
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
  return withStudy(storePath, options.study, async ({ client, studyId }) => {
    const { members, rule } = options;
    const made = unwrap(await client.call('judges.makePanel', { studyId, name, rule, members }));
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
