/** 台帳の連携. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { ClientsPage } from './ClientsPage.tsx';
import { RegisterPage } from './RegisterPage.tsx';
import { RegistersPage } from './RegistersPage.tsx';

export const registersPages: readonly ConsolePage[] = [
  definePage({ path: '/registers', task: 'registers', act: 'view-registers', page: RegistersPage }),
  definePage({ path: '/registers/:register', task: 'registers', act: 'view-registers', page: RegisterPage }),
  definePage({ path: '/feed-clients', task: 'registers', act: 'manage-feed', page: ClientsPage }),
];
