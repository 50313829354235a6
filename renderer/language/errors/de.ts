import type { ErrorTexts } from './error-texts.ts';

export const deErrors: ErrorTexts = {
  call: {
    body_too_large: 'Der Aufruf ist größer als 8 MiB.',
    cancelled: 'Angehalten. Nichts wurde geändert.',
    closing: 'Touchstone wird gerade geschlossen. Nichts wurde gespeichert.',
    failed: 'Im Programm ist etwas schiefgegangen. Sagen Sie es der Leitung der Studie.',
    failed_in_page: 'Auf dieser Seite ist etwas schiefgegangen. Jede gespeicherte Stimme ist sicher.',
    failed_logged:
      'Im Programm ist etwas schiefgegangen; im Protokoll heißt es {{logId}}. Nichts blieb halb getan. Sagen Sie es der Leitung der Studie.',
    input_invalid: 'Diese Angabe passt nicht zur Studie. Nichts wurde gespeichert.',
    method_missing: 'Dem Aufruf fehlt der Name dessen, was getan werden soll.',
    method_unknown: 'Das kann dieses Touchstone nicht: „{{method}}“. Ist es älter als die Seite?',
    no_answer:
      'Touchstone antwortet nicht. Wurde es geschlossen, starten Sie es erneut; jede gespeicherte Stimme ist sicher.',
    no_key:
      'Dieses Fenster hat keinen Schlüssel zum Speicher: Touchstone wurde inzwischen neu gestartet, oder in einem anderen Browser. Öffnen Sie in diesem Browser die Adresse, die es jetzt anzeigt; dieses Fenster macht dann von selbst weiter, und nichts darin geht verloren.',
    not_for_pages: '{{method}} ist Befehlen auf diesem Rechner vorbehalten.',
    not_from_page: 'Dieser Aufruf kam nicht von der Seite.',
    not_json: 'Der Aufruf ist kein gültiges JSON.',
    not_json_type: 'Aufrufe müssen application/json sein.',
    opening_other_store: 'Touchstone öffnet gerade andere Daten.',
  },
  store: {
    busy: 'Ein anderes Programm schreibt gerade in die Daten. Nichts wurde geändert; versuchen Sie es noch einmal.',
    damaged: 'Die Daten in {{path}} sind beschädigt ({{problem}}). Sagen Sie es der Leitung der Studie.',
    disk_full: 'Der Datenträger mit {{path}} ist voll. Nichts wurde geändert.',
    file_gone:
      '{{path}} wurde verschoben, gelöscht oder ersetzt, während die Datei offen war. Es wird nichts mehr gespeichert, damit nichts dorthin gerät, wo es niemand findet. Legen Sie die Datei zurück, oder schließen Sie Touchstone und starten Sie es erneut.',
    not_durable: 'Die Daten lassen sich nicht so öffnen, dass Gespeichertes sicher ist.',
    read_only: '{{path}} darf hier nur gelesen werden. Nichts wurde gespeichert.',
    unusable: 'Die Daten in {{path}} sind nicht benutzbar ({{problem}}).',
  },
  disk: {
    closed: '{{path}} lässt sich nicht schreiben ({{code}}). Was vorher da war, ist unverändert.',
    full: 'Der Datenträger ist voll: {{path}} konnte nicht ganz geschrieben werden ({{code}}). Was vorher da war, ist unverändert, und nichts Halbes blieb liegen.',
  },
  file: {
    larger_than_window: '{{name}} ist größer, als dieses Fenster annimmt.',
    no_studies_beside:
      'Dieser Speicher wurde für sich geöffnet: Es gibt keine Studien, zu denen es zurückgeht.',
    no_dialog: 'Hier gibt es kein eigenes Fenster zur Auswahl von Dateien.',
    not_at_hand: 'Diese Datei ist nicht mehr zur Hand. Wählen Sie sie noch einmal.',
    not_by_parts: 'Diese Datei wurde nicht in Teilen übergeben.',
    not_ordinary: '{{name}}: ist keine gewöhnliche Datei. Nichts wurde geändert.',
    unreadable: '{{name}}: lässt sich nicht lesen ({{code}}). Nichts wurde geändert.',
  },
  seat: {
    forbidden: 'Dieses Fenster wurde „{{rater}}“ übergeben. Die Leitung kann es zurücknehmen.',
    handed: 'Dieses Fenster wurde jemandem zum Bewerten übergeben. Die Leitung kann es zurücknehmen.',
    handed_meanwhile: 'Das Fenster wurde inzwischen jemand anderem übergeben. Nichts wurde geändert.',
    wait: 'Zu viele falsche Passphrasen. Versuchen Sie es in {{seconds}} s noch einmal.',
    wrong_passphrase: 'Das ist nicht die Passphrase. Das Fenster bleibt, wie es ist.',
  },
  rating: {
    answer_not_offered: 'Die Antwort „{{answer}}“ gibt es in dieser Studie nicht.',
    audit_complete: 'Die Nachprüfung ist abgeschlossen: Ihre Stimmen sind endgültig.',
    block_closed: 'Der Block dieses Paars ist abgeschlossen: Seine Stimme ist endgültig.',
    block_not_done: 'Ein Block lässt sich abschließen, sobald alle seine Paare eine Stimme haben.',
    command_used: 'Diese Kennung wurde schon für etwas anderes benutzt. Nichts wurde gespeichert.',
    confidence_not_asked: 'Diese Studie fragt nicht, wie sicher man sich ist.',
    consent_changed: 'Der Text der Einwilligung wurde inzwischen geändert. Lesen Sie ihn noch einmal.',
    consent_missing: 'Diese Studie braucht zuerst Ihre Einwilligung. Nichts wurde gespeichert.',
    criterion_missing: 'Ohne Antwort auf „{{criterion}}“ gilt keine Stimme.',
    criterion_unknown: 'Ein Kriterium „{{criterion}}“ gibt es in dieser Studie nicht.',
    guess_made: 'Diese Frage ist beantwortet. Dabei bleibt es.',
    guess_not_theirs: 'Diese Frage wurde nicht Ihnen gestellt.',
    guideline_unknown:
      'Die Stimme nennt Fassung {{version}} des Leitfadens, die hier niemandem gezeigt wurde.',
    has_vote: 'Dieses Paar hat schon eine Stimme. Nehmen Sie sie zurück, um noch einmal abzustimmen.',
    idle_too_long: 'war länger unberührt, als es zu sehen war',
    name_is_personal:
      'Das sieht nach einer Adresse oder einer Nummer aus, die zu einer Person führt. Wählen Sie ein Pseudonym.',
    name_works_in_pack:
      'Wer „{{name}}“ heißt, arbeitet im Paket „{{pack}}“. Wählen Sie hier ein anderes Pseudonym.',
    no_vote_on_pair: 'Sie haben auf dieses Paar keine Stimme abgegeben.',
    note_hides:
      'Die Anmerkung enthält Zeichen, die Text verstecken oder umkehren; so wird keine gespeichert.',
    nothing_to_undo: 'Es gibt keine Stimme, die zurückgenommen werden kann.',
    pair_not_theirs: 'Dieses Paar gehört nicht zu Ihren Paaren.',
    rater_is_adjudicator:
      '„{{name}}“ entscheidet in dieser Studie strittige Fälle. Für die andere Rolle braucht es ein anderes Pseudonym.',
    rater_is_rater:
      '„{{name}}“ bewertet in dieser Studie. Für die andere Rolle braucht es ein anderes Pseudonym.',
    rater_unknown: 'Unter dem Namen „{{name}}“ bewertet in dieser Studie niemand.',
    reason_unknown: 'Einen Grund „{{reason}}“ gibt es in dieser Studie nicht.',
    skip_needs_reason: 'Ein übersprungenes Paar braucht einen Grund, und nur ein übersprungenes hat einen.',
    spans_not_asked: 'Diese Studie fragt nicht nach markierten Stellen.',
    strength_missing: 'Diese Studie fragt, um wie viel eine Seite besser ist, 1 bis {{strongest}}.',
    strength_not_asked: 'Diese Studie fragt nicht, um wie viel eine Seite besser ist.',
    study_archived:
      'Die Studie „{{name}}“ ist archiviert: In ihr beginnt nichts Neues. Wer sie leitet, kann sie aus dem Archiv holen.',
    study_deleted: 'Diese Studie wurde gelöscht, mit allem, was in ihr erfasst war.',
    study_unknown: 'Diese Studie gibt es hier nicht.',
    work_gone:
      'Woran dieses Fenster gearbeitet hat, ist nicht mehr im Speicher: Die Studie wurde gelöscht. Es wurde nichts erfasst.',
    taken_over:
      'Die Arbeit wurde in einem anderen Fenster fortgesetzt. Jede gespeicherte Stimme ist sicher; hier können Sie weitermachen.',
    viewed_too_long: 'war {{days}} Tage lang zu sehen, und das ist kein Paar',
    viewed_too_short: 'war {{viewedMs}} ms lang zu sehen, und die Studie verlangt {{minimumMs}} ms',
    vote_impossible: 'Das Paar {{>reason}}. Nichts wurde gespeichert.',
    vote_not_asked: '{{>reason}} Nichts wurde gespeichert.',
  },
  pack: {
    altered:
      '{{name}}: wurde unterwegs verändert oder abgeschnitten. Nichts wurde geöffnet; lassen Sie es sich noch einmal schicken.',
    altered_file: 'wurde nach dem Unterschreiben verändert: {{file}} ist nicht, was unterschrieben wurde',
    altered_somewhere:
      'wurde nach dem Unterschreiben verändert, im Verzeichnis, in der Reihenfolge oder in der Unterschrift',
    comment_length: 'hat einen Kommentar von anderer Länge',
    costly: 'verlangt einen Aufwand von {{factor}}, und das Öffnen eines Pakets darf {{most}} kosten',
    cut_off: 'ist kein Paket oder wurde abgeschnitten',
    earlier_has_more: '{{file}}: hat weniger Paare als eine frühere Fassung',
    earlier_has_other: '{{file}}, Zeile {{line}}: ist ein anderes Paar als in einer früheren Fassung',
    file_cut_off: '{{file}}, Zeile {{line}}: wurde abgeschnitten',
    file_missing: '{{file}} fehlt',
    file_not_as_named: '{{file}} ist nicht die Datei, die manifest.json nennt',
    file_packed_otherwise: '{{file}} ist so gepackt, wie es kein Paket ist',
    file_too_large: '{{file}} wäre ausgepackt größer, als ein Paket sein kann',
    file_twice: 'enthält zwei Dateien namens {{file}}',
    file_unnamed: '{{file}} steht in keinem Verzeichnis',
    file_unpacks_not: '{{file}} lässt sich nicht auspacken',
    file_unpacks_to_more: '{{file}} ist ausgepackt größer, als angegeben',
    has_studies:
      'Hier liegen schon eigene Studien. Ein Paket wird getrennt davon geöffnet: touchstone pack open DATEI.',
    identity_invalid: 'Das ist kein Schlüssel von age (AGE-SECRET-KEY-…).',
    later_is_open:
      '{{name}}: eine spätere Fassung dieses Pakets ist hier schon offen. Nichts wurde geändert.',
    lead_method: 'Hier wird an Paketen gearbeitet. Was die Leitung fragt, wird hier nicht beantwortet.',
    line_not_text: '{{file}}, Zeile {{line}}: ist kein reines UTF-8',
    line_too_long: '{{file}}, Zeile {{line}}: ist länger, als eine Zeile sein kann',
    manifest_contradicts: 'manifest.json: {{>reason}}',
    manifest_field: 'manifest.json: {{field}}: {{reason}}',
    manifest_file_missing: 'files: {{file}} fehlt',
    manifest_file_rows: 'files: {{file}} hat {{rows}} Zeilen, genannt sind {{named}}',
    manifest_files_alike: 'files: zwei tragen denselben Namen',
    manifest_files_unnamed: 'files: eine ist da, die nichts nennt, oder eine fehlt',
    manifest_missing: 'hat kein manifest.json',
    manifest_not_canonical: 'manifest.json ist nicht in der vorgeschriebenen Form',
    manifest_not_json: 'manifest.json ist kein gültiges JSON',
    manifest_not_text: 'manifest.json ist kein reines UTF-8',
    manifest_raters_alike: 'raters: zwei tragen denselben Namen',
    manifest_too_large: 'manifest.json ist zu groß',
    name_not_a_packs: 'enthält etwas unter einem Namen, den kein Paket hat: „{{file}}“',
    newer: 'stammt von einem neueren Touchstone (Fassung {{version}} des Formats)',
    no_methods_beside: 'Diese Seite arbeitet an einem Paket und beantwortet sonst nichts.',
    not_a_file: '{{file}} ist ein Verweis oder ein Gerät, keine Datei',
    not_open: 'Dieses Paket ist hier nicht offen.',
    not_whole: 'ist kein ganzes Paket',
    other_key:
      'HALT. {{name}} ist mit einem anderen Schlüssel unterschrieben als die bisherigen Pakete dieser Studie. Bisher: {{before}}. Jetzt: {{now}}. Fragen Sie auf einem anderen Weg als dem, auf dem die Datei kam, welche Wörter gelten. Nichts wurde geöffnet.',
    other_key_in_page:
      'Dieses Paket ist mit einem anderen Schlüssel unterschrieben als die bisherigen Pakete.',
    other_study: 'trägt die Kennung eines Pakets einer anderen Studie, das hier offen ist',
    passphrase_missing:
      'Wählen Sie zuerst eine Passphrase: Sie hält andere an diesem Rechner von Ihren Stimmen fern.',
    passphrase_wrong: 'Das ist nicht die Passphrase von „{{rater}}“.',
    rater_unknown: 'In diesem Paket gibt es kein Pseudonym „{{rater}}“. Wählen Sie eines der vorhandenen.',
    raters_only: 'An einem Paket arbeiten nur Bewertende.',
    refused: '{{name}}: {{>reason}}. Nichts wurde geöffnet.',
    refused_here: 'Dieses Paket: {{>reason}}. Nichts wurde geöffnet.',
    revision_differs:
      'gibt sich als Fassung {{revision}} eines Pakets aus, das hier offen ist, und ist nicht dasselbe',
    row_field: '{{file}}, Zeile {{line}}: passt nicht zum Format ({{reason}})',
    row_id_not_in_order: '{{file}}, Zeile {{line}}: id: ist nicht in der Reihenfolge oder steht zweimal da',
    row_id_twice: '{{file}}, Zeile {{line}}: id: steht zweimal da',
    row_part_misplaced: '{{file}}, Zeile {{line}}: part: steht nicht an seinem Platz',
    row_text_missing: '{{file}}, Zeile {{line}}: {{field}}: diesen Text hat das Paket nicht',
    secret_wrong: 'Diese Passphrase öffnet es nicht, oder die Datei wurde verändert.',
    split: 'ist über mehrere Datenträger verteilt',
    too_many_files: 'hat mehr Dateien, als ein Paket haben kann',
    unlock_identity_wrong:
      '{{name}}: dieser Schlüssel öffnet es nicht, oder die ersten Zeilen wurden verändert. Nichts wurde geöffnet.',
    unlock_passphrase_wrong:
      '{{name}}: diese Passphrase öffnet es nicht, oder die ersten Zeilen wurden verändert. Nichts wurde geöffnet.',
    unsigned: 'trägt keine Unterschrift eines Pakets',
  },
};
