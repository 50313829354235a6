import type { ReactNode } from 'react';

/** The head of a column of numbers, which stands over their last digit. */
export function NumberHead({ children }: { readonly children: ReactNode }) {
  return (
    <th scope="col" className="number">
      {children}
    </th>
  );
}
