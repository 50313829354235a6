/**
 * Pages of lists as the interfaces of tools reply with them: `{data: […], meta}` of Langfuse, `{object: 'list', data: […]}` of
 * OpenAI, `{rows: [{row}]}` of the data set viewer of Hugging Face, `{tasks: […]}`, `{runs: […]}`, `{items: […]}` and the like.
 * What is no member of such a page makes the object a record of its own.
 */

/** A page: its records, and what it says of the list that it is a part of. */
export interface RecordPage {
  readonly list: string;
  readonly records: readonly PageRecord[];
  /** Records of the whole list; null where the page does not say. */
  readonly total: number | null;
  /** Whether it says that more follows. */
  readonly hasMore: boolean;
  /** Whether it says that it is the first. */
  readonly isFirst: boolean;
}

/** What stands in a page: a record, or why it is none. */
export type PageRecord = { readonly value: unknown } | { readonly problem: string };

type Fields = Readonly<Record<string, unknown>>;

/** What lists are called, in a page. */
const LISTS = [
  ...['data', 'rows', 'runs', 'items', 'tasks', 'events', 'spans', 'traces', 'records', 'examples'],
  ...['results', 'feedback', 'annotations', 'scores', 'objects', 'entries', 'values', 'result'],
] as const;

/** Lists that no record of its own has, whatever stands beside them: Langfuse's reply about one run of a data set. */
const SURE_LISTS: readonly string[] = ['datasetRunItems'];

/** What a page says beside its list, with no regard to case and underscores. */
const BESIDE = new RegExp(
  [
    ...['^(?:meta|metadata|pagination|paging|pageinfo|object|features|partial|links?|status|success|code)$'],
    ...['^(?:errors?|self|limit|offset|size|version|took|freshnessstalenesspercent)$'],
    ...['^has(?:more|next|nextpage|prev|previous|previouspage)$'],
    ...['^(?:next|prev|previous|first|last)(?:id|page|pageurl|url|link|cursor|token|pagetoken|offset)?$'],
    ...['^(?:page|cursors?|count|pagesize|pagenumber|pagecount|perpage|numrowstotal|numrowsperpage)$'],
    ...['^total(?:items|count|pages|records|results|annotations|predictions|elements|rows|hits)?$'],
    ...['^(?:project|dataset|experiment|config|split|organization|version)(?:name|id|versionid)?$'],
    '^(?:filteredsplits|exportedat|createdat|updatedat)$',
  ].join('|'),
  'u',
);

/** A member at the top of an object, and the first two characters of its value that are not blank. */
export interface PageMember {
  readonly name: string;
  readonly begins: string;
}

const INNER_LIST = new RegExp(`"(?:${LISTS.join('|')})"\\s*:\\s*\\[\\s*[{\\]]`, 'u');

/** Whether an object that is known only by its beginning may be a page. @param head its text, cut off anywhere */
export function beginsPage(members: readonly PageMember[], head: string): boolean {
  if (members.some(({ name }) => SURE_LISTS.includes(name))) return true;
  // An evaluation of promptfoo begins with its results.
  if (members[0]?.name === 'results') return false;
  return (
    members.every(({ name }) => isList(name) || isBeside(name)) &&
    members.some(
      ({ name, begins }) =>
        isList(name) &&
        (begins === '[{' || begins === '[]' || (begins.startsWith('{') && INNER_LIST.test(head))),
    )
  );
}

/** The page that an object is; null for a record. */
export function recordPage(value: unknown): RecordPage | null {
  if (!isFields(value)) return null;
  const keys = Object.keys(value);
  const sure = keys.find((key) => SURE_LISTS.includes(key));
  const list = sure ?? keys.find(isList);
  if (list === undefined) return null;
  if (sure === undefined && !keys.every((key) => key === list || isBeside(key))) return null;
  const held = value[list];
  if (isFields(held)) {
    const inner = recordPage(held);
    return inner === null ? null : { ...inner, ...withOuter(inner, value) };
  }
  if (!Array.isArray(held) || !held.every(isFields)) return null;
  return {
    list,
    records: list === 'rows' ? held.map(viewedRow) : held.map((record) => ({ value: record })),
    total: totalOf(value),
    hasMore: isContinued(value),
    isFirst: isFirstPage(value),
  };
}

function withOuter(
  { total, hasMore, isFirst }: RecordPage,
  outer: Fields,
): Pick<RecordPage, 'total' | 'hasMore' | 'isFirst'> {
  return {
    total: total ?? totalOf(outer),
    hasMore: hasMore || isContinued(outer),
    isFirst: isFirst || isFirstPage(outer),
  };
}

/** A row of the data set viewer, which cuts long cells off and says which. */
function viewedRow(record: Fields): PageRecord {
  const { row, row_idx: place, truncated_cells: cut } = record;
  if (!isFields(row) || typeof place !== 'number') return { value: record };
  if (Array.isArray(cut) && cut.length > 0)
    return {
      problem: `row ${place}: the data set viewer cut ${cut.map(String).join(', ').slice(0, 200)} off; take the Parquet file of the data set instead`,
    };
  return { value: row };
}

const TOTALS = ['totalitems', 'total', 'totalcount', 'numrowstotal', 'totalrecords', 'totalresults', 'count'];

/** Objects in which a page says where it stands. */
function sayings(page: Fields): Fields[] {
  const inside = [
    ...['meta', 'metadata', 'pagination', 'paging', 'pageInfo', 'page_info', 'page', 'cursors'],
    ...['links', '_links'],
  ];
  return [page, ...inside.flatMap((key) => (isFields(page[key]) ? [page[key]] : []))];
}

function totalOf(page: Fields): number | null {
  const found = sayings(page).flatMap((said) =>
    Object.entries(said).filter(([key, value]) => TOTALS.includes(plain(key)) && Number.isSafeInteger(value)),
  );
  const [first] = found.sort(([one], [other]) => TOTALS.indexOf(plain(one)) - TOTALS.indexOf(plain(other)));
  return first === undefined ? null : Number(first[1]);
}

function isContinued(page: Fields): boolean {
  return sayings(page).some((said) => {
    const at = new Map(Object.entries(said).map(([key, value]) => [plain(key), value]));
    if (['hasmore', 'hasnext', 'hasnextpage'].some((key) => at.get(key) === true)) return true;
    if (at.get('hasmore') === false || at.get('hasnextpage') === false) return false;
    const [number, last] = [at.get('page'), at.get('totalpages')];
    if (typeof number === 'number' && typeof last === 'number') return number < last;
    return [...at].some(([key, next]) => {
      if (key === 'cursor') return typeof next === 'string' && next !== '';
      if (!key.startsWith('next')) return false;
      return typeof next === 'number' || isFields(next) || (typeof next === 'string' && next !== '');
    });
  });
}

function isFirstPage(page: Fields): boolean {
  return sayings(page).some((said) => said.page === 1 || said.offset === 0);
}

function isList(key: string): boolean {
  return (LISTS as readonly string[]).includes(key);
}

function isBeside(key: string): boolean {
  return BESIDE.test(plain(key));
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[_-]/gu, '');
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
