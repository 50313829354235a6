import type { ShownDetails } from '../study/vote-details.ts';
import type { VoteRow } from './return-rows.ts';

type RowDetails = NonNullable<VoteRow['details']>;

/** What a vote adds to its verdict, as a return carries it: without empty parts, and without any text of an item. */
export function detailsOfRow({ criteria, reasonTags, spans }: ShownDetails): RowDetails | null {
  const details: RowDetails = {
    ...(criteria === undefined || Object.keys(criteria).length === 0 ? {} : { criteria }),
    ...(reasonTags === undefined || reasonTags.length === 0 ? {} : { reasonTags: [...new Set(reasonTags)] }),
    ...(spans === undefined || spans.length === 0
      ? {}
      : { spans: spans.map(({ side, from, to }) => ({ side, from, to })) }),
  };
  return Object.keys(details).length === 0 ? null : details;
}

/** The same about the screen again: marked places come back without what stands there. */
export function shownDetailsOfRow({ criteria, reasonTags, spans }: RowDetails): ShownDetails {
  return {
    ...(criteria === undefined ? {} : { criteria }),
    ...(reasonTags === undefined ? {} : { reasonTags }),
    ...(spans === undefined ? {} : { spans: spans.map((span) => ({ ...span, quote: '' })) }),
  };
}
