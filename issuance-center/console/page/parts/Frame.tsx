/** The frame of pages for people who are not signed in: the name on top, one column. */
import type { ReactNode } from 'react';

export function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <header className="top-bar">
        <p className="product">コンビニ交付 管理画面</p>
      </header>
      <main className="frame">{children}</main>
    </>
  );
}
