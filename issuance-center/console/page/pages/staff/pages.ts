/** 職員. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { StaffPage } from './StaffPage.tsx';

export const staffPages: readonly ConsolePage[] = [
  definePage({ path: '/staff', task: 'staff', act: 'manage-staff', page: StaffPage }),
];
