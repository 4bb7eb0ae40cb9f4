/** 自分のアカウント. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { AccountPage } from './AccountPage.tsx';

export const accountPages: readonly ConsolePage[] = [
  definePage({ path: '/account', task: 'account', act: 'use-own-account', page: AccountPage }),
];
