/**
 * Every method of the contract is called over a blind study whose systems, judges, files and ids have names like no other
 * word, through the loopback host, and everything that comes back is searched for them. A method that is new does not compile
 * here until somebody says how it is called.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type App, createApp } from '../../electron/core/app.ts';
import { productFolder } from '../../electron/core/ports/product.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { type HttpHost, startHttpHost } from '../../electron/hosts/http/server.ts';
import { KeyFile } from '../../electron/hosts/key-file.ts';
import type { Envelope } from '../../shared/contract/envelope.ts';
import { type InputOf, METHODS, type MethodName } from '../../shared/contract/methods.ts';
import type { ErrorCode } from '../../shared/errors/errors.ts';
import { importFiles, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { PAIRWISE } from '../support/judge-study.ts';
import { IDENTITY, packOptions, RECIPIENT } from '../support/packs.ts';
import { launchToken } from '../support/raw-http.ts';

const SECRET_FILE = 'zq-run-of-tuesday.jsonl';
const SECRET_JUDGE = 'zq-judge-7';
/** What nothing may say that goes to a page before unblinding. */
const SECRETS = [...SECRET_SYSTEMS, 'zq-run', 'zq-reason', 'zq-meta', '0123456789abcdef'];
/** The study's own ids of pairs tell files apart: they stand in replies about a file that was just handed in, and in no other. */
const SECRET_ID = 'zq-pair';

/** A lead names judges to choose among them; nobody else reads of one, and nothing else names one. */
const NAMES_JUDGES = new Set<MethodName>([
  'studies.show',
  'studies.configure',
  'agreement.card',
  'agreement.cards',
  'judges.list',
  'judges.compare',
  'judges.makePanel',
  'quality.effect',
  'reviews.list',
]);

/** What is answered by a refusal here, and which. */
const REFUSED: Partial<Record<MethodName, ErrorCode>> = {
  'host.pickFiles': 'unsupported_here',
  'host.pickFolder': 'unsupported_here',
  'host.showStudies': 'unsupported_here',
  'agreement.comparisons': 'study_blinded',
  'judges.contradictions': 'study_blinded',
  'studies.unblind': 'invalid_input',
  'studies.delete': 'invalid_input',
  // These want more work done first; what they answer then is searched where that work is.
  'design.draw': 'conflict',
  'rating.closeBlock': 'conflict',
  'guess.answer': 'not_found',
  'disagreements.askAgain': 'conflict',
  // An adjudication that rests on a judge was made before.
  'pairs.queue': 'study_blinded',
};

interface Place {
  readonly app: App;
  readonly host: HttpHost;
  readonly token: string;
}

let folder: string;
let lead: Place;
let vendor: Place;
let studyId: string;

async function hostOf(storePath: string): Promise<Place> {
  const app = await createApp({
    clock: systemClock,
    entropy: systemEntropy,
    host: 'http',
    storePath,
    keys: new KeyFile(join(folder, 'keys.json')),
  });
  const host = await startHttpHost(app);
  return { app, host, token: await launchToken(host.port, host.launchUrl()) };
}

async function send(
  { host, token }: Place,
  path: string,
  init: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Uint8Array<ArrayBuffer>;
  },
): Promise<string> {
  const reply = await fetch(`${host.origin}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });
  return `${JSON.stringify([...reply.headers])}\n${await reply.text()}`;
}

function call(place: Place, name: MethodName, input: unknown): Promise<string> {
  return send(place, `/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}

function envelopeIn(reply: string): Envelope<Record<string, unknown>> {
  return JSON.parse(reply.slice(reply.indexOf('\n') + 1)) as Envelope<Record<string, unknown>>;
}

async function upload(place: Place, name: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const reply = await send(place, '/upload', {
    method: 'POST',
    headers: { 'x-file-name': name },
    body,
  });
  const envelope = envelopeIn(reply);
  if (!envelope.ok) throw new Error(envelope.error.message);
  return String(envelope.value.uploadId);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-test-'));
  const storePath = join(folder, 'lead', 'store.sqlite');
  lead = await hostOf(storePath);
  vendor = await hostOf(join(folder, 'vendor', 'store.sqlite'));
  const rows = nativeRows(50, SECRET_ID).map((row, index) => ({
    ...row,
    prompt: `Question ${Math.floor(index / 2)}?`,
    a: { ...(row.a as object), meta: { run: 'zq-meta' } },
    human: ['early', 'late'].map((rater, which) => ({
      rater,
      verdict: (index + which) % 5 === 0 ? 'tie' : 'first',
      ...(index === 0 ? { note: 'a note' } : {}),
    })),
    ...(index < 40 ? {} : { human: [] }),
    judge: [SECRET_JUDGE, 'zq-judge-8'].flatMap((judge, which) =>
      ['a_first', 'b_first'].map((order) => ({
        judge,
        order,
        verdict: (index + which) % 3 === 0 ? 'second' : 'first',
        raw: 'zq-reason',
      })),
    ),
  }));
  const path = join(folder, SECRET_FILE);
  writeFileSync(path, jsonLines(rows));
  studyId = (await importFiles(storePath, [{ path, name: SECRET_FILE }])).studyId ?? '';
});

