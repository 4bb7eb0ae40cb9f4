/** 監査記録. */
import { definePage, type ConsolePage } from '../../base/pages.tsx';
import { AuditPage } from './AuditPage.tsx';

export const auditPages: readonly ConsolePage[] = [
  definePage({ path: '/audit', task: 'audit', act: 'view-audit', page: AuditPage }),
];
