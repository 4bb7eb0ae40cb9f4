/** How a page of the console is declared, and the list of tasks on the left. */
import type { ComponentType } from 'react';
import type { Act } from '../../permissions.ts';
import type { Parts } from './addresses.ts';

/** The tasks of the left navigation, in its order (screens.md 4); one whose act nobody of one's roles may is not shown. */
export const tasks = [
  { id: 'watch', label: '監視', path: '/watch', act: 'view-watch' },
  { id: 'certificates', label: '証明書の種類', path: '/certificates', act: 'view-configuration' },
  { id: 'registers', label: '台帳の連携', path: '/registers', act: 'view-registers' },
  { id: 'applications', label: '本籍地の申請', path: '/applications', act: 'view-applications' },
  { id: 'issued', label: '交付の記録', path: '/issued', act: 'view-issued' },
  { id: 'reports', label: '報告', path: '/reports', act: 'view-reports' },
  { id: 'disclosure', label: '開示請求', path: '/disclosure', act: 'make-disclosure' },
  { id: 'counter', label: '印鑑登録とカード', path: '/counter', act: 'link-seal-card' },
  { id: 'staff', label: '職員', path: '/staff', act: 'manage-staff' },
  { id: 'audit', label: '監査記録', path: '/audit', act: 'view-audit' },
  { id: 'account', label: '自分のアカウント', path: '/account', act: 'use-own-account' },
] as const satisfies readonly { id: string; label: string; path: string; act: Act }[];
export type TaskId = (typeof tasks)[number]['id'];

interface AnyPage {
  readonly path: string;
  readonly page: ComponentType<{ readonly parts: Readonly<Record<string, string>> }>;
}
/** A page behind the sign-in. The title stands on the page itself (parts/PageHeading.tsx). */
export interface ConsolePage extends AnyPage {
  readonly task: TaskId;
  /** who may open it; the center refuses the rest anyway */
  readonly act: Act;
}
/** A page for people who are not signed in, without the navigation. */
export type OpenPage = AnyPage;

/** `parts` of the page are those of its path: definePage({ path: '/staff/:staffId', … }). */
export function definePage<Path extends `/${string}`>(page: {
  readonly path: Path;
  readonly task: TaskId;
  readonly act: Act;
  readonly page: ComponentType<{ readonly parts: Parts<Path> }>;
}): ConsolePage {
  return page as unknown as ConsolePage;
}

export function defineOpenPage<Path extends `/${string}`>(page: {
  readonly path: Path;
  readonly page: ComponentType<{ readonly parts: Parts<Path> }>;
}): OpenPage {
  return page as unknown as OpenPage;
}
