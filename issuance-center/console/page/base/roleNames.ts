/** 役割 as staff read them. */
import type { Role } from '../../permissions.ts';

export const roleNames: Readonly<Record<Role, string>> = {
  viewer: '閲覧',
  editor: '編集',
  approver: '承認',
  'family-register-officer': '戸籍担当',
  administrator: '管理',
};
