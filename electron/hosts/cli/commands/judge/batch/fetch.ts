import { setTimeout as sleep } from 'node:timers/promises';
import type { SentBatch } from '../../../../../../shared/contract/judge-batch-methods.ts';
import type { CliCommand } from '../../../client/command.ts';
import { interruptible } from '../../../client/interruptible.ts';
import { acceptCutOption, judgeOption } from '../../../options/judge-options.ts';
import { option, studyOption } from '../../../options/option.ts';
import { batchesText, batchLine } from '../../../terminal/batch-text.ts';
import { failedCount } from '../../../terminal/judge-text.ts';
import { EXIT } from '../../../terminal/terminal.ts';

interface Given {
  readonly study: string;
  readonly judge: string;
  readonly wait?: boolean;
  readonly out?: string;
  readonly acceptCutPrompts?: boolean;
}

interface Found {
  readonly batches: readonly SentBatch[];
  readonly isFine: boolean;
}

const LOOK_AGAIN_MS = 30_000;

/** 1 where some are at work, or judgments failed. */
export const command: CliCommand<Given, Found> = {
  spec: {
    about: 'look at the batches that were sent, and take in what is done',
    options: [
      studyOption(),
      judgeOption('the version that was asked'),
      option('--wait', 'until all of them are done'),
      option('--out <folder>', 'keep the results there, too'),
      acceptCutOption(),
    ],
  },
  run: async (client, { study, judge, wait, out, acceptCutPrompts, json }) => {
    const asked = {
      studyId: await client.studyId(study),
      judge,
      acceptCutPrompts: acceptCutPrompts === true,
      ...(out === undefined ? {} : { folderId: await client.place(out) }),
    };
    let isFine = true;
    let isStopped = false;
    const stop = () => {
      isStopped = true;
    };
    return interruptible(stop, async () => {
      for (;;) {
        const batches = await client.follow('judges.fetchBatches', asked);
        const atWork = batches.filter(({ what }) => what === 'at_work');
        const mustWait = wait === true && atWork.length > 0 && !isStopped;
        const shown = mustWait ? batches.filter(({ what }) => what !== 'at_work') : batches;
        isFine &&= shown.every(isWell);
        if (!mustWait) return { batches: shown, isFine };
        if (shown.length > 0)
          client.terminal.print(json === true ? JSON.stringify(shown) : batchesText(shown));
        client.terminal.progress(atWork.map(batchLine).join(' · '));
        for (let waitedMs = 0; waitedMs < LOOK_AGAIN_MS && !isStopped; waitedMs += 100) await sleep(100);
        client.terminal.progress('');
      }
    });
  },
  text: ({ batches }) => batchesText(batches),
  json: ({ batches }) => batches,
  code: ({ isFine }) => (isFine ? EXIT.fine : EXIT.failed),
};

function isWell({ what, collected }: SentBatch): boolean {
  return what === 'collected' && collected !== null && failedCount(collected) === 0;
}
