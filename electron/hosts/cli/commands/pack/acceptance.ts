import type { AcceptanceReport } from '../../../../../shared/pack/acceptance.ts';
import type { CliCommand } from '../../client/command.ts';
import { packIdOf } from '../../client/pack-id.ts';
import { option, required } from '../../options/option.ts';
import { secretFrom, secretOption } from '../../options/pack-secret.ts';
import { acceptanceText } from '../../terminal/acceptance-text.ts';
import { EXIT } from '../../terminal/terminal.ts';

interface Given {
  readonly returns: readonly string[];
  readonly study?: string;
  readonly pack: string;
  readonly answersOut?: string;
  readonly answers?: string;
  readonly secretFile?: string;
}

/** Worked out by either side: by the lead from the study, by the vendor from the files alone. 1 unless it is accepted. */
export const command: CliCommand<Given, AcceptanceReport> = {
  spec: {
    takes: '[returns...]',
    about: 'whether the work is accepted by the rule of its pack',
    store: (given) => (given.study === undefined ? { side: 'none' } : {}),
    options: [
      required('--pack <pack>', 'with --study its name; without, the pack’s file'),
      option('--study <name>', 'the study, on the lead’s side'),
      option('--answers-out <file>', 'also write the answer key, to show the vendor afterwards'),
      option('--answers <file>', 'the answer key the lead has shown'),
      secretOption(),
    ],
  },
  run: async (client, { returns, study, pack, answersOut, answers, secretFile }) => {
    if (study === undefined)
      return client.follow('packs.acceptFiles', {
        uploadId: await client.file(pack),
        secret: secretFrom(secretFile, client.terminal),
        returns: await client.files(returns),
        ...(answers === undefined ? {} : { answersId: await client.file(answers) }),
      });
    const studyId = await client.studyId(study);
    return client.follow('packs.acceptance', {
      studyId,
      packId: await packIdOf(client, studyId, pack),
      ...(answersOut === undefined ? {} : { answersPlaceId: await client.place(answersOut) }),
    });
  },
  text: acceptanceText,
  code: ({ verdict }) => (verdict === 'accepted' ? EXIT.fine : EXIT.failed),
};
