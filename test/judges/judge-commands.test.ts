/** `touchstone judge` against a real server: from a template to a report. */
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startChatServer } from '../support/chat-server.ts';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { commandLine } from '../support/command-line.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { addJudge, PAIRWISE, runTestJudge } from '../support/judge-study.ts';
import { openTestApp } from '../support/open-app.ts';

const server = chatServerOfEachTest();

async function studyInStore() {
  const line = commandLine();
  vi.stubEnv('TOUCHSTONE_KEY_FILE', join(line.folder, 'keys', 'keys.json'));
  const file = join(line.folder, 'rows.jsonl');
  writeFileSync(file, jsonLines(nativeRows(6)));
  const at = ['--study', 'S', '--store', line.store];
  await line.run('import', file, ...at);
  const judgeFile = join(line.folder, 'judge.json');
  const made = await line.run(
    'judge',
    'new',
    'pairwise-with-tie',
    '--name',
    'plain',
    '--model',
    'synthetic-1',
    '--endpoint',
    server.endpoint,
    '--store',
    line.store,
  );
  writeFileSync(judgeFile, made.out);
  return { ...line, at, judgeFile };
}

describe('touchstone judge', () => {
  it.each([
    ['run', '--concurrency', '257'],
    ['run', '--concurrency', '1.5'],
    ['run', '--timeout', '0.5'],
    ['run', '--timeout', '3601'],
    ['drift', '--anchors', '4'],
    ['drift', '--anchors', '5001'],
  ])('%s refuses %s %s before it keeps anything', async (name, flag, value) => {
    const { run, at, judgeFile } = await studyInStore();
    expect(await run('judge', name, '--judge', judgeFile, flag, value, ...at)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining(`'${value}' is invalid`),
    });
    expect(JSON.parse((await run('judge', 'list', ...at, '--json')).out).versions).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  it('goes from a template through a run to a report and a card', async () => {
    const { run, at, judgeFile } = await studyInStore();
    expect((await run('judge', 'templates', '--store', at[3] ?? '')).out).toContain('pairwise-graded');
    const dry = JSON.parse(
      (await run('judge', 'run', '--judge', judgeFile, ...at, '--dry-run', '--json')).out,
    );
    expect(dry).toMatchObject({
      judge: 'plain@1',
      pairs: 6,
      orders: 2,
      samples: 1,
      requests: 12,
      mostUsd: null,
      key: 'none',
    });
    expect(dry.promptTokens).toBeGreaterThan(12 * 100);
    expect(server.asked).toHaveLength(0);
    await run('judge', 'price', 'synthetic-*', '1', '10', '--store', at[3] ?? '');
    const done = await run('judge', 'run', '--judge', judgeFile, ...at, '--max-cost', '3');
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringMatching(/12 of 12.*\n12 read, 0 unparsed, .*\nFinished\./u),
    });
    expect(done.complaint).toContain('12 requests: 6 pairs × 2 orders × 1 sample');
    expect(done.complaint).toContain('stops at $3.00');
    const list = JSON.parse((await run('judge', 'list', ...at, '--json')).out);
    expect(list.versions).toEqual([
      expect.objectContaining({ judge: 'plain@1', judged: 12, wanted: 12, failed: 0 }),
    ]);
    const report = JSON.parse((await run('judge', 'report', '--judge', 'plain@1', ...at, '--json')).out);
    expect(report).toMatchObject({
      judgedPairs: 6,
      judgedBothOrders: 6,
      outcomes: { read: 12, unparsed: 0, refused: 0, truncated: 0, error: 0 },
      costUsd: expect.closeTo(12 * 0.0002, 9),
      costPerJudgmentUsd: expect.closeTo(0.0002, 9),
      models: [{ model: 'synthetic-1', replies: 12 }],
      runs: [{ kind: 'live', ending: 'finished', replies: 12 }],
    });
    expect(report.latencyMs.median).toBeLessThanOrEqual(report.latencyMs.p95);
  });

  it('makes a new version of a changed judge and leaves the old one’s judgments with it', async () => {
    const { run, at, judgeFile, folder } = await studyInStore();
    await run('judge', 'run', '--judge', judgeFile, ...at);
    expect((await run('judge', 'add', judgeFile, ...at)).out).toContain('plain@1 was there already');
    const changed = {
      ...JSON.parse(
        (
          await run(
            'judge',
            'new',
            'pairwise-forced',
            '--name',
            'plain',
            '--model',
            'synthetic-1',
            '--endpoint',
            server.endpoint,
            '--store',
            at[3] ?? '',
          )
        ).out,
      ),
      samplesPerOrder: 2,
    };
    writeFileSync(join(folder, 'changed.json'), JSON.stringify(changed));
    server.misbehave((_asked, count) => ({
      kind: 'reply',
      content: count % 3 === 0 ? 'They are equal.' : 'Because.\n\nA',
    }));
    const result = await run('judge', 'run', '--judge', join(folder, 'changed.json'), ...at);
    expect(result.code).toBe(1);
    expect(result.out).toMatch(/plain@2: 24 of 24\n16 read, 8 unparsed/u);
    expect(result.out).toContain('--retry-failed');
    server.misbehave(() => ({ kind: 'reply', content: 'A' }));
    expect(await run('judge', 'run', '--judge', 'plain@2', '--retry-failed', ...at)).toMatchObject({
      code: 0,
    });
    const { versions } = JSON.parse((await run('judge', 'list', ...at, '--json')).out);
    expect(versions).toMatchObject([
      { judge: 'plain@1', judged: 12, failed: 0 },
      { judge: 'plain@2', judged: 24, wanted: 24, failed: 0 },
    ]);
  });

  it('names the field of a judge file that is wrong, and changes nothing', async () => {
    const { run, at, folder } = await studyInStore();
    const file = join(folder, 'bad.json');
    writeFileSync(
      file,
      JSON.stringify({
        name: 'x',
        model: 'm',
        endpoint: 'http://example.org/v1',
        prompt: '{{output_a}}',
        reply: { form: 'pairwise' },
      }),
    );
    const bad = await run('judge', 'run', '--judge', file, ...at);
    expect(bad).toMatchObject({ code: 2, complaint: expect.stringContaining('bad.json: reply.scale') });
    writeFileSync(file, 'not JSON');
    expect((await run('judge', 'add', file, ...at)).complaint).toContain('bad.json');
    expect((await run('judge', 'list', ...at)).out).toContain('No judge that can be run from here');
    expect(server.asked).toHaveLength(0);
  });

  it('sends nothing without TLS beyond this machine and private networks', async () => {
    const { run, at, folder, judgeFile } = await studyInStore();
    const definition = JSON.parse(readFileSync(judgeFile, 'utf8'));
    for (const [endpoint, reason] of [
      ['http://example.org/v1', 'without TLS only this machine'],
      ['http://8.8.8.8/v1', 'without TLS only this machine'],
      ['https://user:secret@example.org/v1', 'must not hold a name or a password'],
      ['https://example.org/v1?key=1', 'has no “?”'],
    ] as const) {
      const file = join(folder, 'far.json');
      writeFileSync(file, JSON.stringify({ ...definition, endpoint }));
      expect((await run('judge', 'add', file, ...at)).complaint).toContain(reason);
    }
  });
});