afterAll(async () => {
  for (const { host, app } of [lead, vendor]) {
    await host.close();
    await app.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** What earlier replies said that later calls need. */
interface Told {
  readonly studyId: string;
  readonly judge: string;
  readonly session: string;
  readonly presentationId: string;
  /** A pair that the rater voted on. */
  readonly voted: string;
  readonly packId: string;
  readonly jobId: string;
  readonly guessId: string;
  /** Of files that a lead hands in: votes on pairs that are there, by their ids alone. */
  readonly votes: string;
  readonly contradiction: string;
  readonly noReturn: string;
}

const DEFINITION = { ...PAIRWISE, endpoint: 'http://127.0.0.1:9/v1' } as const;
const MAPPING = JSON.parse(
  readFileSync(join(productFolder, 'resources', 'mappings', 'pandalm.json'), 'utf8'),
) as InputOf<'mappings.save'>['mapping'];
const commandId = () => crypto.randomUUID();

/** How every method is called, in this order; what a lead's store cannot answer is asked of a vendor's. */
const CALLS: { readonly [Name in MethodName]: (told: Told) => readonly InputOf<Name>[] } = {
  'host.info': () => [{}],
  'host.pickFiles': () => [{}],
  'host.pickFolder': () => [{}],
  'host.nameFile': () => [{ path: '/etc/hostname', name: 'hostname' }],
  'host.namePlace': () => [{ path: '/tmp/anything' }],
  'host.handedFile': () => [{}],
  'host.showStudies': () => [{}],
  'host.receiveFile': () => [{ uploadId: null, name: 'a.jsonl', data: 'e30K' }],
  'settings.get': () => [{}],
  'settings.put': () => [{ theme: 'dark' }],
  'seat.get': () => [{}],
  'studies.list': () => [{}],
  'studies.create': () => [{ name: 'Another' }],
  'studies.addSample': () => [{}],
  'studies.configure': (told) => [
    { studyId: told.studyId, design: { systemGuesses: 4, minimumViewingMs: 0, blockSize: 20, consent: '' } },
  ],
  'studies.show': (told) => [{ studyId: told.studyId }],
  'audit.list': (told) => [{ studyId: told.studyId }, { studyId: null }],
  'studies.progress': (told) => [{ studyId: told.studyId }],
  'studies.rename': (told) => [
    { studyId: told.studyId, name: 'Renamed' },
    { studyId: told.studyId, name: 'Study' },
  ],
  'studies.archive': (told) => [{ studyId: told.studyId }],
  'studies.restore': (told) => [{ studyId: told.studyId }],
  'studies.delete': (told) => [{ studyId: told.studyId, confirmName: 'not its name' }],
  'studies.unblind': (told) => [{ studyId: told.studyId, confirmName: 'not its name' }],
  'design.addKnownAnswers': (told) => [
    {
      studyId: told.studyId,
      answers: (['example', 'gold'] as const).map((stage, index) => ({
        pair: `${SECRET_ID}-${40 + index}`,
        stage,
        verdict: 'first',
        explanation: 'It is right.',
      })),
    },
    { studyId: told.studyId, answers: [{ pair: `${SECRET_ID}-0`, stage: 'gold', verdict: 'tie' }] },
    { studyId: told.studyId, answers: [{ pair: 'nowhere', stage: 'gold', verdict: 'tie' }] },
  ],
  'design.draw': (told) => [
    {
      studyId: told.studyId,
      method: {
        kind: 'prioritised',
        pairs: 30,
        emphasis: 4,
        by: { what: 'judge_inconsistent', judge: SECRET_JUDGE },
      },
    },
    { studyId: told.studyId, method: { kind: 'stratified', pairs: 4, slice: 'half' } },
  ],
  'design.storePlan': (told) => [
    { studyId: told.studyId, plan: { primaryCoefficient: 'kappa', options: {} } },
    { studyId: told.studyId, plan: { primaryCoefficient: 'ac1', options: { ties: 'drop' } } },
  ],
  'design.plan': (told) => [{ studyId: told.studyId }],
  'design.labels': () => [{ goal: { what: 'width', kappa: 0.5, width: 0.4 } }],
  'rating.raters': (told) => [{ studyId: told.studyId }],
  'rating.begin': (told) => [{ studyId: told.studyId, rater: 'ada' }],
  'rating.consent': ({ session }) => [{ session, text: '' }],
  'rating.keepDraft': ({ session, presentationId }) => [
    {
      session,
      presentationId,
      draft: { note: 'so far', confidence: null, details: {}, earlier: null, keptAt: 1 },
    },
  ],
  'rating.submit': ({ session, presentationId }) => [
    { session, presentationId, commandId: commandId(), answer: 'left', viewedMs: 500, note: 'a note' },
    { session, presentationId, commandId: commandId(), answer: 'right', viewedMs: 500 },
  ],
  'rating.history': ({ session }) => [{ session }, { session, search: 'zq' }],
  'rating.revisit': ({ session, voted }) => [{ session, presentationId: voted }],
  'rating.examples': ({ session }) => [{ session }],
  'rating.undo': ({ session }) => [{ session, commandId: commandId() }],
  'rating.closeBlock': ({ session }) => [{ session }],
  'guess.next': ({ session }) => [{ session }],
  'guess.answer': ({ session, guessId }) => [{ session, guessId, answer: 'left' }],
  'guess.report': (told) => [{ studyId: told.studyId }],
  'imports.sniff': ({ votes, contradiction }) => [{ uploads: [votes, contradiction] }],
  'imports.start': ({ votes, contradiction }) =>
    [votes, contradiction].flatMap((each) =>
      [true, false].map((dryRun) => ({ uploads: [each], studyName: 'Study', dryRun })),
    ),
  'mappings.save': () => [{ name: 'mine', mapping: MAPPING }],
  'mappings.list': () => [{}],
  'jobs.get': ({ jobId }) => [{ jobId }],
  'jobs.cancel': ({ jobId }) => [{ jobId }],
  'agreement.card': (told) => [
    { studyId: told.studyId, judge: SECRET_JUDGE, slice: { name: 'half', value: 'even' }, raterPairs: true },
    { studyId: told.studyId, options: { consensus: 'dawid_skene', ties: 'drop' } },
  ],
  'agreement.cards': (told) => [{ studyId: told.studyId }],
  'agreement.comparisons': (told) => [
    { studyId: told.studyId, filter: { between: { judge: SECRET_JUDGE }, row: 'first', column: 'second' } },
  ],
  'judges.templates': () => [{}],
  'judges.keep': (told) => [{ studyId: told.studyId, definition: DEFINITION }],
  'judges.list': (told) => [{ studyId: told.studyId }],
  'judges.definition': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.preview': (told) => [{ studyId: told.studyId, definition: DEFINITION, number: 1 }],
  'judges.estimate': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.run': ({ judge, ...told }) => [{ studyId: told.studyId, judge, selection: { limit: 2 } }],
  'judges.probe': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.report': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.contradictions': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.compare': (told) => [{ studyId: told.studyId, before: SECRET_JUDGE, after: 'zq-judge-8' }],
  'judges.makePanel': (told) => [
    { studyId: told.studyId, name: 'panel', rule: 'majority', members: [SECRET_JUDGE, 'zq-judge-8'] },
  ],
  'judges.drift': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.runRound': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.createBatch': ({ judge, ...told }) => [
    { studyId: told.studyId, judge, selection: {}, folderId: 'f' },
  ],
  'judges.collectBatch': ({ judge, ...told }) => [{ studyId: told.studyId, judge, uploads: [told.votes] }],
  'judges.sendBatches': ({ judge, ...told }) => [{ studyId: told.studyId, judge, uploads: [told.votes] }],
  'judges.fetchBatches': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'judges.cancelBatches': ({ judge, ...told }) => [{ studyId: told.studyId, judge }],
  'agreement.gate': (told) => [
    {
      studyId: told.studyId,
      judge: SECRET_JUDGE,
      rule: {
        minKappa: 0.1,
        maxFlipRate: null,
        bound: 'lower',
        margin: 0.1,
        altTestEpsilon: null,
        slices: [],
      },
      baseline: null,
    },
  ],
  'judges.setPrice': () => [{ model: 'm', price: { inputPerMillion: 1, outputPerMillion: 1 } }],
  'judges.prices': () => [{}],
  'judges.setKey': () => [{ endpoint: DEFINITION.endpoint, key: 'k' }],
  'judges.keys': () => [{}],
  'design.selections': (told) => [{ studyId: told.studyId }],
  'exports.run': (told) =>
    (['native', 'arena-hard-judgments'] as const).map((format) => ({
      studyId: told.studyId,
      format,
    })),
  'store.backup': () => [{}],
  'doctor.report': () => [{}],
  'audit.verify': () => [{}],
  'quality.raters': (told) => [{ studyId: told.studyId }],
  'quality.decide': (told) =>
    [true, false].map((isOn) => ({
      studyId: told.studyId,
      rater: 'early',
      about: 'exclusion' as const,
      isOn,
      reason: 'a test',
    })),
  'quality.effect': (told) => [{ studyId: told.studyId, rater: 'early' }],
  'quality.eraseNotes': (told) => [{ studyId: told.studyId, rater: 'early' }],
  'quality.consensus': (told) => [{ studyId: told.studyId }],
  'disagreements.find': (told) => [
    { studyId: told.studyId, limit: 50 },
    { studyId: told.studyId, filter: { between: 'judge' } },
    { studyId: told.studyId, filter: { rater: 'early', direction: 'opposite' } },
  ],
  'disagreements.classify': (told) => [{ studyId: told.studyId, pair: 1, class: 'guideline_gap' }],
  'disagreements.gaps': (told) => [{ studyId: told.studyId }],
  'disagreements.askAgain': (told) => [{ studyId: told.studyId }],
  'reviews.make': (told) => [
    { studyId: told.studyId, plan: { kind: 'adjudication', judge: SECRET_JUDGE, pairs: 20 } },
    { studyId: told.studyId, plan: { kind: 'audit', judge: SECRET_JUDGE, disagreements: 5, agreements: 5 } },
  ],
  'reviews.list': (told) => [{ studyId: told.studyId }],
  'pairs.find': (told) => [
    { studyId: told.studyId },
    { studyId: told.studyId, filter: { text: 'answer', status: 'part', check: 'none', review: 'waiting' } },
    { studyId: told.studyId, filter: { text: 'zq-' } },
  ],
  'pairs.list': (told) => [{ studyId: told.studyId, numbers: [1, 2, 3, 41, 50] }],
  'pairs.show': (told) => [
    { studyId: told.studyId, number: 1 },
    { studyId: told.studyId, number: 50 },
  ],
  'pairs.queue': (told) => [{ studyId: told.studyId, pairs: [1, 2] }],
  'pairs.leaveOut': (told) => [{ studyId: told.studyId, pairs: [45], reason: 'a broken text' }],
  'pairs.takeBack': (told) => [{ studyId: told.studyId, pairs: [45], reason: 'it is whole' }],
  'pairs.markKnown': (told) => [{ studyId: told.studyId, pair: 49, stage: 'gold', answer: 'left' }],
  'packs.make': (told) => [
    {
      studyId: told.studyId,
      name: 'a pack',
      options: packOptions(['v1'], { identity: 'undecided' }),
      recipients: [RECIPIENT],
    },
    { studyId: told.studyId, name: 'a pack', options: packOptions(['v1']), recipients: [RECIPIENT] },
  ],
  'packs.list': (told) => [{ studyId: told.studyId }],
  'packs.open': () => [],
  'packs.opened': () => [{}],
  'packs.check': ({ packId }) => [{ packId }],
  'packs.makeReturn': ({ packId }) => [{ packId }],
  'packs.merge': (told) => [{ studyId: told.studyId, uploads: [told.noReturn], dryRun: false }],
  'packs.studyOfReturn': (told) => [{ uploadId: told.noReturn }],
  'packs.acceptance': ({ packId, ...told }) => [{ studyId: told.studyId, packId }],
  'packs.inspect': (told) => [{ uploadId: told.noReturn }],
  'packs.acceptFiles': (told) => [{ uploadId: told.noReturn, returns: [] }],
  'packs.writePage': (told) => [{ uploadId: told.noReturn, pageId: told.noReturn, placeId: 'p' }],
  'packs.close': ({ packId, ...told }) => [{ studyId: told.studyId, packId }],
  'seat.hand': (told) => [{ studyId: told.studyId, rater: 'ada', passphrase: 'the lead’s own' }],
  'seat.takeBack': () => [{ passphrase: 'wrong' }, { passphrase: 'the lead’s own' }],
};

/** Methods that need a pack open for work: a vendor's store answers them, and so they are asked of it as well. */
const VENDOR_CALLS = [
  'packs.opened',
  'rating.begin',
  'rating.keepDraft',
  'rating.submit',
  'rating.history',
  'rating.revisit',
  'rating.undo',
  'packs.check',
  'packs.makeReturn',
  'doctor.report',
  'seat.get',
  'host.info',
] as const satisfies readonly MethodName[];

/** The same call with every text of it a wild card, and every number another. */
function strange(input: unknown): unknown {
  if (typeof input === 'string') return '%';
  if (typeof input === 'number') return input + 1;
  if (Array.isArray(input)) return input.map(strange);
  if (input === null || typeof input !== 'object') return input;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, strange(value)]));
}

