/** What a store held when it was made by some step, put in by the columns of that step or of a later one. */
import type { Store } from '../../electron/core/store/engine/database.ts';
import { type Filling, fill, log, present, type Row, type Shown, when } from './fill-store.ts';

const GUIDELINE = 'Which is better?';
const RULES = { scale: 'with_tie_and_both_bad', ratersPerPair: 2, minimumViewingMs: 400 };
const NO_RUBRIC = '{"criteria":[],"reasonTags":[]}';
const HASH = 'a'.repeat(64);

/**
 * Puts in the same whatever the schema of a store is: what an app had written that knew the steps up to `known`. What a later
 * step holds beside it is put in as if it had been there from the first, so a store that was brought up to date must be
 * equal to one that was made by all steps.
 */
export function putIn(store: Store, known: number): void {
  fill(store, known, (filling) => {
    const { knows, add } = filling;
    addPairs(filling);
    addSittings(filling);
    addJudgments(filling);
    if (knows(20)) addRuns(filling);
    if (knows(70)) addNumbers(filling);
    if (knows(SELECTIONS)) addDesign(filling);
    if (knows(50)) addReviews(filling);
    if (knows(60)) addPacks(filling);
    // The pair that Ben has before him.
    if (knows(90)) add('vote_drafts', { presentation: 'shown-4-2', draft: '{"note":"Half"}', kept_at: 130 });
    if (knows(140)) leaveOut(filling, 5, 'a broken text');
  });
}

const SELECTIONS = 30;

function leaveOut(filling: Filling, pair: number, reason: string): void {
  filling.add('pair_decisions', { pair_id: pair, is_left_out: 1, reason, decided_at: 131 });
  log(filling, 'pair.left_out', { pair, reason });
}

function addPairs({ write, has, knows, add }: Filling): void {
  add('studies', {
    public_id: 's',
    name: 'Study',
    seed: '0123456789abcdef',
    created_at: 5,
    ...(has(30)
      ? { design: JSON.stringify(RULES) }
      : {
          guideline: GUIDELINE,
          scale: RULES.scale,
          raters_per_pair: RULES.ratersPerPair,
          minimum_viewing_ms: RULES.minimumViewingMs,
        }),
  });
  if (has(30))
    add('guidelines', {
      study_id: 1,
      version: 1,
      guideline: GUIDELINE,
      rubric: NO_RUBRIC,
      created_at: 5,
    });
  add('systems', { study_id: 1, name: 'one' }, { study_id: 1, name: 'two' });
  for (let item = 1; item <= 6; item++) {
    const hash = (text: string) => text.repeat(16).slice(0, 16);
    write.run(
      'INSERT INTO items (study_id, content_hash, prompt) VALUES (1, CAST(? AS BLOB), ?)',
      hash(`i${item}`),
      JSON.stringify(`Question ${item}?`),
    );
    for (const system of [1, 2])
      write.run(
        'INSERT INTO responses (item_id, system_id, content_hash, output) VALUES (?, ?, CAST(? AS BLOB), ?)',
        item,
        system,
        hash(`r${item}${system}`),
        JSON.stringify(`Answer ${item} of ${system}.`),
      );
  }
  const counts = JSON.stringify({ pairs: 3 });
  add(
    'imports',
    { study_id: 1, imported_at: 50, first_ordinal: 0, pair_count: 3, counts, sources: '[]' },
    { study_id: 1, imported_at: 200, first_ordinal: 3, pair_count: 3, counts, sources: '[]' },
  );
  for (let pair = 1; pair <= 6; pair++) {
    // The second of each two shows the other system first.
    const [one, other] = [2 * pair - 1, 2 * pair];
    add('pairs', {
      study_id: 1,
      ordinal: pair - 1,
      external_id: `p${pair}`,
      item_id: pair,
      first_response_id: pair % 2 === 1 ? one : other,
      second_response_id: pair % 2 === 1 ? other : one,
      slices: '{"kind":"easy"}',
      // Drawn from were the pairs of the first import alone.
      ...when(has(31) && knows(SELECTIONS), { draws_before: pair > 3 ? 1 : 0 }),
    });
  }
  add('slice_counts', { study_id: 1, name: 'kind', value: 'easy', pairs: 6 });
}

function addSittings(filling: Filling): void {
  const { has, add } = filling;
  for (const name of ['ada', 'ben', 'cem'])
    add('raters', { study_id: 1, name, joined_at: 60, next_position: 3, presented: 3, session: null });
  // Who said what, of which pair, and whether the first of it stood on the left.
  const sat: readonly (readonly [rater: number, pair: number, isFirstLeft: boolean, said: string[]])[] = [
    [1, 1, true, ['first']],
    [1, 2, true, ['second', 'undone', 'tie']],
    [1, 3, false, ['skipped']],
    [2, 1, false, ['skipped', 'undone', 'both_bad']],
    [2, 2, true, []],
    [2, 4, true, ['first', 'undone']],
    [3, 1, true, ['tie']],
    [3, 5, false, ['skipped', 'undone']],
  ];
  for (const rater of [1, 2, 3]) {
    const shown = sat.filter(([who]) => who === rater);
    const lead = shown.reduce(
      // The first of an odd pair, and the second of an even one, is by the first system.
      (sum, [, pair, isFirstLeft]) => sum + ((pair % 2 === 1) === isFirstLeft ? 1 : -1),
      0,
    );
    add('side_counts', {
      rater_id: rater,
      system_a: 1,
      system_b: 2,
      presentations: shown.length,
      ...when(has(30), { lead }),
    });
  }
  sat.forEach(([rater, pair, isFirstLeft, said], index) => {
    present(filling, { rater, pair, position: index, isFirstLeft, said });
  });
  // A vote that came with an import.
  add('ratings', { rater_id: 3, pair_id: 6, kind: 'vote', verdict: 'second', strength: 2, note: 'clear' });
}

