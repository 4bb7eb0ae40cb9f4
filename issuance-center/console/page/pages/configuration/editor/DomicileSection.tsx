/** 本籍地の利用登録: whether applications of people who live elsewhere are taken, where, from when and in which hours. */
import { addDays } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { applicationChannels, type ApplicationChannel } from '../../../../../contract/domicileApplication.ts';
import { CheckField, DayField, FieldGroup } from '../../../parts/fields.tsx';
import { dayClasses, withApplicationsStart, type DraftChannel } from '../draftProfile.ts';
import { DatedRows } from './DatedRows.tsx';
import { useEdit } from './edit.tsx';
import { HoursGrid } from './HoursGrid.tsx';
import { ListedEntries } from './ListedEntries.tsx';
import { AddMaintenance } from './Maintenance.tsx';

const LABELS = { kiosk: '店の機械', internet: 'インターネット' } as const;
/** An approval and a word to the residents lie between. */
const DAYS_AHEAD = 30;

/** As the service of certificates usually has them. */
const usual = (from: CivilDate): DraftChannel => ({
  hours: [
    { from, weekly: Object.fromEntries(dayClasses.map((day) => [day, { opens: '06:30', closes: '23:00' }])) },
  ],
  maintenance: [],
});

export function DomicileSection() {
  const { draft, base, today } = useEdit();
  const { domicile } = draft.profile;
  const begin = (): void => {
    const startsOn = addDays(today, DAYS_AHEAD);
    draft.set('domicile', { startsOn, kiosk: usual(startsOn), internet: null, cardText: false });
  };
  const begun = base?.domicile?.startsOn;
  const hasBegun = begun !== undefined && begun <= today;
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">本籍地の利用登録</h2>
      <CheckField
        path="domicile"
        label="利用登録の申請を受け付ける"
        help="本籍がここにあって、ほかの市区町村に住んでいる人が、店の機械で戸籍の証明書を取れるようになります。受け付けた申請は、戸籍の担当の人が確認します。やめると、もう登録した人も取れなくなります。"
        isChecked={domicile !== undefined}
        onChange={(isOn) => (isOn ? begin() : draft.set('domicile', undefined))}
      />
      {domicile && (
        <>
          <DayField
            path="domicile.startsOn"
            label="受付を始める日"
            locked={hasBegun ? '受付はもう始まっています。始める日は変えられません。' : undefined}
            value={domicile.startsOn}
            onChange={(day) => draft.change((whole) => withApplicationsStart(whole, day))}
          />
          {applicationChannels.map((channel) => (
            <Channel key={channel} channel={channel} />
          ))}
          <CheckField
            path="domicile.cardText"
            label="カードの券面の文字を使ってよい"
            help="氏名と住所を、カードの表に書かれている文字のとおりに受け取れます。申請する人が、4けたの暗証番号を入れたときだけです。"
            isChecked={domicile.cardText ?? false}
            onChange={(isOn) => draft.set('domicile.cardText', isOn)}
          />
        </>
      )}
    </section>
  );
}

function Channel({ channel }: { readonly channel: ApplicationChannel }) {
  const { draft, base, today } = useEdit();
  const { domicile } = draft.profile;
  const own = domicile?.[channel];
  const path = `domicile.${channel}`;
  const label = LABELS[channel];
  const first = domicile?.startsOn ?? today;
  return (
    <FieldGroup path={path} legend={`${label}での受付`}>
      <CheckField
        path={`${path}.taken`}
        label={`${label}で受け付ける`}
        isChecked={own !== undefined && own !== null}
        onChange={(isOn) => draft.set(path, isOn ? usual(first) : null)}
      />
      {own && (
        <>
          <DatedRows
            path={`${path}.hours`}
            legend={`${label}の受付の時間`}
            rows={own.hours}
            baseRows={base?.domicile?.[channel]?.hours}
            blank={(from, row) => ({ from, weekly: row?.weekly ?? {} })}
          >
            {(row, at, locked) => <HoursGrid path={`${at}.weekly`} weekly={row.weekly} locked={locked} />}
          </DatedRows>
          <FieldGroup path={`${path}.maintenance`} legend={`${label}の受付を、点検で止める予定`}>
            <ListedEntries
              path={`${path}.maintenance`}
              entries={own.maintenance}
              none="点検の予定はありません。"
            />
            <AddMaintenance path={`${path}.maintenance`} entries={own.maintenance} />
          </FieldGroup>
        </>
      )}
    </FieldGroup>
  );
}
