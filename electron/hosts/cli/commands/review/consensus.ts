import type { ConsensusReport } from '../../../../../shared/contract/quality-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { percentText } from '../../terminal/percent-text.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<{ readonly study: string }, ConsensusReport> = {
  spec: { about: 'how labels come about, and how each rater errs', options: [studyOption()] },
  run: async (client, { study }) =>
    client.follow('quality.consensus', { studyId: await client.studyId(study) }),
  text: consensusText,
};

function shareOf(share: number | null | undefined): string {
  return share == null ? '–' : percentText(share);
}

function consensusText({ pairs, kinds, adjudicated, rules, model }: ConsensusReport): string {
  const counts = Object.entries(kinds ?? {})
    .filter(([kind]) => kind !== 'adjudicated')
    .map(([kind, count]) => `${count} ${kind}`);
  counts.push(`${adjudicated} decided by an adjudicator`);
  const lines = [
    `${pairs} pairs: ${counts.join(', ')}`,
    tableText(
      ['rule', 'pairs with a label'],
      rules.map(({ rule, labels }) => [rule, String(labels)]),
    ),
  ];
  if (model === null) return lines.join('\n\n');
  const used = model.classes
    .map((_name, index) => index)
    .filter((index) => (model.priors[index] ?? 0) > 1e-9);
  for (const { rater, votes, said } of model.raters) {
    lines.push(
      `${rater}, ${votes} votes: says (rows) where a label is true (columns), Dawid–Skene\n${tableText(
        ['', ...used.map((index) => model.classes[index] ?? '')],
        used.map((row) => [model.classes[row] ?? '', ...used.map((column) => shareOf(said[row]?.[column]))]),
      )}`,
    );
  }
  return lines.join('\n\n');
}
