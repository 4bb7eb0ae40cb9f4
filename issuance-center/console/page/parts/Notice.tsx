/** A sentence that must not be missed. Bad ones interrupt a screen reader, the others wait their turn. */
import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'warning' | 'plain';
const NAMES: Readonly<Record<Tone, string>> = {
  good: '完了',
  bad: 'エラー',
  warning: '注意',
  plain: 'お知らせ',
};

interface Props {
  readonly tone: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  /** it stood there when the page opened: not read out by itself */
  readonly isQuiet?: boolean;
}

export function Notice({ tone, title, children, isQuiet }: Props) {
  const role = isQuiet ? undefined : tone === 'bad' ? 'alert' : 'status';
  return (
    <div className={`notice notice-${tone}`} role={role}>
      <span className="notice-name">{NAMES[tone]}</span>
      <div>
        {title && <p className="notice-title">{title}</p>}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  );
}
