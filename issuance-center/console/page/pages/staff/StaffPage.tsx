/** 職員: who there is, inviting, roles, closing an account. */
import { useState } from 'react';
import { done } from '../../../../contract/console/session.ts';
import { inviteAnswer, staffList, type StaffEntry } from '../../../../contract/console/staff.ts';
import type { Role } from '../../../permissions.ts';
import { api, type ApiPath } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { roleNames } from '../../base/roleNames.ts';
import { useAct } from '../../base/useAct.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { DialogFrame } from '../../parts/DialogFrame.tsx';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { InviteLink, type Link } from './InviteLink.tsx';
import { RoleFields } from './RoleFields.tsx';

type Doing =
  | { readonly at: 'inviting' }
  | { readonly at: 'link'; readonly link: Link }
  | { readonly at: 'roles' | 'disabling' | 'again'; readonly entry: StaffEntry };

export function StaffPage() {
  const { asked, reload } = useAnswer(staffList, '/api/staff');
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const showLink = async (link: Link) => {
    setDoing({ at: 'link', link });
    await reload();
  };
  return (
    <>
      <PageHeading
        title="職員"
        lead="管理画面を使う人です。承認する人は、作った人とは別の人にしてください。"
        actions={
          <button type="button" className="button button-main" onClick={() => setDoing({ at: 'inviting' })}>
            職員を招待する
          </button>
        }
      />
      <Waiting asked={asked} reload={reload}>
        {({ staff }) => (
          <DataTable
            caption="職員"
            columns={columns(setDoing)}
            rows={staff}
            rowKey={({ staffId }) => staffId}
            empty={<p>まだだれもいません。「職員を招待する」から始めてください。</p>}
          />
        )}
      </Waiting>
      <DialogFrame title="職員を招待する" isOpen={doing?.at === 'inviting'} onClose={close}>
        <InviteForm onInvited={showLink} onClose={close} />
      </DialogFrame>
      <DialogFrame title="招待のリンク" isOpen={doing?.at === 'link'} onClose={close}>
        {doing?.at === 'link' && <InviteLink link={doing.link} onClose={close} />}
      </DialogFrame>
      <DialogFrame title="役割を変える" isOpen={doing?.at === 'roles'} onClose={close}>
        {doing?.at === 'roles' && <RolesForm entry={doing.entry} onClose={close} reload={reload} />}
      </DialogFrame>
      <ConfirmDialog
        title="この職員を使えなくしますか"
        isOpen={doing?.at === 'disabling'}
        onClose={close}
        act="使えなくする"
        isDestructive
        onConfirm={async () => {
          if (doing?.at !== 'disabling') return;
          await api.post(done, `/api/staff/${doing.entry.staffId}/disable` as ApiPath);
          await reload();
        }}
      >
        <p>すぐにログアウトし、もうログインできなくなります。もう一度使うときは、招待し直します。</p>
      </ConfirmDialog>
      <ConfirmDialog
        title="招待し直しますか"
        isOpen={doing?.at === 'again'}
        onClose={close}
        act="招待し直す"
        isDestructive
        onConfirm={async () => {
          if (doing?.at !== 'again') return;
          const link = await api.post(
            inviteAnswer,
            `/api/staff/${doing.entry.staffId}/invitation` as ApiPath,
          );
          // after the dialog has closed itself
          setTimeout(() => void showLink(link), 0);
        }}
      >
        <p>
          パスワード、パスキー、認証アプリ、回復コードは、すべて使えなくなります。新しいリンクで登録し直します。
        </p>
      </ConfirmDialog>
    </>
  );
}

const STATES = {
  invited: { tone: 'warning', words: '招待中' },
  active: { tone: 'good', words: '使用中' },
  disabled: { tone: 'plain', words: '使用停止' },
} as const;

const rolesWords = (own: readonly Role[]): string => own.map((role) => roleNames[role]).join('、');

function columns(onDo: (doing: Doing) => void): readonly Column<StaffEntry>[] {
  return [
    { id: 'name', label: '名前', value: ({ displayName }) => displayName, isRowHead: true },
    { id: 'login', label: 'ログイン名', value: ({ login }) => login },
    { id: 'roles', label: '役割', value: ({ roles }) => rolesWords(roles) },
    {
      id: 'state',
      label: '状態',
      value: ({ state, locked }) => `${STATES[state].words}${locked ? '（一時停止中）' : ''}`,
      cell: ({ state, locked }) => (
        <>
          <StateBadge tone={STATES[state].tone}>{STATES[state].words}</StateBadge>
          {locked && <StateBadge tone="warning">一時停止中</StateBadge>}
        </>
      ),
    },
    {
      id: 'acts',
      label: '操作',
      value: () => null,
      isFixed: true,
      isOnlyShown: true,
      cell: (entry) => <Acts entry={entry} onDo={onDo} />,
    },
  ];
}

function Acts({ entry, onDo }: { readonly entry: StaffEntry; readonly onDo: (doing: Doing) => void }) {
  const who = useWho();
  if (entry.staffId === who.staffId) return <span className="soft">自分</span>;
  const act = (at: 'roles' | 'disabling' | 'again', words: string) => (
    <button
      type="button"
      className="button button-small"
      aria-label={`${entry.displayName}：${words}`}
      onClick={() => onDo({ at, entry })}
    >
      {words}
    </button>
  );
  return (
    <div className="actions">
      {entry.state !== 'disabled' && act('roles', '役割を変える')}
      {act('again', '招待し直す')}
      {entry.state !== 'disabled' && act('disabling', '使えなくする')}
    </div>
  );
}

function InviteForm({
  onInvited,
  onClose,
}: {
  readonly onInvited: (link: Link) => Promise<void>;
  readonly onClose: () => void;
}) {
  const [login, setLogin] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(['viewer']);
  const act = useAct(async () => {
    await onInvited(await api.post(inviteAnswer, '/api/staff', { login, displayName, roles }));
  });
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <TextField
        path="displayName"
        label="名前"
        value={displayName}
        onChange={setDisplayName}
        maxLength={60}
      />
      <TextField
        path="login"
        label="ログイン名"
        help="英小文字・数字・記号（. @ _ -）。例：hanako@kakuu.example"
        value={login}
        onChange={setLogin}
        maxLength={64}
      />
      <RoleFields roles={roles} onChange={setRoles} />
      <div className="actions">
        <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
          招待のリンクを作る
        </button>
        <button type="button" className="button" onClick={onClose}>
          やめる
        </button>
      </div>
    </Form>
  );
}

interface RolesProps {
  readonly entry: StaffEntry;
  readonly onClose: () => void;
  readonly reload: () => Promise<void>;
}

function RolesForm({ entry, onClose, reload }: RolesProps) {
  const say = useAnnounce();
  const [roles, setRoles] = useState<readonly Role[]>(entry.roles);
  const act = useAct(async () => {
    await api.put(done, `/api/staff/${entry.staffId}/roles` as ApiPath, { roles });
    say('役割を変えました。本人は、もう一度ログインします');
    onClose();
    await reload();
  });
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <p>{entry.displayName}</p>
      <RoleFields roles={roles} onChange={setRoles} />
      <div className="actions">
        <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
          変える
        </button>
        <button type="button" className="button" onClick={onClose}>
          やめる
        </button>
      </div>
    </Form>
  );
}
