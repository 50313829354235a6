/** Nothing in a pack says who wrote what: not in any byte, and not by ids, order, sizes, places or times. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { htmlPack } from '../../electron/core/packs/html-pack.ts';
import { systemNamesOf } from '../../electron/core/store/study/comparisons.ts';
import { ensurePackPage } from '../../electron/hosts/cli/launch/page-build.ts';
import type { PackManifest } from '../../shared/pack/pack-manifest.ts';
import type { PackPresentation, PackText } from '../../shared/pack/pack-rows.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { exactBinomialTest } from '../../shared/stats/proportion/exact-binomial-test.ts';
import { importText, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { containerOf, filesOf, readings } from '../support/pack-bytes.ts';
import { IDENTITY, makeTestPack, packOptions } from '../support/packs.ts';
import { tries } from '../support/tries.ts';

const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };

/** What no reading of a pack may hold: names, their parts, ids, verdicts, seeds, and words that give the order away. */
const SECRETS = [
  ...SECRET_SYSTEMS,
  'vermilion',
  'cobalt',
  'umber',
  'zq-pair',
  'zq-reason',
  'zq-meta',
  'the judge',
  '0123456789abcdef',
  '"first"',
  '"second"',
  '"system"',
  'leftside',
];

async function studyWithEverything(): Promise<{ lead: TestApp; studyId: string }> {
  const lead = await openTestApp();
  const rows = nativeRows(40, 'zq-pair').map((row, index) => ({
    ...row,
    prompt: `What is thing ${Math.floor(index / 2)}?`,
    a: { ...(row.a as object), meta: { run: 'zq-meta' } },
    judge: [{ judge: 'the judge', order: 'a_first', verdict: 'second', raw: 'zq-reason' }],
  }));
  const { studyId } = await importText(lead.storePath, jsonLines(rows));
  const id = studyId ?? '';
  await lead.value('design.addKnownAnswers', {
    studyId: id,
    answers: (['example', 'practice', 'qualifying', 'gold', 'gold', 'gold'] as const).map((stage, index) => ({
      pair: `zq-pair-${index}`,
      stage,
      verdict: 'first',
      explanation: `Because ${stage === 'gold' ? 'nobody may read this' : 'of that'}.`,
    })),
  });
  await lead.value('studies.configure', {
    studyId: id,
    design: {
      minimumViewingMs: 0,
      training: { passMark: 0.5, attempts: 2 },
      checks: { repeatShare: 0.1, catchShare: 0.1, goldShare: 0.1, repeatGap: 3 },
    },
  });
  return { lead, studyId: id };
}

describe('the bytes of a pack', () => {
  it('hold no name, no id, no verdict and no answer of a check, in any encoding', async () => {
    const { lead, studyId } = await studyWithEverything();
    const made = await makeTestPack(lead, studyId, packOptions(['v1', 'v2', 'v3']));
    const container = await containerOf(made.path, IDENTITY);
    const files = await filesOf(container);
    expect([...files.keys()].sort()).toEqual(
      [
        'examples.jsonl',
        'manifest.json',
        'practice.jsonl',
        'texts.jsonl',
        'work-001.jsonl',
        'work-002.jsonl',
        'work-003.jsonl',
      ].sort(),
    );
    const everything = [container.toString('latin1'), ...files.values()].map(readings).join('\n');
    for (const secret of SECRETS)
      expect(everything.includes(secret), `“${secret}” is in the pack`).toBe(false);
    for (const name of systemNamesOf(lead.app.context.store, 1))
      expect(everything.includes(name)).toBe(false);
    expect(everything).not.toContain('nobody may read this');
    const { store } = lead.app.context;
    const privateKey =
      store.query<{ key: string }>('SELECT private_key AS key FROM signing_key').get()?.key ?? '?';
    expect(everything).not.toContain(privateKey.toLowerCase());
    // What was searched can be found: the texts are there.
    expect(everything).toContain('one answer to 7.');
    // The qualifying set travels without its answers.
    const manifest = JSON.parse(files.get('manifest.json') ?? '') as PackManifest;
    expect(manifest.training).toMatchObject({ examples: 1, practice: 3 });
    for (const line of (files.get('work-001.jsonl') ?? '').trim().split('\n'))
      expect(Object.keys(JSON.parse(line) as object).sort()).toEqual(['id', 'left', 'part', 'right', 'task']);
  });

  it('are the same for the same store and options, and the pair of both are all a page adds', async () => {
    const { lead, studyId } = await studyWithEverything();
    const one = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']), { nowMs: 1000 });
    const again = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']), { nowMs: 2_000_000 });
    expect(again.containerSha256).toBe(one.containerSha256);
    const [first, second] = [await containerOf(one.path, IDENTITY), await containerOf(again.path, IDENTITY)];
    expect(first.equals(second)).toBe(true);
    // Encrypted, no two are alike.
    expect(readFileSync(one.path).equals(readFileSync(again.path))).toBe(false);
    const page = readFileSync(await ensurePackPage(SILENT), 'utf8');
    const html = htmlPack(page, readFileSync(one.path));
    const added = html.replace(/^[\s\S]*id="touchstone-pack">/u, '').replace(/<\/script>[\s\S]*$/u, '');
    expect(Buffer.from(added, 'base64').equals(readFileSync(one.path))).toBe(true);
    for (const secret of [...SECRET_SYSTEMS, 'one answer to 7', 'What is thing'])
      expect(readings(html).includes(secret.toLowerCase()), `“${secret}” is in the page`).toBe(false);
  });
});

