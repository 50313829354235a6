/** Stands wherever figures or texts of made-up data are shown. */
export function SyntheticBadge() {
  return <span className="badge">synthetic data</span>;
}
