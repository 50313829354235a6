import { type RecordPage, recordPage } from '../../../shared/formats/harness/read/record-page.ts';
import type { FileLayout, SourceRecord } from './import-source.ts';

/**
 * Records as they come, or, in JSON that begins with a page of a list, those that stand in its pages.
 *
 * @param onPage told of each page
 */
export async function* unfoldPages(
  batches: AsyncIterable<readonly SourceRecord[]>,
  { format }: Pick<FileLayout, 'format'>,
  onPage: (page: RecordPage) => void = () => undefined,
): AsyncGenerator<readonly SourceRecord[]> {
  let areOfPages = format.startsWith('json') ? undefined : false;
  let read = 0;
  for await (const batch of batches) {
    areOfPages ??= pageOf(batch[0]) !== null;
    if (!areOfPages) {
      yield batch;
      continue;
    }
    const unfolded: SourceRecord[] = [];
    for (const source of batch) {
      const page = pageOf(source);
      if (page !== null) onPage(page);
      for (const record of page?.records ?? [source])
        unfolded.push({ ...record, line: source.line, recordNumber: ++read });
    }
    yield unfolded;
  }
}

function pageOf(source: SourceRecord | undefined): RecordPage | null {
  return source !== undefined && 'value' in source ? recordPage(source.value) : null;
}
