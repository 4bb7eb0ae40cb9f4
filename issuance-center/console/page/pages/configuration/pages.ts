/** 証明書の種類. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { OverviewPage } from './OverviewPage.tsx';

export const configurationPages: readonly ConsolePage[] = [
  definePage({
    path: '/certificates',
    task: 'certificates',
    act: 'view-configuration',
    page: OverviewPage,
  }),
];
