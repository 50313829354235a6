/** The contract in a page of its own: the methods of a vendor's window, answered here. */
import type { Transport } from '../../shared/contract/client.ts';
import { type Envelope, failure, failureOf, success } from '../../shared/contract/envelope.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import type { ParsedInputOf } from '../../shared/contract/methods.ts';
import { packWorkMethods } from '../../shared/contract/pack-work-methods.ts';
import { ratingMethods } from '../../shared/contract/rating-methods.ts';
import { settingsSchema } from '../../shared/contract/settings-methods.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { readBy } from '../../shared/json/read-by-schema.ts';
import { keyWords } from '../../shared/pack/key-words.ts';
import { returnLines } from '../../shared/pack/return-writer.ts';
import { PackHost } from '../../shared/pack-work/pack-host.ts';
import { DEFAULT_SETTINGS } from '../../shared/study/settings.ts';
import { BrowserPackStorage, knownKey, openWork } from './browser-pack-storage.ts';
import { readPack } from './read-pack.ts';

/** Put in by the build. */
declare const PRODUCT_VERSION: string;

type Answer = (input: never) => Promise<unknown>;

/** Answers nothing of the work until the pack was opened. */
export class PackTransport implements Transport {
  readonly #listeners = new Set<(event: AppEvent) => void>();
  #answers: Readonly<Record<string, Answer>> = {};

  call = async (name: string, input: unknown): Promise<Envelope<unknown>> => {
    try {
      const own = await this.#ownAnswer(name, input);
      if (own !== undefined) return success(own);
      const answer = this.#answers[name];
      if (answer === undefined) return failure('forbidden', { key: 'pack.no_methods_beside' });
      const schemas = { ...ratingMethods, ...packWorkMethods };
      const parsed = readBy(schemas[name as keyof typeof schemas].input, input);
      if (!parsed.ok) {
        const [problem] = parsed.problems;
        return failure('invalid_input', {
          key: 'call.input_invalid',
          values: {
            method: name,
            field: problem?.field ?? 'input',
            reason: problem?.reason ?? 'is not valid',
          },
        });
      }
      return success(await answer(parsed.value as never));
    } catch (error) {
      if (error instanceof ServiceError) return failureOf(error);
      console.error(error);
      return failure('internal', { key: 'call.failed_in_page' });
    }
  };

  subscribe = (listener: (event: AppEvent) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the pack with its secret; throws a ServiceError where it cannot be. */
  async open(sealed: Uint8Array, secret: string): Promise<void> {
    const pack = await readPack(sealed, secret);
    const database = await openWork();
    const known = await knownKey(database, pack.manifest);
    if (known !== undefined && known !== pack.publicKey)
      throw new ServiceError(
        'forbidden',
        { key: 'pack.other_key_in_page' },
        {
          before: keyWords(known),
          now: keyWords(pack.publicKey),
        },
      );
    const storage = new BrowserPackStorage(database, pack);
    await storage.keep(Date.now());
    const host = new PackHost({
      storage,
      nowMs: () => Date.now(),
      monotonicMs: () => performance.now(),
      hex: (bytes) =>
        [...crypto.getRandomValues(new Uint8Array(bytes))]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join(''),
      product: PRODUCT_VERSION,
    });
    this.#answers = answersOf(host, storage, () => this.#announce({ type: 'changed', area: 'ratings' }));
  }

  async #ownAnswer(name: string, input: unknown): Promise<unknown> {
    switch (name) {
      case 'seat.get':
        return { role: 'vendor' };
      case 'host.info':
        return {
          version: PRODUCT_VERSION,
          host: 'http',
          capabilities: {
            pickFiles: false,
            pickFolder: false,
            packsBeside: false,
            studiesBeside: false,
            download: true,
          },
        };
      case 'settings.get':
        return storedSettings();
      case 'settings.put': {
        const settings = settingsSchema.parse({ ...(await storedSettings()), ...(input as object) });
        await (await openWork()).put('settings', { name: 'app', value: settings });
        this.#announce({ type: 'changed', area: 'settings' });
        return settings;
      }
      default:
        return undefined;
    }
  }

  #announce(event: AppEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function answersOf(
  host: PackHost,
  storage: BrowserPackStorage,
  announce: () => void,
): Readonly<Record<string, Answer>> {
  const changing =
    <Input, Reply>(work: (input: Input) => Promise<Reply>) =>
    async (input: Input) => {
      const reply = await work(input);
      announce();
      return reply;
    };
  return {
    'packs.opened': () => host.listOpened(),
    'packs.check': ({ packId }: ParsedInputOf<'packs.check'>) => host.check(packId),
    'packs.makeReturn': ({ packId }: ParsedInputOf<'packs.makeReturn'>) => makeReturn(host, storage, packId),
    'rating.begin': changing((input: ParsedInputOf<'rating.begin'>) => host.begin(input)),
    'rating.submit': changing((input: ParsedInputOf<'rating.submit'>) => host.submit(input)),
    'rating.undo': changing((input: ParsedInputOf<'rating.undo'>) => host.undo(input)),
    'rating.keepDraft': (input: ParsedInputOf<'rating.keepDraft'>) => host.keepDraft(input),
    'rating.consent': (input: ParsedInputOf<'rating.consent'>) => host.consent(input),
    'rating.closeBlock': (input: ParsedInputOf<'rating.closeBlock'>) => host.closeBlock(input),
    'rating.examples': (input: ParsedInputOf<'rating.examples'>) => host.examples(input),
    'rating.history': (input: ParsedInputOf<'rating.history'>) => host.history(input),
    'rating.revisit': (input: ParsedInputOf<'rating.revisit'>) => host.revisit(input),
  };
}

/** Makes the return and hands it to the browser's own way of saving. */
async function makeReturn(host: PackHost, storage: BrowserPackStorage, packId: string) {
  const { header, isComplete } = await host.returnOf(packId);
  const rows: string[] = [];
  for await (const line of storage.allLines(packId)) rows.push(line);
  const lines = [...returnLines(header, rows, { isComplete, madeAt: Date.now() }, await storage.signer())];
  const name = `${packId.slice(0, 8)}-${header.key.slice(0, 6).replaceAll(/[^A-Za-z0-9]/gu, '0')}.touchreturn`;
  const url = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return { name, rows: rows.length, isComplete, words: keyWords(header.key), path: null, downloadId: null };
}

async function storedSettings() {
  const stored = await (await openWork()).get('settings', 'app');
  const parsed = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...((stored?.value ?? {}) as object) });
  return parsed.success ? parsed.data : settingsSchema.parse(DEFAULT_SETTINGS);
}
