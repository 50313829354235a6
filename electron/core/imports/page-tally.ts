import type { RecordPage } from '../../../shared/formats/harness/read/record-page.ts';

/** Pages of one list, over the files of an import. */
interface PagedList {
  readonly files: Set<string>;
  records: number;
  total: number | null;
  /** Whether there was a page after which nothing follows. */
  hasEnd: boolean;
}

/** The pages of lists that files hold: whether they are all of them. */
export class PageTally {
  readonly #lists = new Map<string, PagedList>();

  add(file: string, { list, records, total, hasMore }: RecordPage): void {
    // Two lists of one name are told apart by how long they are.
    const key = `${list} ${total}`;
    const known = this.#lists.get(key) ?? { files: new Set(), records: 0, total, hasEnd: false };
    known.files.add(file);
    known.records += records.length;
    known.hasEnd ||= !hasMore;
    this.#lists.set(key, known);
  }

  /** What is missing of them. */
  warnings(): string[] {
    return [...this.#lists.values()].flatMap(({ files, records, total, hasEnd }) => {
      const where = [...files].join(', ');
      // Several lists of one length are in sum as long as some of them.
      const all = total === null ? 0 : total * Math.ceil(records / Math.max(1, total));
      if (records < all)
        return [`${where}: ${records} of ${all} records: other pages of the list are missing.`];
      if (total !== null) return [];
      return hasEnd ? [] : [`${where}: ends before its list does: the pages that follow are missing.`];
    });
  }
}
