/** 本籍地の申請. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { ApplicationPage } from './ApplicationPage.tsx';
import { ApplicationsPage } from './ApplicationsPage.tsx';

export const applicationPages: readonly ConsolePage[] = [
  definePage({
    path: '/applications',
    task: 'applications',
    act: 'view-applications',
    page: ApplicationsPage,
  }),
  definePage({
    path: '/applications/:number',
    task: 'applications',
    act: 'view-applications',
    page: ApplicationPage,
  }),
];