function told(studyOrPack: string): { -readonly [Name in keyof Told]: string } {
  const unknown = '0'.repeat(32);
  return {
    studyId: studyOrPack,
    judge: 'length@1',
    session: unknown,
    presentationId: unknown,
    voted: unknown,
    packId: unknown,
    jobId: unknown,
    guessId: unknown,
    votes: unknown,
    contradiction: unknown,
    noReturn: unknown,
  };
}

/** Keeps what a reply says that later calls need. */
function remember(into: ReturnType<typeof told>, reply: Envelope<unknown>): void {
  if (!reply.ok || reply.value === null || typeof reply.value !== 'object') return;
  const value = reply.value as Record<string, unknown>;
  for (const name of ['session', 'jobId'] as const)
    if (typeof value[name] === 'string') into[name] = value[name];
  const [pair] = (value.queue ?? []) as { presentationId: string }[];
  if (pair !== undefined) into.presentationId = pair.presentationId;
  const receipt = (value.receipt ?? null) as { presentationId: string } | null;
  if (receipt !== null) into.voted = receipt.presentationId;
  const made = (value.made ?? null) as { packId: string } | null;
  if (made !== null) into.packId = made.packId;
  const guess = (value.guess ?? null) as { guessId: string } | null;
  if (guess !== null) into.guessId = guess.guessId;
}

