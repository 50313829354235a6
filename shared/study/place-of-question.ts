import type { Conversation } from './conversation.ts';

/**
 * Where the question of a task stands: at its last turn of a user, or where nobody asked, at its last turn. What stands before
 * it is what it was asked after.
 */
export function placeOfQuestion(task: Conversation): number {
  const place = task.findLastIndex(({ role }) => role === 'user');
  return place === -1 ? Math.max(0, task.length - 1) : place;
}