const judged = (judge: number, pair: number, verdict: string, more: Row = {}): Row => ({
  pair_id: pair,
  judge_id: judge,
  judge_order: 'a_first',
  sample: 0,
  verdict,
  ...more,
});

function addJudgments({ add }: Filling): void {
  add('judges', { study_id: 1, name: 'theirs' }, { study_id: 1, name: 'terse@1' });
  add(
    'judgments',
    judged(1, 1, 'tie', { score: 0.5, raw: 'raw', judged_at: 7 }),
    judged(1, 2, 'error'),
    judged(1, 3, 'inconsistent', { judge_order: 'both', sample: 2 }),
  );
  add('identity_findings', { response_id: 1, rule: 'self-name', excerpt: 'As one' });
  add('mappings', { name: 'mine', definition: '{}', saved_at: 9 });
  add('settings', { name: 'language', value: '"de"' });
}

function addRuns({ has, knows, add }: Filling): void {
  add('judge_versions', {
    judge_id: 2,
    version: 1,
    content_hash: HASH,
    definition: '{"name":"terse"}',
    created_at: 70,
  });
  add(
    'judge_runs',
    {
      public_id: 'r1',
      judge_id: 2,
      kind: 'live',
      plan: '{}',
      started_at: 71,
      ended_at: 72,
      ending: 'failed',
    },
    { public_id: 'r2', judge_id: 2, kind: 'batch', plan: '{}', started_at: 73 },
  );
  const probability = when(has(70), { score_kind: 'verdict_probability' });
  add(
    'judgments',
    judged(2, 1, 'unparsed', { failure: 'truncated' }),
    { ...judged(2, 1, 'first', { score: 0.75 }), attempt: 1, ...probability },
    { ...judged(2, 2, 'second', { score: 0.9 }), ...probability },
  );
  const reply = (pair: number, attempt: number, more: Row): Row => ({
    run_id: 1,
    pair_id: pair,
    judge_id: 2,
    judge_order: 'a_first',
    sample: 0,
    attempt,
    part: 0,
    raw: '[[A]]',
    replied_at: 72,
    ...more,
  });
  add(
    'judge_replies',
    reply(1, 0, { outcome: 'truncated', ...when(knows(80), { is_prompt_cut: 1 }) }),
    reply(1, 1, { outcome: 'read', probability_first: 0.75, cost_usd: 0.01 }),
    reply(2, 0, { outcome: 'read', strength: 2, criteria: '{}' }),
  );
  if (knows(100))
    add('judge_batches', {
      judge_id: 2,
      file_name: 'batch.jsonl',
      file_sha256: HASH,
      requests: 1,
      sent_at: 74,
      batch_id: 'b1',
      status: 'in_progress',
    });
  add('judge_requests', {
    run_id: 2,
    request_key: 'k1',
    pair_id: 3,
    judge_order: 'b_first',
    sample: 0,
    attempt: 0,
    part: 0,
    ...when(knows(80), { least_tokens: 12 }),
    ...when(knows(100), { batch_id: 1 }),
  });
  add('judge_panels', { judge_id: 1, rule: 'majority', members: '[]', weights: '[]', created_at: 75 });
}

/** Numbers of other kinds, which an import said. */
function addNumbers({ add }: Filling): void {
  // Numbers of another kind, which an import said.
  add(
    'judgments',
    { ...judged(1, 4, 'first', { score: 0.8 }), score_kind: 'preference' },
    { ...judged(1, 5, 'first'), score_kind: 'points', score_first: 8, score_second: 3 },
  );
}