/** What the caller said itself may come back. */
function expectSilent(name: MethodName, input: unknown, reply: string): void {
  const { audience, reveals } = METHODS[name];
  const said = JSON.stringify(input);
  const secrets = [
    ...SECRETS,
    ...(reveals === 'own_file' ? [] : [SECRET_ID]),
    ...(audience === 'lead' && NAMES_JUDGES.has(name) ? [] : ['zq-judge']),
  ];
  for (const secret of secrets.filter((each) => !said.includes(each)))
    expect(reply.toLowerCase().includes(secret), `${name} tells “${secret}”: ${around(reply, secret)}`).toBe(
      false,
    );
}

function around(reply: string, secret: string): string {
  const at = reply.toLowerCase().indexOf(secret);
  return reply.slice(Math.max(0, at - 120), at + 120);
}

it('no answer of any method, no refusal, no event and no header of a blind study says who wrote what', async () => {
  const events: string[] = [];
  lead.app.subscribe((event) => events.push(JSON.stringify(event)));
  const known = told(studyId);
  known.votes = await upload(
    lead,
    'new-votes.jsonl',
    jsonLines(
      [2, 3].map((index) => ({ id: `${SECRET_ID}-${index}`, human: [{ rater: 'new', verdict: 'tie' }] })),
    ),
  );
  known.contradiction = await upload(
    lead,
    'contradiction.jsonl',
    jsonLines([
      { id: `${SECRET_ID}-1`, human: [{ rater: 'early', verdict: 'both_bad' }] },
      {
        id: `${SECRET_ID}-2`,
        a: { system: 'ZQ-VERMILI0N-9', text: 'Other' },
        b: { system: 'x', text: 'y' },
        prompt: 'p',
      },
    ]),
  );
  known.noReturn = await upload(lead, 'none.touchreturn', 'no return');
  const answered = new Set<MethodName>();
  const jobs: string[] = [];
  let packPath = '';
  const ask = async (name: MethodName, input: unknown) => {
    const reply = await call(lead, name, input);
    expectSilent(name, input, reply);
    const envelope = envelopeIn(reply);
    remember(known, envelope);
    if (envelope.ok) answered.add(name);
    const refused = METHODS[name].callers === 'commands' ? 'forbidden' : REFUSED[name];
    if (refused !== undefined) expect(envelope, name).toMatchObject({ ok: false, error: { code: refused } });
    if (!name.startsWith('jobs.') && envelope.ok && typeof envelope.value?.jobId === 'string')
      jobs.push(envelope.value.jobId);
    const made = envelope.ok ? (envelope.value?.made as { path?: string } | undefined) : undefined;
    packPath = made?.path ?? packPath;
    return envelope;
  };
  const names = Object.keys(CALLS) as MethodName[];
  expect(names.toSorted()).toEqual((Object.keys(METHODS) as MethodName[]).toSorted());
  for (const name of names) {
    for (const input of CALLS[name](known)) await ask(name, input);
    for (const jobId of jobs.splice(0)) {
      // Nobody answers for the judge here: what a run says that is stopped is said by it all the same.
      if (name.startsWith('judges.')) await ask('jobs.cancel', { jobId });
      for (let isRunning = true; isRunning; ) {
        const reply = await ask('jobs.get', { jobId });
        isRunning = reply.ok && reply.value.state === 'running';
        if (isRunning) await sleep(20);
      }
    }
  }
  for (const name of names.filter((each) => !/^(?:packs\.make|judges\.(?:run|probe)|exports)/u.test(each)))
    for (const input of CALLS[name](known)
      .filter((each) => Object.keys(each).length > 0)
      .map(strange)) {
      const reply = await call(lead, name, input);
      expectSilent(name, input, reply);
    }
  // What begins something in a study begins nothing in an archived one.
  await call(lead, 'studies.archive', { studyId });
  const beginning = names.filter((name) => 'beginsWork' in METHODS[name] && METHODS[name].callers === 'all');
  expect(beginning.length).toBeGreaterThan(10);
  for (const name of beginning)
    for (const input of CALLS[name](known))
      expect(envelopeIn(await call(lead, name, input)), name).toMatchObject({
        error: { key: 'rating.study_archived' },
      });
  await call(lead, 'studies.restore', { studyId });
  const unanswered = names.filter(
    (name) => !answered.has(name) && REFUSED[name] === undefined && METHODS[name].callers === 'all',
  );

  const work = told(known.packId);
  const uploadId = await upload(vendor, 'work.touchpack', new Uint8Array(readFileSync(packPath)));
  const opened = await call(vendor, 'packs.open', { uploadId, secret: IDENTITY });
  expectSilent('packs.open', {}, opened);
  expect(envelopeIn(opened)).toMatchObject({ ok: true });
  answered.add('packs.open');
  work.packId = known.packId;
  for (const name of VENDOR_CALLS) {
    const inputs = name === 'rating.begin' ? [{ studyId: known.packId, rater: 'v1' }] : CALLS[name](work);
    for (const input of inputs) {
      const reply = await call(vendor, name, input);
      expectSilent(name, input, reply);
      remember(work, envelopeIn(reply));
      if (envelopeIn(reply).ok) answered.add(name);
    }
  }
  expect(unanswered.filter((name) => !answered.has(name))).toEqual([]);

  expect(events.length).toBeGreaterThan(5);
  for (const secret of [...SECRETS, SECRET_ID, 'zq-judge']) expect(events.join('\n')).not.toContain(secret);
  for (const path of ['/', '/nowhere', `/download/${'0'.repeat(32)}`, '/api/nothing']) {
    const reply = await send(lead, path, {});
    for (const secret of [...SECRETS, SECRET_ID, 'zq-judge']) expect(reply).not.toContain(secret);
  }
});
