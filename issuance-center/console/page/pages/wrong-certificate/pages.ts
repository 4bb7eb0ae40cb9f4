/** 誤交付の手順. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { CasePage } from './CasePage.tsx';
import { CasesPage } from './CasesPage.tsx';

export const wrongCertificatePages: readonly ConsolePage[] = [
  definePage({
    path: '/wrong-certificate',
    task: 'issued',
    act: 'handle-wrong-certificate',
    page: CasesPage,
  }),
  definePage({
    path: '/wrong-certificate/:id',
    task: 'issued',
    act: 'handle-wrong-certificate',
    page: CasePage,
  }),
];
