/** Files that hold no records for an import, told by how they begin: what each is, and what to do with it. */

/** By the bytes they begin with, as Latin-1, at an offset. */
const MAGIC: readonly (readonly [string, string, number?])[] = [
  ['%PDF-', 'is a PDF document, not data'],
  ['SQLite format 3\u0000', 'is an SQLite database: export its table as CSV'],
  ['ARROW1', 'is an Arrow file: write it as Parquet'],
  ['\u00ff\u00ff\u00ff\u00ff', 'is a stream of Arrow: write it as Parquet'],
  ['ORC', 'is an ORC file: write it as Parquet'],
  ['Obj\u0001', 'is an Avro file: write it as Parquet or JSON Lines'],
  ['\u0089HDF\r\n', 'is an HDF5 file: write it as Parquet'],
  ['\u0093NUMPY', 'is a NumPy array, not data with names'],
  ['\u0080\u0002', 'is a pickle of Python, which nobody should open: write it as JSON Lines or Parquet'],
  ['\u0080\u0003', 'is a pickle of Python, which nobody should open: write it as JSON Lines or Parquet'],
  ['\u0080\u0004', 'is a pickle of Python, which nobody should open: write it as JSON Lines or Parquet'],
  ['\u0080\u0005', 'is a pickle of Python, which nobody should open: write it as JSON Lines or Parquet'],
  ['\u00d0\u00cf\u0011\u00e0', 'is a workbook or document of an old Office: save it as CSV (UTF-8)'],
  ['BZh', 'is packed by bzip2: unpack it first, or pack it by gzip or Zstandard'],
  ['\u00fd7zXZ\u0000', 'is packed by xz: unpack it first, or pack it by gzip or Zstandard'],
  ['\u0004"M\u0018', 'is packed by LZ4: unpack it first, or pack it by gzip or Zstandard'],
  ['7z\u00bc\u00af', 'is a 7-Zip archive: unpack it first'],
  ['Rar!', 'is a RAR archive: unpack it first'],
  ['ustar', 'is a tar archive: unpack it first', 257],
  ['\u0089PNG', 'is a picture, not data'],
  ['GIF8', 'is a picture, not data'],
  ['\u00ff\u00d8\u00ff', 'is a picture, not data'],
  ['\u007fELF', 'is a program, not data'],
  ['age-encryption.org/', 'is encrypted in the age format: a pack is opened with “touchstone pack open”'],
  ['\u001f\u008b', 'is packed by gzip more than twice: unpack it first'],
  ['(\u00b5/\u00fd', 'is packed by Zstandard more than twice: unpack it first'],
];

/** By how their text begins, blanks left out. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [
    /^version https:\/\/git-lfs\.github\.com\/spec\//u,
    'is a Git LFS pointer, not the file itself: run “git lfs pull” in the repository it comes from',
  ],
  [
    /^(?:\.\.\/)*(?:\.git)?\/?annex\/objects\/\S+\s*$/u,
    'is a pointer of git-annex, not the file itself: run “git annex get” in the repository it comes from',
  ],
  [
    /^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/iu,
    'is a web page, not data: download the file itself (the page may ask to sign in first)',
  ],
  [/^<\?xml\b|^<[A-Za-z][\w:-]*(?:\s[^<>]*)?>/u, 'is XML, which is not read: write it as JSON or CSV'],
  [/^%YAML|^---\s*(?:#.*)?\r?\n/u, 'is YAML, which is not read: write it as JSON'],
  [/^(?:from \S+ import |import [\w.]+\s*\n|#!\/)/u, 'is a program, not data'],
];

/** What a file is that has one of these names although it is none of them. */
const CLAIMED: readonly (readonly [RegExp, string])[] = [
  [/\.parquet$/iu, 'is named as a Parquet file and is none: damaged, or something in its place'],
  [/\.eval$/iu, 'is named as a log of Inspect and is no archive: damaged, or something in its place'],
];

const YAML_LINE = /^\s*(?:#.*|- .*|-|[\w."'/ -]+:(?:\s.*)?)$/u;

/** What the file is instead of a table or records; null where nothing speaks against these. */
export function foreignBytes(head: Buffer, name: string): string | null {
  const found = MAGIC.find(([magic, , at = 0]) => head.toString('latin1', at, at + magic.length) === magic);
  return found?.[1] ?? foreignPointer(head.toString('latin1', 0, 4096)) ?? foreignName(name);
}

function foreignPointer(start: string): string | null {
  return TEXTS.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}

function foreignName(name: string): string | null {
  return CLAIMED.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** lm-evaluation-harness's `results_<time>.json`: a task's numbers by metric and filter, or its alias. */
const LM_EVAL_RESULTS =
  /^\{\s*"results"\s*:\s*\{\s*"[^"]*"\s*:\s*\{\s*"(?:alias|name|sample_len|sample_count|[^",]+,[^"]+|[^"]+_stderr|acc|acc_norm|exact_match|word_perplexity)"\s*:/u;

/** What a tool wrote beside its records, which is read nowhere; null for any other file. */
export function besideRecords(text: string): string | null {
  return LM_EVAL_RESULTS.test(text.slice(0, 4096))
    ? 'holds the results of a run of lm-evaluation-harness in numbers: answers stand in samples_….jsonl beside it'
    : null;
}

/** As {@link foreignBytes}, by its text. */
export function foreignText(text: string, name: string): string | null {
  const start = text.slice(0, 4096);
  const told = foreignPointer(start);
  if (told !== null) return told;
  if (/^[[{]/u.test(text)) return null;
  if (/\.ya?ml$/iu.test(name) || isYaml(start)) return 'is YAML, which is not read: write it as JSON';
  return text.slice(0, 65_536).includes('\u0000\u0000')
    ? 'is no text, and no kind of file that is known'
    : null;
}

/** Names with colons behind them, line for line, and at least one that opens a level. */
function isYaml(start: string): boolean {
  const lines = start
    .split(/\r?\n/u)
    .slice(0, -1)
    .filter((line) => line.trim() !== '')
    .slice(0, 12);
  return (
    lines.length >= 3 &&
    lines.every((line) => YAML_LINE.test(line)) &&
    lines.some((line) => /^\s*[\w."'-]+:\s*$/u.test(line))
  );
}
