/** 印鑑登録とカード. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { CounterPage } from './CounterPage.tsx';

export const counterPages: readonly ConsolePage[] = [
  definePage({ path: '/counter', task: 'counter', act: 'link-seal-card', page: CounterPage }),
];