/** A study whose texts say nothing of who wrote them: one bag of words for all systems. */
function anonymousRows(seed: string): Record<string, unknown>[] {
  const { below } = seededRandom(seed);
  const words = () => Array.from({ length: 3 + below(20) }, () => 'abcdefghijklmnop'[below(16)]).join(' ');
  return Array.from({ length: 12 }, (_none, index) => {
    const isTurned = below(2) === 1;
    const [a, b] = isTurned ? ['system-b', 'system-a'] : ['system-a', 'system-b'];
    return {
      id: `${seed}-${index}`,
      prompt: `task ${words()} ${index}`,
      a: { system: a, text: `${words()} ${seed}-${index}-${below(1e9)}` },
      b: { system: b, text: `${words()} ${seed}-${index}-${below(1e9)}` },
    };
  });
}

describe('many packs', () => {
  it('do not let a reader predict the system from ids, order, sizes, times or places', async () => {
    const packs = tries(36, 200);
    /** Rules a curious reader could try, each guessing which side system-a wrote; fixed before looking. */
    const rules: Record<string, (pair: Guessable) => boolean> = {
      'it stands on the left': () => true,
      'its id is the smaller': ({ left, right }) => left.id < right.id,
      'its id begins with an even digit': ({ left }) => Number.parseInt(left.id[0] ?? '0', 16) % 2 === 0,
      'it stands earlier among the texts': ({ left, right }) => left.place < right.place,
      'it is the shorter text': ({ left, right }) => left.length < right.length,
      'it is the longer line': ({ left, right }) => left.bytes > right.bytes,
      'the pair comes in the first half': ({ position, count }) => position < count / 2,
      'the pair stands at an even place': ({ position }) => position % 2 === 0,
      'the presentation’s id is even': ({ id }) => Number.parseInt(id.at(-1) ?? '0', 16) % 2 === 0,
      'the task’s id is smaller than the left text’s': ({ task, left }) => task < left.id,
      'the pair before had the smaller id on the left': ({ before }) => before,
    };
    const hits = new Map(Object.keys(rules).map((name) => [name, 0]));
    let guesses = 0;
    for (let pack = 0; pack < packs; pack++) {
      const lead = await openTestApp();
      const { studyId } = await importText(lead.storePath, jsonLines(anonymousRows(`s${pack}`)), {
        study: `Study ${pack}`,
      });
      const made = await makeTestPack(lead, studyId ?? '', packOptions(['v1']));
      const files = await filesOf(await containerOf(made.path, IDENTITY));
      const authors = new Map(
        lead.app.context.store
          .query<{ output: string; name: string }>(
            'SELECT r.output, s.name FROM responses r JOIN systems s ON s.id = r.system_id',
          )
          .all()
          .map(({ output, name }) => [JSON.parse(output) as string, name]),
      );
      for (const pair of guessablePairs(files)) {
        guesses++;
        const isLeft = authors.get(pair.left.text) === 'system-a';
        for (const [name, rule] of Object.entries(rules))
          if (rule(pair) === isLeft) hits.set(name, (hits.get(name) ?? 0) + 1);
      }
      await lead.app.close();
    }
    expect(guesses).toBe(packs * 12);
    // Eleven rules are tried: by chance the least p-value of so many is rarely under a thousandth of that.
    for (const [name, count] of hits)
      expect(
        exactBinomialTest(count, guesses).twoSidedP,
        `“${name}” is right ${count} times of ${guesses}`,
      ).toBeGreaterThan(0.001 / hits.size);
    // A rule that is right six times in ten would be seen.
    expect(exactBinomialTest(Math.round(0.6 * guesses), guesses).twoSidedP).toBeLessThan(0.001 / hits.size);
  });
});

interface Guessable {
  readonly id: string;
  readonly task: string;
  readonly position: number;
  readonly count: number;
  readonly before: boolean;
  readonly left: GuessableText;
  readonly right: GuessableText;
}

interface GuessableText {
  readonly id: string;
  readonly place: number;
  readonly text: string;
  readonly length: number;
  readonly bytes: number;
}

function guessablePairs(files: ReadonlyMap<string, string>): Guessable[] {
  const linesOf = (name: string) => (files.get(name) ?? '').trim().split('\n');
  const texts = new Map(
    linesOf('texts.jsonl').map((line, place): [string, GuessableText] => {
      const { id, messages } = JSON.parse(line) as PackText;
      const text = messages.map(({ content }) => content).join('');
      return [id, { id, place, text, length: text.length, bytes: line.length }];
    }),
  );
  const rows = linesOf('work-001.jsonl').map((line) => JSON.parse(line) as PackPresentation);
  return rows.map(({ id, task, left, right }, position) => {
    const earlier = rows[position - 1];
    const [one, two] = [texts.get(left), texts.get(right)];
    if (one === undefined || two === undefined) throw new Error('a text is missing');
    return {
      id,
      task,
      position,
      count: rows.length,
      before: earlier !== undefined && earlier.left < earlier.right,
      left: one,
      right: two,
    };
  });
}
