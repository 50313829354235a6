import { ServiceError } from '../../../../../shared/errors/errors.ts';
import type { JudgeDefinition } from '../../../../../shared/judge/judge-definition.ts';
import { judgeOfTemplate } from '../../../../../shared/judge/judge-template.ts';
import type { CliCommand } from '../../client/command.ts';
import { required } from '../../options/option.ts';

interface Given {
  readonly template: string;
  readonly name: string;
  readonly model: string;
  readonly endpoint: string;
}

export const command: CliCommand<Given, JudgeDefinition> = {
  spec: {
    takes: '<template>',
    about: 'print a judge file made from a template',
    store: { side: 'none' },
    options: [
      required('--name <name>', 'a name for people'),
      required('--model <model>', 'as the endpoint knows it'),
      required('--endpoint <url>', 'base address of an OpenAI-compatible API'),
    ],
  },
  run: async (client, { template, name, model, endpoint }) => {
    const templates = await client.call('judges.templates', {});
    const found = templates.find(({ id }) => id === template);
    if (found === undefined)
      throw new ServiceError('not_found', {
        key: 'terminal.template_unknown',
        values: { template, templates: templates.map(({ id }) => id).join(', ') },
      });
    return judgeOfTemplate(found, { name, model, endpoint });
  },
  text: (definition) => JSON.stringify(definition, null, 2),
};
