import type { RecordPage } from '../../../shared/formats/harness/read/record-page.ts';

/** Pages of one list, over the files of an import. */
interface PagedList {
  readonly files: Set<string>;
  records: number;
  readonly total: number | null;
  /** Pages that say that they are the first of a list. */
  firsts: number;
  /** Pages after which nothing follows. */
  ends: number;
}

/** The pages of lists that files hold: whether they are all of them. */
export class PageTally {
  readonly #lists = new Map<string, PagedList>();

  add(file: string, { list, records, total, hasMore, isFirst }: RecordPage): void {
    // Two lists of one name are told apart by how long they are.
    const key = `${list} ${total}`;
    const known = this.#lists.get(key) ?? { files: new Set(), records: 0, total, firsts: 0, ends: 0 };
    known.files.add(file);
    known.records += records.length;
    if (isFirst) known.firsts++;
    if (!hasMore) known.ends++;
    this.#lists.set(key, known);
  }

  /** What is missing of them. */
  warnings(): string[] {
    return [...this.#lists.values()].flatMap(({ files, records, total, firsts, ends }) => {
      const where = [...files].join(', ');
      // Several lists of one length are in sum as long as some of them.
      const lists = Math.max(firsts, Math.ceil(records / Math.max(1, total ?? 1)));
      const all = (total ?? 0) * lists;
      if (records < all)
        return [`${where}: ${records} of ${all} records: other pages of the list are missing.`];
      return ends >= Math.max(1, firsts)
        ? []
        : [`${where}: ends before its list does: the pages that follow are missing.`];
    });
  }
}
