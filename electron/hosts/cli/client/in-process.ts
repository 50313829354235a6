import { existsSync } from 'node:fs';
import { type Client, createClient } from '../../../../shared/contract/client.ts';
import type { Envelope } from '../../../../shared/contract/envelope.ts';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { type App, createApp } from '../../../core/app.ts';
import { isVendorStore } from '../../../core/packs/vendor-store.ts';
import { systemClock, systemEntropy } from '../../../core/ports/system-ports.ts';
import { KeyFile } from '../../key-file.ts';
import { keyFilePath } from '../../store-path.ts';

/**
 * Opens the app in this process, hands it to `work` and closes it whatever happens. A command that only reads does
 * not make a store: a mistyped path must not look like lost data.
 */
export async function withApp<Result>(
  storePath: string,
  work: (client: Client, app: App) => Promise<Result>,
  options: { readonly mayCreate?: boolean; readonly mayBeVendor?: boolean } = {},
): Promise<Result> {
  if (options.mayCreate !== true && !existsSync(storePath)) {
    throw new ServiceError(
      'not_found',
      `There is no store at ${storePath}. Import something or start the app to make one, or name another with --store.`,
    );
  }
  const app = await createApp({
    clock: systemClock,
    entropy: systemEntropy,
    host: 'in_process',
    storePath,
    keys: new KeyFile(keyFilePath('plain')),
  });
  try {
    if (options.mayBeVendor !== true && isVendorStore(app.context.store))
      throw new ServiceError(
        'forbidden',
        'This store works on packs. Nothing of a lead’s is in it; see touchstone pack --help.',
      );
    return await work(createClient(app), app);
  } finally {
    await app.close();
  }
}

/** `withApp` for a command about one study, which it names. */
export function withStudy<Result>(
  storePath: string,
  study: string,
  work: (opened: { client: Client; app: App; studyId: string }) => Promise<Result>,
): Promise<Result> {
  return withApp(storePath, async (client, app) =>
    work({ client, app, studyId: await studyIdOf(client, study) }),
  );
}

/** The value of a reply, or its failure thrown with its code. */
export function unwrap<Value>(envelope: Envelope<Value>): Value {
  if (envelope.ok) return envelope.value;
  throw new ServiceError(envelope.error.code, envelope.error.message, envelope.error.details);
}

/** The study that a command names. */
async function studyIdOf(client: Client, name: string): Promise<string> {
  const studies = unwrap(await client.call('studies.list', {}));
  const study = studies.find((candidate) => candidate.name === name);
  if (study !== undefined) return study.studyId;
  const known = studies.map((candidate) => `“${candidate.name}”`).join(', ');
  throw new ServiceError(
    'not_found',
    `There is no study named “${name}” in this store${known === '' ? '; it has none yet' : `; it has ${known}`}.`,
  );
}
