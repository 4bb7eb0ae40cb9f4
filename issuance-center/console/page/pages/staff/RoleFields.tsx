/** 役割, with what each may do in plain words. */
import type { Role } from '../../../permissions.ts';
import { roleNames } from '../../base/roleNames.ts';
import { CheckField, FieldGroup } from '../../parts/fields.tsx';

const EXPLANATIONS: Readonly<Record<Role, string>> = {
  viewer: '数や設定を見る。変えることはできません',
  editor: '設定の下書きを作る、見本を印刷する、交付を止める、証明書を無効にする',
  approver: 'ほかの人が作った設定を承認する、止めた交付を始める、警報を閉じる、開示請求に答える',
  'family-register-officer': '戸籍の記録を扱う、交付を止める、証明書を無効にする、開示請求に答える',
  administrator: '職員と、台帳の連携に使う証明書を管理する、監査記録を見る',
};
const ORDER = Object.keys(EXPLANATIONS) as Role[];

interface Props {
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}

export function RoleFields({ roles, onChange }: Props) {
  return (
    <FieldGroup path="roles" legend="役割（いくつでも）">
      {ORDER.map((role) => (
        <CheckField
          key={role}
          path={`roles.${role}`}
          label={roleNames[role]}
          help={EXPLANATIONS[role]}
          isChecked={roles.includes(role)}
          onChange={(isChecked) =>
            onChange(isChecked ? [...roles, role] : roles.filter((one) => one !== role))
          }
        />
      ))}
    </FieldGroup>
  );
}
