/** 開示請求. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { DisclosurePage } from './DisclosurePage.tsx';

export const disclosurePages: readonly ConsolePage[] = [
  definePage({ path: '/disclosure', task: 'disclosure', act: 'make-disclosure', page: DisclosurePage }),
];
