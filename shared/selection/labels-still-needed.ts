/**
 * Labels still needed until an interval is as narrow as wished, from how wide it is now: widths fall with the square root
 * of the labels. 0 where it is narrow enough.
 */
export function labelsStillNeeded(labels: number, width: number, wished: number): number {
  return Math.max(0, Math.ceil(labels * (width / wished) ** 2) - labels);
}
