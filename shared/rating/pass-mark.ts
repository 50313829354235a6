/** How many of some answers reach a pass mark; a product a hair above a whole number is that number. */
export function answersToPass(passMark: number, answers: number): number {
  return Math.max(0, Math.ceil(passMark * answers - 1e-9));
}
