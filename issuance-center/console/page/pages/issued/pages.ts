/** 交付の記録. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { CertificatePage } from './CertificatePage.tsx';
import { IssuedPage } from './IssuedPage.tsx';

export const issuedPages: readonly ConsolePage[] = [
  definePage({ path: '/issued', task: 'issued', act: 'view-issued', page: IssuedPage }),
  definePage({ path: '/issued/:issueNumber', task: 'issued', act: 'view-issued', page: CertificatePage }),
];
