import type { ReplyOf } from '../contract/methods.ts';

/** What a deletion says when it is done: also where the study still is. */
export function deletedStudyLines({
  name,
  pairs,
  votes,
  isPending,
  backups,
}: ReplyOf<'studies.delete'>): string[] {
  const counts = `${pairs.toLocaleString('en')} pairs and ${votes.toLocaleString('en')} votes`;
  return [
    `“${name}” was deleted, with ${counts}. The log keeps its name and that it was deleted.`,
    ...(isPending
      ? [
          'The store’s journal still holds it while somebody reads. It goes with the next vote or with the end of Touchstone.',
        ]
      : []),
    ...(backups.length > 0
      ? [
          'It is still in the backups beside the store. Remove them where it must be gone there, too:',
          ...backups,
        ]
      : []),
    'Exports, packs and copies of the store that were made elsewhere still hold it.',
  ];
}
