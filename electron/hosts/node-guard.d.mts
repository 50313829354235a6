export function requireNodeApi(
  versions?: { readonly node?: string; readonly napi?: string },
  exit?: (code: number) => void,
): void;
