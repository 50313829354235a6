/** The licences of everything that a build holds and that others wrote. They ask to go wherever it goes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Their name in every folder that is built. */
export const NOTICES_NAME = 'third-party-notices.txt';

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/iu;
const RULE = '-'.repeat(80);

/**
 * Every package that package.json depends on at run time, and every one that those depend on, with the texts of their
 * licences; packages that share a text share its place.
 *
 * @param folder of the product, with its lock file and installed packages
 */
export function thirdPartyNotices(folder: string): string {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const namesOfText = new Map<string, string[]>();
  for (const place of runtimePlaces(lock.packages)) {
    const text = licenceText(join(folder, place));
    const name = `${nameOf(place)} ${lock.packages[place]?.version ?? ''}`;
    namesOfText.set(text, [...(namesOfText.get(text) ?? []), name]);
  }
  const parts = [...namesOfText].map(([text, names]) => `${names.sort().join('\n')}\n\n${text}`);
  return `Touchstone holds the following packages, each under its own licence.\n\n${parts
    .sort()
    .join(`\n\n${RULE}\n\n`)}\n`;
}

/** A built page with the notices in it, for pages that go out as one file. Nothing shows them, and nothing runs. */
export function withNotices(page: string, notices: string): string {
  const text = notices.replaceAll('</', '< /');
  const element = `<script type="text/plain" id="third-party-notices">\n${text}</script>\n</body>`;
  if (page.split('</body>').length !== 2) throw new Error('the page has no end to put notices at');
  return page.replace('</body>', () => element);
}

/** Where packages stand in the lock file that are there at run time. */
function runtimePlaces(packages: Readonly<Record<string, LockedPackage>>): string[] {
  const forTools = packages['']?.devDependencies ?? {};
  const found = new Set<string>();
  const open = [''];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const wanted = placeFrom(place, name, packages);
      if (wanted === null) {
        if (!(name in dependencies)) continue;
        throw new Error(`package-lock.json has no ${name}, which ${place || 'package.json'} depends on`);
      }
      // What a package would like to find beside it, and is here for our own tools alone.
      if (!(name in dependencies) && name in forTools) continue;
      if (!found.has(wanted)) open.push(wanted);
      found.add(wanted);
    }
  }
  return [...found];
}

/** A package as Node finds it: in the folder of whoever wants it, else further out. */
function placeFrom(
  from: string,
  name: string,
  packages: Readonly<Record<string, LockedPackage>>,
): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (place in packages) return place;
    if (folder === '') return null;
  }
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** What a package says of its licence: its files, else the field of its manifest. */
function licenceText(folder: string): string {
  if (!existsSync(folder)) return 'Not part of this build: it is for another platform.';
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const { license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly license?: string;
    readonly author?: string | { readonly name?: string };
  };
  if (license === undefined) throw new Error(`${folder} names no licence`);
  const by = typeof author === 'string' ? author : (author?.name ?? '');
  return `Licence: ${license}${by === '' ? '' : `, by ${by}`}`;
}
