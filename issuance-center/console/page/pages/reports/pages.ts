/** 報告. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { ReportsPage } from './ReportsPage.tsx';

export const reportPages: readonly ConsolePage[] = [
  definePage({ path: '/reports', task: 'reports', act: 'view-reports', page: ReportsPage }),
];
