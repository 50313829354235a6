import type { PairDetails } from '../../../../../shared/contract/pair-methods.ts';
import type { CliCommand } from '../../client/command.ts';
import { pairNumbers } from '../../client/pair-ids.ts';
import { studyOption } from '../../options/option.ts';

interface Given {
  readonly pair: string;
  readonly study: string;
}

export const command: CliCommand<Given, PairDetails> = {
  spec: {
    takes: '<pair>',
    about: 'one pair, by its id or number, with all that was said of it; sides say nothing of who wrote what',
    options: [studyOption()],
  },
  run: async (client, { pair, study }) => {
    const studyId = await client.studyId(study);
    const [number = 0] = await pairNumbers(client, studyId, [pair]);
    return client.follow('pairs.show', { studyId, number });
  },
  text: (pair) =>
    [
      `Pair ${pair.number}${pair.id === null ? '' : ` (${pair.id})`}, ${pair.split}${pair.isLeftOut ? ', left out' : ''}`,
      ...pair.leavingOut.map(
        ({ isLeftOut, reason, decidedAt }) =>
          `${isLeftOut ? 'left out' : 'counted again'} ${new Date(decidedAt).toISOString()}: ${reason}`,
      ),
      ...section('Task', pair.task),
      ...section(sideName('Left', pair.left), pair.left.output),
      ...section(sideName('Right', pair.right), pair.right.output),
      '',
      ...pair.votes.map(({ rater, answer, note }) => `${rater}: ${answer}${noteText(note)}`),
      ...pair.decisions.map(({ by, answer, note }) => `${by}, adjudicator: ${answer}${noteText(note)}`),
      ...pair.judgments.map(
        ({ judge, answer, shownFirst }) =>
          `${judge}${shownFirst === null ? '' : ` (${shownFirst} first)`}: ${answer}`,
      ),
      ...(pair.known === null ? [] : [`known answer (${pair.known.stage}): ${pair.known.answer}`]),
    ].join('\n'),
};

function sideName(side: string, { system }: PairDetails['left']): string {
  return system === null ? side : `${side}: ${system}`;
}

function section(title: string, turns: PairDetails['task']): string[] {
  return [
    '',
    `--- ${title} ---`,
    ...turns.map(({ role, content }) => (turns.length === 1 ? content : `${role}: ${content}`)),
  ];
}

function noteText(note: string | null): string {
  return note === null ? '' : ` “${note}”`;
}
