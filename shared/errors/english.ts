/**
 * What is said of every failure, in English: in terminals, in logs and on English pages. A name in double braces is a value
 * that comes with the failure; one after “>” is a message of its own. A rater’s page says the rooms of `RATER_ENGLISH` in its
 * own language.
 */

/** What a rater, or a vendor with a pack, can meet. */
export const RATER_ENGLISH = {
  call: {
    cancelled: 'Stopped. Nothing was changed.',
    body_too_large: 'The call is larger than 8 MiB.',
    closing: 'Touchstone is closing. Nothing was recorded.',
    failed: 'Something in the program failed.',
    failed_in_page: 'Something in the page failed. Every recorded vote is safe.',
    failed_logged: 'Something in the program failed; the log names it {{logId}}. Nothing was half-done.',
    input_invalid: '{{method}}: {{field}}: {{reason}}.',
    method_missing: 'A call needs a method name.',
    method_unknown: 'There is no method “{{method}}”.',
    no_answer: 'Touchstone does not answer. If it was closed, start it again; every recorded vote is safe.',
    no_key:
      'This window has no key to the store: Touchstone was started anew since, or in another browser. Open the address that it shows now in this browser; this window then goes on by itself, and nothing in it is lost.',
    not_for_pages: '{{method}} is for commands on this machine. No page may ask for it.',
    not_from_page: 'This call did not come from the page.',
    not_json: 'The call is not valid JSON.',
    not_json_type: 'Calls must be application/json.',
    opening_other_store: 'Touchstone is opening another store.',
  },
  store: {
    busy: 'Another process is writing to the store. Nothing was changed; try again.',
    damaged: 'The store {{path}} is damaged: {{problem}}.',
    disk_full: 'The disk holding {{path}} is full. Nothing was changed.',
    file_gone:
      '{{path}} was moved, deleted or replaced while it was open. Nothing more is recorded, so that nothing goes where nobody finds it. Put the file back, or close Touchstone and start it again.',
    not_durable: 'The store did not accept its durability settings.',
    read_only: '{{path}} may only be read here. Nothing was recorded.',
    unusable: 'The store {{path}} cannot be used: {{problem}}.',
  },
  disk: {
    closed: '{{path}} cannot be written ({{code}}). What was there before is as it was.',
    full: 'The disk is full: {{path}} could not be written whole ({{code}}). What was there before is as it was, and nothing unfinished was left.',
  },
  file: {
    larger_than_window: '{{name}} is larger than this window takes.',
    no_dialog: 'This host has no file dialog of its own.',
    no_studies_beside: 'This store was opened by itself: there are no studies to go back to.',
    not_at_hand: 'This file is no longer at hand. Choose it again.',
    not_by_parts: 'This file was not handed in by parts.',
    not_ordinary: '{{name}}: is no ordinary file. Nothing was changed.',
    unreadable: '{{name}}: cannot be read ({{code}}). Nothing was changed.',
  },
  seat: {
    forbidden: 'This window was handed to “{{rater}}”. The lead can take it back.',
    handed: 'This window was handed to a rater. The lead can take it back.',
    handed_meanwhile: 'The window was handed to somebody else meanwhile. Nothing was changed.',
    wait: 'Too many wrong passphrases. Try again in {{seconds}} s.',
    wrong_passphrase: 'This is not the passphrase. The window stays as it is.',
  },
  rating: {
    answer_not_offered: 'This study does not offer the answer “{{answer}}”.',
    audit_complete: 'The audit is complete: its votes are final.',
    block_closed: 'The block of this pair is closed: its vote is final.',
    block_not_done: 'A block is closed once all of its pairs have a vote.',
    command_used: 'This command id was used for something else. Nothing was recorded.',
    confidence_not_asked: 'This study does not ask how sure a rater is.',
    consent_changed: 'The consent text was changed meanwhile. Read it again.',
    consent_missing: 'This study asks for your consent first. Nothing was recorded.',
    criterion_missing: 'A vote needs an answer to “{{criterion}}”.',
    criterion_unknown: 'This study has no criterion “{{criterion}}”.',
    guess_made: 'This question has an answer. It stays as it is.',
    guess_not_theirs: 'This question is not one of this rater’s.',
    guideline_unknown: 'The vote names version {{version}} of the guideline, which nobody was shown here.',
    has_vote: 'This pair already has a vote. Undo it to vote again.',
    idle_too_long: 'was idle for longer than the pair was on screen',
    name_is_personal:
      '“{{name}}” looks like an address or a number that leads to a person. Choose a pseudonym.',
    name_works_in_pack: '“{{name}}” works in the pack “{{pack}}”. Choose another pseudonym here.',
    no_vote_on_pair: 'This rater has no vote on this pair.',
    note_hides: 'The note holds characters that hide or turn round text; none is recorded with such.',
    nothing_to_undo: 'There is no vote to undo.',
    pair_not_theirs: 'This pair is not one of this rater’s.',
    rater_is_adjudicator:
      '“{{name}}” is an adjudicator of this study. The other role needs another pseudonym.',
    rater_is_rater: '“{{name}}” is a rater of this study. The other role needs another pseudonym.',
    rater_unknown: 'This study has no rater named “{{name}}”.',
    reason_unknown: 'This study has no reason “{{reason}}”.',
    skip_needs_reason: 'A skipped pair needs a reason, and only a skipped pair has one.',
    spans_not_asked: 'This study does not ask for marked spans.',
    strength_missing: 'This study asks by how much a side is better, 1 to {{strongest}}.',
    strength_not_asked: 'This study does not ask by how much a side is better.',
    study_archived:
      'The study “{{name}}” is archived: nothing new begins in it. Whoever leads it can take it out of the archive.',
    study_deleted: 'This study was deleted, with all that was recorded in it.',
    study_unknown: 'There is no such study in this store.',
    taken_over:
      'This rater’s work was continued in another window. Every recorded vote is safe; continue here to take it back.',
    viewed_too_long: 'was on screen for {{days}} days, which no pair is',
    viewed_too_short: 'was on screen for {{viewedMs}} ms, and the study asks for {{minimumMs}} ms',
    work_gone:
      'What this window worked on is no longer in the store: the study was deleted. Nothing was recorded.',
    vote_impossible: 'The pair {{>reason}}. Nothing was recorded.',
    vote_not_asked: '{{>reason}} Nothing was recorded.',
  },
  pack: {
    altered: '{{name}}: was altered or cut off on its way. Nothing was opened; ask for it again.',
    altered_somewhere: 'was altered after signing, in its manifest, its order or its signature',
    altered_file: 'was altered after signing: {{file}} is not what was signed',
    comment_length: 'has a comment of another length',
    costly: 'asks for a work factor of {{factor}} where opening a pack may cost {{most}}',
    cut_off: 'is no pack, or was cut off',
    earlier_has_more: '{{file}}: has fewer pairs than an earlier revision',
    earlier_has_other: '{{file}}, line {{line}}: is another pair than an earlier revision has there',
    file_cut_off: '{{file}}, line {{line}}: was cut off',
    file_missing: '{{file}} is missing',
    file_not_as_named: '{{file}} is not the file that manifest.json names',
    file_packed_otherwise: '{{file}} is packed in a way no pack is',
    file_too_large: '{{file}} would unpack to more than a pack can hold',
    file_twice: 'holds two files named {{file}}',
    file_unnamed: '{{file}} is named by nothing',
    file_unpacks_to_more: '{{file}} unpacks to more than it says',
    file_unpacks_not: '{{file}} cannot be unpacked',
    has_studies:
      'This store holds studies of its own. A pack is opened in a store of its own: touchstone pack open FILE.',
    identity_invalid: 'This is not an age identity (AGE-SECRET-KEY-…).',
    later_is_open: '{{name}}: a later revision of this pack is open here already. Nothing was changed.',
    lead_method: 'This store works on packs. Nothing of a lead’s is answered here.',
    line_not_text: '{{file}}, line {{line}}: is not plain UTF-8',
    line_too_long: '{{file}}, line {{line}}: is longer than a row can be',
    manifest_contradicts: 'manifest.json: {{>reason}}',
    manifest_field: 'manifest.json: {{field}}: {{reason}}',
    manifest_file_missing: 'files: {{file}} is missing',
    manifest_file_rows: 'files: {{file}} has {{rows}} rows where {{named}} are named',
    manifest_files_alike: 'files: two have the same name',
    manifest_files_unnamed: 'files: there is one that nothing names, or one is missing',
    manifest_missing: 'has no manifest.json',
    manifest_not_canonical: 'manifest.json is not in its canonical form',
    manifest_not_json: 'manifest.json is not valid JSON',
    manifest_not_text: 'manifest.json is not plain UTF-8',
    manifest_raters_alike: 'raters: two have the same name',
    manifest_too_large: 'manifest.json is too large',
    name_not_a_packs: 'holds something under a name that no pack has: “{{file}}”',
    newer: 'was made by a newer Touchstone (version {{version}} of the format)',
    no_methods_beside: 'This page works on one pack and answers nothing else.',
    not_a_file: '{{file}} is a link or a device, not a file',
    not_open: 'This pack is not open here.',
    not_whole: 'is no whole pack',
    other_key:
      'STOP. {{name}} is signed with another key than the packs of this study before. Before: {{before}}. Now: {{now}}. Ask the sender, by another way than the one this file came, which words are theirs. Nothing was opened.',
    other_key_in_page: 'This pack is signed with another key than the packs before.',
    other_study: 'bears the id of a pack of another study that is open here',
    passphrase_missing: 'Choose a passphrase first: it keeps others at this machine from your votes.',
    passphrase_wrong: 'This is not the passphrase of “{{rater}}”.',
    rater_unknown: 'This pack has no rater “{{rater}}”. Choose one of its pseudonyms.',
    raters_only: 'A pack is worked on by raters.',
    refused: '{{name}}: {{>reason}}. Nothing was opened.',
    refused_here: 'this pack: {{>reason}}. Nothing was opened.',
    revision_differs: 'claims to be revision {{revision}} of a pack that is open here, and is not the same',
    row_field: '{{file}}, line {{line}}: {{reason}}',
    row_id_not_in_order: '{{file}}, line {{line}}: id: is not in order, or is there twice',
    row_id_twice: '{{file}}, line {{line}}: id: is there twice',
    row_part_misplaced: '{{file}}, line {{line}}: part: is not in its place',
    row_text_missing: '{{file}}, line {{line}}: {{field}}: the pack has no such text',
    secret_wrong: 'This passphrase does not open it, or the file was altered.',
    split: 'is split over several disks',
    too_many_files: 'has more files than a pack can have',
    unlock_identity_wrong:
      '{{name}}: this identity does not open it, or its first lines were altered. Nothing was opened.',
    unlock_passphrase_wrong:
      '{{name}}: this passphrase does not open it, or its first lines were altered. Nothing was opened.',
    unsigned: 'bears no signature of a pack',
  },
} as const;