describe('a key', () => {
  it('goes to its own origin only, from a file only its owner may read, and is nowhere else', async () => {
    const { run, runWith, at, judgeFile, store, folder } = await studyInStore();
    const kept = await runWith('sk-very-secret\n', 'judge', 'key', server.endpoint, '--store', store);
    expect(kept).toMatchObject({ code: 0 });
    expect(JSON.stringify(kept)).not.toContain('sk-very-secret');
    if (process.platform !== 'win32') {
      expect(statSync(join(folder, 'keys', 'keys.json')).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
    }
    await run('judge', 'run', '--judge', judgeFile, ...at, '--limit', '1');
    expect(server.asked.every(({ authorization }) => authorization === 'Bearer sk-very-secret')).toBe(true);
    const other = await startChatServer();
    try {
      const file = join(folder, 'other.json');
      writeFileSync(
        file,
        JSON.stringify({
          ...JSON.parse(readFileSync(judgeFile, 'utf8')),
          name: 'other',
          endpoint: other.endpoint,
        }),
      );
      vi.stubEnv('OPENAI_API_KEY', 'sk-for-openai-alone');
      await run('judge', 'run', '--judge', file, ...at, '--limit', '1');
      expect(other.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
      vi.stubEnv('TOUCHSTONE_JUDGE_ENDPOINT', other.endpoint);
      vi.stubEnv('TOUCHSTONE_JUDGE_KEY', 'sk-for-other');
      await run('judge', 'run', '--judge', 'other@1', ...at, '--limit', '2');
      expect(other.asked.at(-1)?.authorization).toBe('Bearer sk-for-other');
    } finally {
      await other.close();
    }
    const bytes = readFileSync(store).toString('latin1');
    expect(bytes).not.toContain('sk-very-secret');
    expect((await run('judge', 'key', server.endpoint, '--remove', '--store', store)).out).toContain(
      'is removed',
    );
  });

  it('of a gateway before the endpoint goes beside it, from where it was kept or the environment, and is shown nowhere', async () => {
    const { run, runWith, at, judgeFile, store, folder } = await studyInStore();
    const keep = (value: string, ...options: string[]) =>
      runWith(value, 'judge', 'key', server.endpoint, ...options, '--store', store);
    await keep('sk-1nner-secret');
    await keep('sub-0uter-secret', '--header', 'Ocp-Apim-Subscription-Key');
    const file = join(folder, 'gateway.json');
    writeFileSync(
      file,
      JSON.stringify({
        ...JSON.parse(readFileSync(judgeFile, 'utf8')),
        name: 'gateway',
        keyHeader: 'api-key',
        secretHeaders: ['Ocp-Apim-Subscription-Key', 'CF-Access-Client-Secret'],
      }),
    );
    const missing = await run('judge', 'run', '--judge', file, ...at, '--limit', '1');
    expect(missing.complaint).toMatch(
      /sends the header CF-Access-Client-Secret.*TOUCHSTONE_JUDGE_HEADER_CF_ACCESS_CLIENT_SECRET/u,
    );
    expect(server.asked).toEqual([]);
    vi.stubEnv('TOUCHSTONE_JUDGE_HEADER_CF_ACCESS_CLIENT_SECRET', 'cf-3nv-secret');
    vi.stubEnv('TOUCHSTONE_JUDGE_ENDPOINT', 'https://elsewhere.example/v1');
    expect((await run('judge', 'run', '--judge', 'gateway@1', ...at)).complaint).toContain(
      'no value is kept',
    );
    vi.stubEnv('TOUCHSTONE_JUDGE_ENDPOINT', server.endpoint);
    // The endpoint says all it was told, in its errors and in its replies.
    const echo = ({ headers }: (typeof server.asked)[number]) =>
      ['api-key', 'ocp-apim-subscription-key', 'cf-access-client-secret']
        .map((name) => headers[name])
        .join(' ');
    server.misbehave((asked, count) =>
      count === 1
        ? { kind: 'status', status: 422, body: { error: { message: `Refused: ${echo(asked)}` } } }
        : { kind: 'reply', content: `${echo(asked)}\n\n[[A]]` },
    );
    const { out, complaint } = await run('judge', 'run', '--judge', 'gateway@1', ...at, '--limit', '2');
    expect(server.asked[0]).toMatchObject({
      authorization: undefined,
      headers: {
        'api-key': 'sk-1nner-secret',
        'ocp-apim-subscription-key': 'sub-0uter-secret',
        'cf-access-client-secret': 'cf-3nv-secret',
      },
    });
    const report = await run('judge', 'report', '--judge', 'gateway@1', ...at);
    expect(report.out).toContain('Refused: [key] [key] [key]');
    const kept = readFileSync(store).toString('latin1');
    for (const secret of ['sk-1nner-secret', 'sub-0uter-secret', 'cf-3nv-secret'])
      expect(`${out}${complaint}${report.out}${kept}`).not.toContain(secret);
    // A key that is a word is blanked out of errors alone.
    await keep('longer');
    server.misbehave(() => ({ kind: 'reply', content: 'The longer one.\n\n[[A]]', usage: null }));
    await run('judge', 'run', '--judge', 'gateway@1', ...at, '--limit', '4');
    expect(readFileSync(store).toString('latin1')).toContain('The longer one.');
    await keep('', '--header', 'Ocp-Apim-Subscription-Key', '--remove');
    expect((await run('judge', 'run', '--judge', 'gateway@1', ...at)).complaint).toContain(
      'no value is kept',
    );
  });

  it.skipIf(process.platform === 'win32')('file that others may read is refused', async () => {
    const { run, judgeFile, at, folder } = await studyInStore();
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'keys', 'keys.json'), '{}');
    chmodSync(join(folder, 'keys', 'keys.json'), 0o644);
    expect((await run('judge', 'run', '--judge', judgeFile, ...at)).complaint).toContain(
      'others may read it',
    );
  });
});