function addDesign(filling: Filling): void {
  const { add } = filling;
  const drawn = { study_id: 1, wave: 1, method: '{}', pairs: 2, candidates: 3, drawn_at: 100 };
  add('selections', drawn);
  for (const place of [0, 1])
    add('selected_pairs', { selection_id: 1, place, pair_id: place + 1, probability: 0.5 });
  const known = { study_id: 1, explanation: 'It is.', place: 0 };
  add(
    'known_answers',
    { ...known, pair_id: 5, stage: 'gold', verdict: 'first' },
    { ...known, pair_id: 6, stage: 'practice', verdict: 'tie' },
  );
  add('qualifications', {
    rater_id: 1,
    attempt: 0,
    answered: 4,
    correct: 3,
    pass_mark: 0.7,
    passed: 1,
    finished_at: 80,
  });
  add('analysis_plans', { study_id: 1, plan: '{}', sha256: HASH, votes: 0, stored_at: 40 });
  add('guidelines', {
    study_id: 1,
    version: 2,
    guideline: 'Anew.',
    rubric: NO_RUBRIC,
    created_at: 90,
  });
  const check = (more: Partial<Shown>): Shown => ({
    rater: 3,
    pair: 5,
    position: 20,
    isFirstLeft: true,
    said: ['first'],
    kind: 'gold',
    role: 'gold',
    ...more,
  });
  present(filling, check({}));
  present(filling, check({ position: 21, said: ['first', 'undone', 'skipped'] }));
  present(
    filling,
    check({ position: 22, pair: 1, kind: 'identical', role: 'catch', said: ['tie', 'undone'] }),
  );
  present(
    filling,
    check({ position: 23, pair: 1, kind: 'repeat', repeat_of: 7, role: 'repeat', said: ['skipped'] }),
  );
  present(filling, check({ position: 24, pair: 6, kind: 'practice', role: 'training', said: ['tie'] }));
  add('ratings', {
    rater_id: 3,
    pair_id: 4,
    kind: 'vote',
    verdict: 'first',
    guideline_version: 2,
    idle_ms: 5,
    confidence: 2,
    details: '{"reasonTags":["short"]}',
  });
}

function addReviews(filling: Filling): void {
  const { write, add } = filling;
  add('raters', { study_id: 1, name: 'eve', joined_at: 61, role: 'adjudicator' });
  add('reviews', { public_id: 'w', study_id: 1, kind: 'adjudication', plan: '{}', made_at: 110 });
  add('reviewed_pairs', { review_id: 1, place: 0, pair_id: 1, stratum: 'raters_split', people: 'tie' });
  present(filling, { rater: 4, pair: 1, position: 0, isFirstLeft: true, said: ['first'], review_id: 1 });
  const decided = { reason: 'too fast', decided_by: 'lead', decided_at: 111 };
  add(
    'rater_decisions',
    { rater_id: 2, about: 'exclusion', is_on: 1, ...decided },
    { rater_id: 1, about: 'exclusion', is_on: 1, ...decided },
    { rater_id: 1, about: 'exclusion', is_on: 0, ...decided },
    { rater_id: 3, about: 'pause', is_on: 1, ...decided },
  );
  log(filling, 'rater.excluded', { rater: 'ben', reason: decided.reason });
  add('disagreement_classes', {
    pair_id: 1,
    class: 'guideline_gap',
    guideline_version: 1,
    classified_at: 112,
  });
  add('consents', { rater_id: 1, text_sha256: HASH, consented_at: 59 });
  add('erased_notes', { rating_id: 1, note_sha256: null, erased_at: 113 });
  write.run('UPDATE ratings SET note = NULL WHERE id = 1');
  add('system_guesses', {
    public_id: 'g',
    rater_id: 1,
    pair_id: 1,
    left_side: 'first',
    sample_response_id: 3,
    sample_side: 'first',
    asked_at: 114,
    answer: 'cannot_tell',
    answered_at: 115,
  });
}

function addPacks({ add }: Filling): void {
  add('signing_key', { only: 1, public_key: 'pub', private_key: 'secret', made_at: 120 });
  add('packs', { public_id: 'k', study_id: 1, name: 'Vendor', made_at: 121 });
  add('pack_revisions', { pack_id: 1, revision: 1, options: '{}', made_at: 121 });
  add('raters', { study_id: 1, name: 'far', joined_at: 122, pack_id: 1, is_away: 1 });
  add('pack_keys', { pack_id: 1, rater_id: 5, public_key: 'theirs', accepted_at: 123 });
  add('merges', {
    pack_id: 1,
    public_key: 'theirs',
    file: 'a.return',
    counts: '{}',
    is_recovered: 0,
    merged_at: 124,
  });
  add('returned_rows', {
    pack_id: 1,
    public_key: 'theirs',
    n: 1,
    sha256: HASH,
    line: '{}',
    fault: 'late',
    reason: 'It came late.',
  });
  const pack = { pack_id: 'o' };
  add('opened_packs', {
    ...pack,
    study: 'x',
    revision: 1,
    manifest: '{}',
    manifest_sha256: HASH,
    public_key: 'lead',
    opened_at: 125,
    rows: 1,
    chain: HASH,
  });
  add('packed_texts', { ...pack, id: 't', messages: '[]' });
  const texts = { task: 't', left_text: 't', right_text: 't', part: 'work' };
  add('packed_pairs', { ...pack, rater: 'far', place: 0, id: 'q', ...texts });
  add('packed_known', { ...pack, stage: 'practice', place: 0, id: 'q', row: '{}' });
  add('pack_claims', { ...pack, rater: 'far', session: 'z', done: 1 });
  add('pack_log', { ...pack, n: 1, rater: 'far', command: 'c', at: 126, line: '{}' });
  add('pinned_keys', { study: 'x', public_key: 'lead', pinned_at: 125 });
}