/** What only a lead meets, on a screen or in a terminal, and whoever starts the program. */
const LEAD_ENGLISH = {
  work: {
    job_id_taken: 'There is a job of this id already.',
    job_unknown: 'There is no such job.',
    stopped: 'Stopped.',
  },
  host: {
    keys_in_environment: 'This host keeps no keys. Set the key in the environment instead.',
    keys_open_to_others:
      '{{path}} holds keys and others may read it. Make it yours alone (chmod 600), or remove it and set the keys again.',
    no_place_for_keys:
      'This system offers no place to keep a key. Set it in the environment of the program instead.',
  },
  http: {
    address_used: 'This address was used before. Start Touchstone again for a new one.',
    no_address: 'This is no one-time address.',
    upload_broken: 'The upload did not arrive whole. Nothing was kept.',
    upload_empty: 'The upload is empty.',
    upload_nameless: 'The upload has no file name.',
    upload_too_large: '{{name}} is larger than this host takes.',
  },
  folder: {
    file_is_folder: '{{path}} is a folder, and a file belongs there.',
    impossible: '{{path}} cannot be a folder ({{code}}). Nothing was written.',
    place_not_at_hand: 'This place is no longer at hand. Choose it again.',
  },
  opening: {
    cut_short: '{{path}} is damaged: it was cut short in its first lines. It was not touched.',
    damaged: 'The store {{path}} is damaged: {{problem}}. It was not touched.',
    log_without_empty_store:
      'The store {{path}} is empty, and {{bytes}} bytes of its changes stand in the log beside it.',
    log_without_store:
      'The store {{path}} is gone, and {{bytes}} bytes of its changes stand in the log beside it.',
    migration_differs:
      'Migration {{id}} ({{migration}}) in {{path}} is not the one in this version. The store was not touched.',
    migrations_incomplete:
      '{{path}} says that it is of schema {{version}}, and lists other migrations than those that make it ({{listed}}). It was not touched.',
    newer:
      '{{path}} was written by a newer version of Touchstone (schema {{version}}, this version knows {{newest}}). It was not touched; open it with that version.',
    of_another_program: '{{path}} is a database of another program. It was not touched.',
    of_another_program_only:
      '{{path}} is a database of another program, not a Touchstone store. It was not touched.',
    not_ordinary: '{{path}} is not an ordinary file, not a Touchstone store. It was not touched.',
    older_read_only:
      '{{path}} may only be read here, and is of an older version. Copy it to where it can be written, and open the copy.',
    set_aside: '{{>cause}} It was set aside as {{aside}}. There is no verified backup.',
    set_aside_with_backup:
      '{{>cause}} It was set aside as {{aside}}. The newest verified backup is {{backup}}; copy it to {{path}} to go on from there.',
    some_other_file: '{{path}} is some other file, not a Touchstone store. It was not touched.',
  },
  backup: {
    exists: '{{path}} is there already, and is not written over. Name another file, or remove it.',
    not_written:
      '{{path}} could not be written whole ({{problem}}). The store is as it was, and nothing unfinished was left.',
    of_read_only: '{{path}} may only be read here. Name the file that the backup is to be.',
    place_of_sqlite: '{{path}} is where SQLite keeps what belongs to {{storePath}}. Name another file.',
    unverified: 'The backup of {{path}} did not verify: {{problem}}.',
  },
  study: {
    deletion_name_differs: 'The name does not match the study. Nothing was deleted.',
    exists: 'There is already a study named “{{name}}”.',
    handed:
      'The windows of this store were handed to “{{rater}}” for this study. Take them back first. Nothing was deleted.',
    log_broken:
      'Row {{row}} of the log {{reason}}. A deletion would hide that. Nothing was deleted; touchstone audit verify says more.',
    name_differs: 'The name does not match the study. It stays blind.',
    not_all_deleted: 'Something still refers to the study. Nothing was deleted.',
    sample_not_added: 'The sample study could not be added.',
    work_is_out:
      'Work of “{{name}}” is out: {{work}}. What comes back would find no study. End it first, or say that it is to be lost. Nothing was deleted.',
    scale_fixed: 'The verdict scale is fixed by the first vote. Nothing was changed.',
    scale_lacks_answer:
      'The known answer of “{{pair}}” is one that this scale does not offer. Nothing was changed.',
  },
  seat_handing: {
    role_differs: '“{{rater}}” has another role in this study. Nothing was changed.',
  },
  design: {
    answers_became_known: 'Answers of drawn pairs became known meanwhile. Nothing was drawn.',
    draw_refused: 'Nothing was drawn: {{reason}}.',
    drawn_meanwhile: 'Another draw came first. Nothing was changed.',
    known_answer_refused: 'answers[{{index}}]: the comparison “{{pair}}” {{reason}}. Nothing was changed.',
    no_chance_to_state:
      'Raters were given pairs before anything was drawn, so those have no chance to state. Nothing was drawn.',
    none_left: 'There is no pair left to draw. Nothing was changed.',
    subject_unknown: 'This study has no such {{what}}. Nothing was drawn.',
  },
  figures: {
    baseline_lacks_slice: 'The baseline has no kappa on {{about}}. Make it anew with the same slices.',
    baseline_policies:
      'The baseline was made under other policies, so its kappa is another figure. Make it anew, or name the same policies.',
    blind_comparisons: 'This study is blind. Unblind it to read its comparisons.',
    blind_few_in_slice:
      'This study is blind, and {{name}} = “{{value}}” has fewer than {{least}} pairs, or differs in fewer from all pairs or another slice: figures of it would tell what was said of single pairs. Unblind the study to see them.',
    blind_few_under_policies:
      'This study is blind, and under these policies people’s labels differ on fewer than {{least}} of the judged pairs from those under others: both figures together would tell what was said of single pairs. Keep to the policies of the plan, or unblind the study.',
    judge_not_on_slice: 'This study has no judge named “{{judge}}” on this slice.',
    judge_of_study_unknown: '“{{study}}” has no judge named “{{judge}}” (it has: {{judges}}).',
    judge_unknown: 'This study has no judge named “{{judge}}”.',
    name_unknown: 'This study has no {{what}} named “{{name}}”.',
    not_worked_out: 'The card was not worked out.',
    slice_unknown: 'This study has no such slice.',
    slice_without_pairs: 'No comparison of this study has {{name}} = “{{value}}”.',
  },
  export: {
    nothing: 'Nothing was exported, and nothing was written: no comparison has what this format holds.',
    nothing_but_left_out:
      'Nothing was exported, and nothing was written: no comparison has what this format holds (left out: {{leftOut}}).',
  },
  import: {
    alone: 'Import a calibration set by itself, without other files. Nothing was imported.',
    encoding_unknown:
      'There is no encoding “{{encoding}}”. There are: utf-8, utf-16le, utf-16be, windows-1252, and the others of the WHATWG encoding standard.',
    failed: 'The import failed. Nothing was imported.',
    failed_with_more: '{{place}}: {{reason}} (and {{more}} more). Nothing was imported.',
    fault: 'The import stopped because of a fault in the program. Nothing was imported.',
    files_unreadable: '{{files}} files cannot be read. {{>first}}',
    format_unknown: 'There is no format “{{format}}”. There are: {{known}}.',
    known_answer_refused:
      '{{manifest}}, knownAnswers[{{index}}].pair: the comparison “{{pair}}” {{reason}}. Nothing was imported.',
    problem: '{{place}}: {{reason}}. Nothing was imported.',
    rater_without_vote:
      '{{manifest}}, raterDecisions[{{index}}].rater: “{{rater}}” has no vote in the set. Nothing was imported.',
    run_names_do_not_fit:
      '{{names}} names of runs do not fit {{count}} files of runs ({{files}}): name the run of every file, in their order. Nothing was imported.',
    runs_share_nothing:
      '{{files}}: no sample was answered by two runs, so there is nothing to compare (runs: {{runs}}).{{passedOver}} Nothing was imported.',
    several_studies: '{{folder}} holds {{studies}} studies: name the files of one, as {{example}}.',
    some_files_unreadable:
      '{{files}} files cannot be read. {{>first}} ({{readable}} of {{all}} files can be read)',
    study_unnamed: 'Name the study to import into.',
  },
  judge: {
    blind_contradictions: 'This study is blind. Unblind it to read what its judges said.',
    blind_few_in_both:
      'This study is blind, and both judges judged fewer than {{least}} pairs, or people labelled fewer of them: what changed would tell what was said of single pairs. Unblind the study to see it.',
    compared_without_verdict:
      'Of {{before}} and {{after}}, one has no verdict in this study yet. A judge that was kept has to be run first.',
    definition_unfit: '{{problems}}.',
    endpoint_refused: 'The endpoint {{endpoint}}: {{reason}}.',
    exists: 'This study has a judge “{{name}}” already.',
    header_value_missing:
      'This judge sends the header {{name}}, and no value is kept for it at {{origin}}. Keep one with “touchstone judge key {{endpoint}} --header {{name}}”, or set {{variable}} beside TOUCHSTONE_JUDGE_ENDPOINT.',
    no_pairs: 'This study has no pairs to ask about.',
    not_runnable: 'This study has no judge “{{name}}” that can be run from here.',
    not_runnable_of: 'This study has no judge “{{name}}” that can be run from here; it has {{known}}.',
    not_runnable_here: 'There is no judge “{{name}}” that can be run in this study.',
    pair_number_unknown: 'This study has no pair number {{number}}.',
    price_unknown_for_batch:
      'There is no price for the model “{{model}}”, so a ceiling cannot be kept. Set one, or send without a ceiling.',
    price_unknown_for_run:
      'There is no price for the model “{{model}}”, so a ceiling cannot be kept. Set one, or run without a ceiling.',
    probes_not_added: 'The probes could not be added.',
    run_fault: 'The run stopped because of a fault in the program. What was judged is kept.',
    proxy_not_http:
      'The proxy that HTTPS_PROXY or ALL_PROXY names is none over HTTP. Name one that begins with http:// or https://, or name the endpoint in NO_PROXY.',
  },
  panel: {
    member_without_probabilities:
      '{{member}} gave no probabilities: ask its endpoint for log-probabilities, or choose another rule.',
    member_without_verdicts: 'This study has no judge “{{member}}” with verdicts of its own.',
    members_too_few: 'A panel has two members or more, each once.',
    pairs_too_few:
      'Weights need {{fewest}} labelled pairs of the dev split that all members judged; there are {{pairs}}.',
    weights_impossible:
      'No member agrees with people on more than half of the dev split, so no weight can be given.',
  },
  batch: {
    all_out: 'All of it is out in batches already.',
    ceiling_passed:
      'The files may cost up to {{most}}, more than the ceiling of {{ceiling}}. Nothing was sent. Make smaller ones with --limit, or raise the ceiling.',
    endpoint_failed: '{{reason}} What was sent is noted; the same command goes on from there.',
    line_refused: '{{file}}, line {{line}}: {{reason}}. Nothing was taken in.',
    nothing_left: 'There is nothing left to ask.',
    request_too_large: 'One request alone is larger than a batch file may be.',
    requests_sent_before: '{{file}}: requests of it are in another batch that was sent.',
    file_refused: '{{file}}{{reason}} Nothing was sent.',
  },
  pack_making: {
    age_takes_one: 'The age format takes a passphrase or public keys, not both.',
    answer_known:
      'pairs, line {{line}}: the answer of “{{pair}}” is known, so nobody labels it. No pack was made.',
    answers_field: '{{name}}: {{field}}: {{reason}}.',
    answers_not_json: '{{name}}: is not valid JSON.',
    answers_not_of_pack: '{{name}}: is not the answer key whose hash stands in the pack.',
    answers_not_text: '{{name}}: is not UTF-8 text.',
    answers_written_otherwise: '{{name}}: is not written as answer keys are.',
    pair_left_out: 'pairs, line {{line}}: “{{pair}}” is left out, so nobody labels it. No pack was made.',
    audience_missing: 'Name a passphrase or the public keys of who may open the pack.',
    changed_since:
      'The study has changed since revision {{revision}} of “{{pack}}” was written, so it cannot be written again as it was. Top it up.',
    closed: 'The pack “{{name}}” is closed. Make another one.',
    exists:
      'There is a pack “{{name}}” already, and it holds something else. Top it up, or choose another name.',
    name_must_not_leave: '“{{text}}”, {{what}}, names what must not leave. Rename it. No pack was made.',
    never_written: 'This pack was never written.',
    no_pair_left: 'There is no pair for these raters that they do not have. No pack was made.',
    none_to_top_up: 'This study has no pack “{{name}}” to top up.',
    not_encrypted: 'The pack is not encrypted. A page holds encrypted packs only. No page was made.',
    pair_twice: 'pairs, line {{line}}: “{{pair}}” is named twice. No pack was made.',
    pair_unknown: 'pairs, line {{line}}: the study has no pair “{{pair}}”. No pack was made.',
    passphrase_too_short:
      'A passphrase takes {{fewest}} characters or more: whoever has the file can try as many as they like.',
    rater_rates_here:
      '“{{name}}” rates in this study already. Who works in a pack needs a pseudonym of their own. No pack was made.',
    recipient_invalid: '“{{recipient}}” is no public key of an age recipient.',
    return_not_whole: '{{name}}: line {{line}} {{reason}}.',
    return_of_namesake: '{{name}}: was made from another pack of the same name.',
    return_of_other_pack: '{{name}}: belongs to another pack.',
    too_many_raters: 'A pack has at most {{most}} raters; this one would have {{all}}.',
    undecided:
      '{{places}} places look as if they should not leave ({{groups}}). Mask or accept them. No pack was made.',
    unknown: 'This study has no such pack.',
    unknown_named: 'This study has no pack “{{pack}}”.',
  },
  quality: {
    adjudicator_has_no_votes: 'An adjudicator’s decisions are no votes that could be left out.',
    counts_already: '“{{name}}” counts already.',
    excluded_already: '“{{name}}” is excluded already.',
    may_work_already: '“{{name}}” may work already.',
    paused_already: '“{{name}}” is paused already.',
  },
  pairs: {
    cannot_be_known: 'Pair {{number}} {{reason}}. Nothing was changed.',
    known_trains:
      'Pair {{number}} trains raters, and how many there are decides who is through. Nothing was left out.',
    left_out_already: 'Pair {{number}} is left out already. Nothing was changed.',
    none_left_to_queue:
      'Each of these pairs stands in an adjudication, has a decision, a known answer, or is left out. Nothing was queued.',
    not_left_out: 'Pair {{number}} is not left out. Nothing was changed.',
    queue_would_tell:
      'This study is blind and has an adjudication that rests on a judge. Which pairs can still be queued would tell what the judge said. Nothing was queued.',
    unknown: 'This pair is not in the study. Nothing was changed.',
    unknown_named:
      'The study has no pair with the id “{{pair}}”, and none of that number. Nothing was changed.',
  },
  review: {
    blind:
      'This study is blind. Where a judge parts from people can be read after unblinding; an adjudication may take such pairs in before.',
    drawn_meanwhile: 'Another adjudication came first. Nothing was drawn.',
    no_disagreement: 'There is no disagreement left to adjudicate. Nothing was drawn.',
    no_gap: 'No pair shows a gap of an earlier guideline. Nothing was changed.',
    no_pair_in_common: 'People and this judge have no pair in common. Nothing was drawn.',
    pair_unknown: 'This pair is not in the study. Nothing was changed.',
  },
  terminal: {
    gate_asks_nothing: 'Ask for something: --min-kappa, --max-flip-rate, --not-below or --require-alt-test.',
    goal_missing: 'Say --kappa and --width, or --agreements with one share for each of two judges.',
    input_not_json: 'The input is not valid JSON.',
    json_fields: '{{problems}}.',
    json_fields_with_hint: '{{problems}}. {{hint}}',
    json_unreadable: '{{file}}: cannot be read as JSON ({{problem}}).',
    key_missing: 'Give the key on standard input.',
    argument_wrong: 'An argument is wrong. What is needed: {{needed}}.',
    file_unreadable: '{{file}}: cannot be read ({{problem}}).',
    line_problem: '{{file}}, line {{line}}: {{reason}}',
    named_by_both: '{{name}} is named by both --a-first and --b-first.',
    no_pack_open: 'There is no such pack open in this store.',
    no_result: 'It ended without a result.',
    no_store:
      'There is no store at {{path}}. Import something or start the app to make one, or name another with --store.',
    no_studies: 'There is no study named “{{name}}” in this store; it has none yet.',
    no_study: 'There is no study named “{{name}}” in this store; it has {{known}}.',
    option_needs_option: '--by {{by}} needs --{{option}}.',
    price_has_two_numbers:
      'A price has two numbers: dollars per million tokens in, and out. Neither removes it.',
    several_packs: 'Several packs are open here; name one with --pack: {{packs}}.',
    slice_unknown: 'No comparison of this study has a slice named “{{slice}}”.',
    slice_malformed: 'A slice is NAME=VALUE.',
    template_unknown: 'There is no template “{{template}}”; there are {{templates}}.',
    vendor_store: 'This store works on packs. Nothing of a lead’s is in it; see touchstone pack --help.',
  },
} as const;

export const ENGLISH = { ...RATER_ENGLISH, ...LEAD_ENGLISH } as const;