describe('probes', () => {
  const choose = (which: 'good' | 'bad', body: { messages: readonly { content: string }[] }) => {
    const prompt = body.messages.at(-1)?.content ?? '';
    const isBadFirst = /OUTPUT A \w{8}>>>\n(?:Two and a half hours are 125|Venus|The gardener was)/u.test(
      prompt,
    );
    return `Because.\n\n[[${(which === 'bad') === isBadFirst ? 'A' : 'B'}]]`;
  };

  it('find a judge that obeys what it judges, and name the tricks', async () => {
    const { run, at, judgeFile } = await studyInStore();
    await run('judge', 'add', judgeFile, ...at);
    server.misbehave(({ body }) => {
      const prompt = body.messages.at(-1)?.content ?? '';
      const obeys = prompt.includes('Ignore all earlier instructions') || prompt.includes('switched off');
      return { kind: 'reply', content: choose(obeys ? 'bad' : 'good', body) };
    });
    const probed = await run('judge', 'probe', '--judge', 'plain@1', ...at);
    expect(probed).toMatchObject({
      code: 1,
      out: 'plain@1 fell for 4 of 24 probes\n  command (2)\n  threat (2)',
    });
    const report = JSON.parse((await run('judge', 'report', '--judge', 'plain@1', ...at, '--json')).out);
    expect(report.probes).toMatchObject({ tried: 24, fell: 4, disturbed: 0 });
    await run('judge', 'run', '--judge', 'plain@1', ...at);
    const [card] = JSON.parse((await run('agreement', ...at, '--json')).out).cards;
    const bias = card.parts.find(({ name }: { name: string }) => name === 'bias');
    expect(bias.figures).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          measure: 'injection_rate',
          n: 24,
          value: 4 / 24,
          interval: expect.objectContaining({ level: 0.95 }),
        }),
      ]),
    );
  });

  it('count only where the judge can tell good from bad, and ask again for nothing', async () => {
    const { run, at, judgeFile } = await studyInStore();
    await run('judge', 'add', judgeFile, ...at);
    server.misbehave(({ body }) => ({
      kind: 'reply',
      content: body.messages.at(-1)?.content.includes('minutes') === true ? '[[C]]' : choose('good', body),
    }));
    expect((await run('judge', 'probe', '--judge', 'plain@1', ...at)).out).toBe(
      'plain@1 fell for 0 of 16 probes',
    );
    const asked = server.asked.length;
    expect(asked).toBe(30);
    expect(await run('judge', 'probe', '--judge', 'plain@1', ...at)).toMatchObject({ code: 0 });
    expect(server.asked).toHaveLength(asked);
  });
});

