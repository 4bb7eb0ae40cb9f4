/** The frame of every page behind the sign-in: who one is, the tasks on the left, the page. */
import { useEffect } from 'react';
import { done } from '../../../contract/console/session.ts';
import { roleNames } from '../base/roleNames.ts';
import { partsIn } from '../base/addresses.ts';
import { api } from '../base/api.ts';
import { tasks, type TaskId } from '../base/pages.tsx';
import { goTo, usePlace } from '../base/place.ts';
import { useWho, type Who } from '../base/who.tsx';
import { consolePages } from '../pages/allPages.ts';
import { WaitingCount } from '../pages/applications/WaitingCount.tsx';
import { Link } from './Link.tsx';
import { PageHeading } from './PageHeading.tsx';

export function Shell() {
  const who = useWho();
  const { path } = usePlace();
  const found = pageAt(path);
  const isStart = path === '/';
  const first = tasksFor(who)[0]?.path;
  useEffect(() => {
    if (isStart && first) void goTo(first, { replace: true });
  }, [isStart, first]);
  return (
    <>
      <a className="skip" href="#main">
        本文へ進む
      </a>
      <TopBar who={who} />
      <div className="shell">
        <Tasks who={who} current={found?.page.task} at={path} />
        <main id="main" tabIndex={-1} key={path}>
          {found ? <Page {...found} /> : isStart ? null : <NotThere />}
        </main>
      </div>
    </>
  );
}

type Found = NonNullable<ReturnType<typeof pageAt>>;

function pageAt(path: string) {
  for (const page of consolePages) {
    const parts = partsIn(page.path, path);
    if (parts) return { page, parts };
  }
  return undefined;
}

function Page({ page: { act, page: Shown }, parts }: Found) {
  const who = useWho();
  return who.may(act) ? <Shown parts={parts} /> : <NotAllowed />;
}

/** Tasks that one of one's roles may do and that have a page. */
function tasksFor(who: Who) {
  return tasks.filter(({ id, act }) => who.may(act) && consolePages.some(({ task }) => task === id));
}

interface TasksProps {
  readonly who: Who;
  readonly current: TaskId | undefined;
  /** path of the page one is on */
  readonly at: string;
}

function Tasks({ who, current, at }: TasksProps) {
  return (
    <nav className="tasks" aria-label="仕事">
      <ul>
        {tasksFor(who).map(({ id, label, path }) => (
          <li key={id}>
            <Link to={path} isCurrent={id === current}>
              {label}
              {id === 'applications' && <WaitingCount at={at} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TopBar({ who }: { readonly who: Who }) {
  const signOut = async () => {
    // whatever the answer: the next page asks who one is
    await api.post(done, '/api/sign-out').catch(() => undefined);
    location.assign('/');
  };
  return (
    <header className="top-bar">
      <p className="product">コンビニ交付 管理画面</p>
      <p className="municipality">{who.municipalityName}</p>
      <p className="who">
        {who.displayName}
        <span className="roles">（{who.roles.map((role) => roleNames[role]).join('・')}）</span>
      </p>
      <button type="button" className="button button-small" onClick={() => void signOut()}>
        ログアウト
      </button>
    </header>
  );
}

function NotThere() {
  return <PageHeading title="この画面はありません" lead="左の一覧から、仕事をえらんでください。" />;
}

function NotAllowed() {
  return (
    <PageHeading
      title="この画面は、あなたの役割では使えません"
      lead="必要なときは、管理の役割の人に頼んでください。"
    />
  );
}
