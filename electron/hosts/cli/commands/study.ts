import { unwrap, withApp, withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';

/** `touchstone study list` */
export function studyListCommand(json: boolean, storePath: string, terminal: Terminal): Promise<ExitCode> {
  return withApp(storePath, async (client) => {
    const studies = unwrap(await client.call('studies.list', {}));
    if (json) terminal.print(JSON.stringify(studies));
    else if (studies.length === 0) {
      terminal.print('No study yet. Import one, or add the sample study: touchstone study sample');
    } else {
      terminal.print(
        tableText(
          ['study', 'pairs', 'items', 'raters', 'votes', 'judges', 'blind'],
          studies.map((study) => [
            study.name,
            ...[study.pairs, study.items, study.raters, study.votes, study.judges].map(String),
            study.unblindedAt === null ? 'yes' : 'no',
          ]),
        ),
      );
    }
    return EXIT.fine;
  });
}

/** `touchstone study show NAME` */
export function studyShowCommand(
  name: string,
  json: boolean,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, name, async ({ client, studyId }) => {
    const study = unwrap(await client.call('studies.show', { studyId }));
    if (json) {
      terminal.print(JSON.stringify(study));
      return EXIT.fine;
    }
    const { design } = study;
    terminal.print(
      [
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
      ].join('\n'),
    );
    return EXIT.fine;
  });
}

/** `touchstone study sample` */
export function studySampleCommand(json: boolean, storePath: string, terminal: Terminal): Promise<ExitCode> {
  return withApp(
    storePath,
    async (client) => {
      const study = unwrap(await client.call('studies.addSample', {}));
      terminal.print(json ? JSON.stringify(study) : `“${study.name}” is in the store: ${study.pairs} pairs.`);
      return EXIT.fine;
    },
    { mayCreate: true },
  );
}