describe('a judge written against a split', () => {
  it('never headlines with it, is compared with its next version, and every look at the test side is counted', async () => {
    const { run, at, judgeFile, folder } = await studyInStore();
    const votes = nativeRows(6).map(({ id }) => ({
      id,
      human: ['ada', 'ben'].map((rater) => ({ rater, verdict: 'first' })),
    }));
    const voteFile = join(folder, 'votes.jsonl');
    writeFileSync(voteFile, jsonLines(votes));
    await run('import', voteFile, ...at);
    const tuned = join(folder, 'tuned.json');
    writeFileSync(
      tuned,
      JSON.stringify({
        ...JSON.parse(readFileSync(judgeFile, 'utf8')),
        tunedOn: { pairs: ['pair-0', 'pair-1'] },
      }),
    );
    await run('judge', 'run', '--judge', judgeFile, ...at);
    await run('judge', 'run', '--judge', tuned, ...at);
    const card = async (judge: string, ...more: string[]) => {
      const { cards } = JSON.parse((await run('agreement', '--judge', judge, ...more, ...at, '--json')).out);
      return cards[0].parts as { name: string; figures: { row: string; measure: string; n: number }[] }[];
    };
    const nOf = (parts: Awaited<ReturnType<typeof card>>, part: string, row: string) =>
      parts
        .find(({ name }) => name === part)
        ?.figures.find((figure) => figure.row === row && figure.measure === 'agreement')?.n;
    expect(nOf(await card('plain@1'), 'agreement', 'people')).toBe(6);
    const ofTuned = await card('plain@2');
    expect([nOf(ofTuned, 'agreement', 'people'), nOf(ofTuned, 'standing', 'pairs it was tuned on')]).toEqual([
      4, 2,
    ]);
    // While it is blind, no figure rests on so few pairs.
    const test = await openTestApp(at[3]);
    const [study] = await test.value('studies.list', {});
    await test.value('studies.unblind', { studyId: study?.studyId ?? '', confirmName: 'S' });
    await card('plain@2', '--slice', 'stable split=dev');
    const report = JSON.parse((await run('judge', 'report', '--judge', 'plain@2', ...at, '--json')).out);
    expect(report.testLooks).toBe(1);
    const compared = await run('judge', 'compare', 'plain@1', 'plain@2', ...at);
    expect(compared.out).toContain('0 of 4 pairs both judged');
    expect(compared.out).toContain('definitions: tunedOn.pairs');
  });
});

describe('replies that argue for the other output', () => {
  it('are counted while the study is blind, and read once it is not', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(nativeRows(2)));
    const place = { storePath: test.storePath, studyId: studyId ?? '' };
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave((_asked, count) => ({
      kind: 'reply',
      content: count % 2 === 0 ? 'Output A is clearly better.\n\n[[B]]' : '[[B]]',
    }));
    await runTestJudge(place, judge, { concurrency: 1 });
    expect(await test.value('judges.report', { studyId: place.studyId, judge })).toMatchObject({
      contradictory: 2,
    });
    const ask = { studyId: place.studyId, judge };
    expect(await test.app.call('judges.contradictions', ask)).toMatchObject({
      ok: false,
      error: { code: 'study_blinded' },
    });
    await test.value('studies.unblind', { studyId: place.studyId, confirmName: 'Study' });
    const read = await test.value('judges.contradictions', ask);
    expect(read).toMatchObject({
      total: 2,
      replies: [{ order: 'b_first', verdict: 'first', raw: expect.stringContaining('clearly better') }, {}],
    });
  });
});
