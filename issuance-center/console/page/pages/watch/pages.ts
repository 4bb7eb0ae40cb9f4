/** 監視. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { WatchPage } from './WatchPage.tsx';

export const watchPages: readonly ConsolePage[] = [
  definePage({ path: '/watch', task: 'watch', act: 'view-watch', page: WatchPage }),
];
