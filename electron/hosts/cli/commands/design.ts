import { readFileSync } from 'node:fs';
import type { SelectionSummary } from '../../../../shared/contract/design-methods.ts';
import type { InputOf } from '../../../../shared/contract/methods.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { knownAnswerLines } from '../../../../shared/formats/own/known-answer-lines.ts';
import { labelsStillNeeded } from '../../../../shared/selection/labels-still-needed.ts';
import { unwrap, withApp, withStudy } from '../client/in-process.ts';
import { EXIT, type ExitCode, type Terminal, tableText } from '../terminal/terminal.ts';

export interface DesignTarget {
  readonly study: string;
  readonly json?: boolean;
}

/** `touchstone design set FILE --study NAME`: changes what the JSON file names. */
export function designSetCommand(
  file: string,
  { study, json }: DesignTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const design = jsonFile(file) as InputOf<'studies.configure'>['design'];
    const shown = unwrap(await client.call('studies.configure', { studyId, design }));
    terminal.print(
      json === true
        ? JSON.stringify(shown.design)
        : `The design of “${shown.name}” is set; guideline version ${shown.guidelineVersion}.`,
    );
    return EXIT.fine;
  });
}

/** `touchstone design answers FILE --study NAME`: pairs whose answer is known, one JSON object a line. */
export function designAnswersCommand(
  file: string,
  { study, json }: DesignTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const read = knownAnswerLines(textFile(file));
    if ('reason' in read)
      throw new ServiceError('invalid_input', `${file}, line ${read.line}: ${read.reason}`);
    const answers = read.answers as InputOf<'design.addKnownAnswers'>['answers'];
    const counts = unwrap(await client.call('design.addKnownAnswers', { studyId, answers }));
    terminal.print(
      json === true
        ? JSON.stringify(counts)
        : `known answers: ${Object.entries(counts)
            .map(([stage, count]) => `${count} ${stage}`)
            .join(', ')}`,
    );
    return EXIT.fine;
  });
}

/** `touchstone design draw --study NAME --pairs N …`: draws pairs to be rated. */
export function designDrawCommand(
  method: InputOf<'design.draw'>['method'],
  { study, json }: DesignTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    unwrap(await client.call('design.draw', { studyId, method }));
    const draws = unwrap(await client.call('design.selections', { studyId }));
    terminal.print(json === true ? JSON.stringify(draws) : drawsText(draws));
    return EXIT.fine;
  });
}

function drawsText(draws: readonly SelectionSummary[]): string {
  return tableText(
    ['draw', 'how', 'pairs', 'of', 'lowest chance', 'highest chance'],
    draws.map((draw) => [
      String(draw.wave + 1),
      draw.method.kind === 'prioritised' ? draw.method.by.what : draw.method.kind,
      String(draw.pairs),
      String(draw.candidates),
      draw.lowestProbability.toFixed(4),
      draw.highestProbability.toFixed(4),
    ]),
  );
}

/** `touchstone design plan [FILE] --study NAME`: shows the analysis plan, or stores the one in the file. */
export function designPlanCommand(
  file: string | undefined,
  { study, json }: DesignTarget,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const report =
      file === undefined
        ? unwrap(await client.call('design.plan', { studyId }))
        : unwrap(
            await client.call('design.storePlan', {
              studyId,
              plan: jsonFile(file) as InputOf<'design.storePlan'>['plan'],
            }),
          );
    const { current, deviations } = report;
    if (json === true) terminal.print(JSON.stringify(report));
    else if (current === null) terminal.print('There is no analysis plan.');
    else
      terminal.print(
        [
          `stored ${new Date(current.storedAt).toISOString()} with ${current.votes} votes there, sha256 ${current.sha256}`,
          JSON.stringify(current.plan, null, 2),
          ...deviations.map((deviation) => `  ${deviation}`),
        ].join('\n'),
      );
    return EXIT.fine;
  });
}

/** `touchstone design labels --kappa K --width W …`: how many labels a study needs. 1 where no number is enough. */
export function designLabelsCommand(
  request: InputOf<'design.labels'>,
  json: boolean,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withApp(
    storePath,
    async (client) => {
      const plan = unwrap(await client.call('design.labels', request));
      if (json) terminal.print(JSON.stringify(plan));
      else if (!plan.defined) terminal.print(`No number: ${plan.reason}.`);
      else
        terminal.print(
          `${plan.votes} votes on ${plan.pairs} pairs, of which about ${plan.labelled} get a label\n${plan.method}${plan.assurance === null ? '' : `; ${(100 * plan.assurance).toFixed(1)} % of them keep the promise`}`,
        );
      return plan.defined ? EXIT.fine : EXIT.failed;
    },
    { mayCreate: true },
  );
}

/** `touchstone design labels --study NAME --width W`: how wide kappa's interval is by now. 1 while it is wider. */
export function designWidthCommand(
  { study, judge, width, json }: DesignTarget & { readonly judge?: string; readonly width: number },
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  return withStudy(storePath, study, async ({ client, studyId }) => {
    const card = unwrap(
      await client.call('agreement.card', {
        studyId,
        parts: ['agreement'],
        ...(judge === undefined ? {} : { judge }),
      }),
    );
    const kappa = card.parts[0]?.figures.find(
      ({ subject, measure }) => subject.kind === 'consensus' && measure === 'kappa',
    );
    const interval = kappa?.interval ?? null;
    if (kappa === undefined || interval === null) {
      const why = kappa?.reason ?? kappa?.noInterval ?? 'there is no judge';
      terminal.print(json === true ? JSON.stringify({ width: null, why }) : `No interval yet: ${why}.`);
      return EXIT.failed;
    }
    const now = interval.high - interval.low;
    const more = labelsStillNeeded(kappa.n, now, width);
    terminal.print(
      json === true
        ? JSON.stringify({ judge: card.judge, labels: kappa.n, width: now, wished: width, more })
        : `${card.judge}: kappa's interval is ${now.toFixed(3)} wide on ${kappa.n} labels; ${more === 0 ? 'that is narrow enough' : `about ${more} more labels make it ${width} wide`}`,
    );
    return more === 0 ? EXIT.fine : EXIT.failed;
  });
}

function jsonFile(file: string): unknown {
  try {
    return JSON.parse(textFile(file));
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('invalid_input', `${file}: ${error instanceof Error ? error.message : 'no JSON'}`);
  }
}

function textFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ServiceError(
      'invalid_input',
      `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`,
    );
  }
}
