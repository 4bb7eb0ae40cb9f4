/** An answer of the center on its way: waiting, why it did not come, or what is made of it. */
import type { ReactNode } from 'react';
import type { Asked } from '../base/useAnswer.ts';
import { Notice } from './Notice.tsx';

interface Props<Value> {
  readonly asked: Asked<Value>;
  readonly reload: () => Promise<void>;
  readonly children: (value: Value) => ReactNode;
}

export function Waiting<Value>({ asked, reload, children }: Props<Value>) {
  switch (asked.at) {
    case 'asking':
      return (
        <p className="waiting" role="status">
          読みこんでいます…
        </p>
      );
    case 'failed':
      return (
        <Notice tone="bad">
          <p>{asked.reason}</p>
          <button type="button" className="button button-small" onClick={() => void reload()}>
            もう一度読みこむ
          </button>
        </Notice>
      );
    case 'answered':
      return <div aria-busy={asked.isOld}>{children(asked.value)}</div>;
  }
}
