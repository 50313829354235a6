import type { ReplyOf } from '../../../../../shared/contract/methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<{ readonly name: string }, ReplyOf<'studies.show'>> = {
  spec: { takes: '<name>', about: 'one study' },
  run: async (client, { name }) => client.call('studies.show', { studyId: await client.studyId(name) }),
  text: (study) => {
    const { design } = study;
    return [
      `${study.name}${study.isSynthetic ? ' (synthetic data)' : ''}`,
      `${study.pairs} pairs of ${study.items} items by ${study.systemCount} systems, ${study.unblindedAt === null ? 'blind' : 'unblinded'}`,
      `scale: ${design.scale}; raters per pair: ${design.ratersPerPair ?? 'all'}; seed: ${design.seed ?? 'kept until unblinding'}`,
      `judges: ${study.judgeNames.join(', ') || 'none'}`,
      `outputs that may say who wrote them: ${study.identityFindings}`,
      '',
      tableText(
        ['rater', 'votes', 'skipped'],
        study.raterProgress.map((rater) => [rater.name, String(rater.votes), String(rater.skipped)]),
      ),
      '',
      design.guideline,
    ].join('\n');
  },
};
