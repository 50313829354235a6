import { PANEL_RULES, type PanelRule } from '../../../../../shared/card/judge-panel.ts';
import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { oneOf, required, studyOption } from '../../options/option.ts';

interface Given {
  readonly name: string;
  readonly study: string;
  readonly members: readonly string[];
  readonly rule: PanelRule;
}

export const command: CliCommand<Given, ReplyOf<'judges.makePanel'>> = {
  spec: {
    takes: '<name>',
    about: 'make several judges one judge of the study',
    options: [
      studyOption(),
      required('--members <judges...>', 'names of judges'),
      oneOf('--rule <rule>', 'weighted: fitted on the dev split', PANEL_RULES).default('majority'),
    ],
  },
  run: async (client, { name, study, members, rule }) =>
    client.follow('judges.makePanel', { studyId: await client.studyId(study), name, rule, members }),
  text: ({ judge, weights }, { members, rule }) => {
    const how = rule === 'weighted' ? ', with weights fitted on the dev split' : '';
    return [
      `${judge}: ${rule.replace('_', ' ')} of ${members.length}${how}`,
      ...members.map((member, index) => `  ${member}  ${(weights[index] ?? 0).toFixed(3)}`),
    ].join('\n');
  },
};
