/** 基本: the name on the paper and the first day. */
import { DayField, TextField } from '../../../parts/fields.tsx';
import { withStart } from '../draftProfile.ts';
import { useEdit } from './edit.tsx';

export function BasicSection() {
  const { draft, isRunning } = useEdit();
  const { profile, set, change } = draft;
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">基本</h2>
      <TextField
        path="prefecture"
        label="都道府県"
        value={profile.prefecture ?? ''}
        onChange={(value) => set('prefecture', value)}
        maxLength={120}
      />
      <TextField
        path="name"
        label="市区町村の名前"
        help="都道府県をつけない名前です。証明書と店の画面に出ます。"
        value={profile.name ?? ''}
        onChange={(value) => set('name', value)}
        maxLength={120}
      />
      <TextField
        path="reading"
        label="市区町村の読み"
        help="ひらがなで書きます。店の画面で、五十音から市区町村をさがすときに使います。"
        value={profile.reading ?? ''}
        onChange={(value) => set('reading', value || undefined)}
        maxLength={60}
      />
      <DayField
        path="serviceStartsOn"
        label="交付を始める日"
        help="この日の朝から、店の機械で証明書を取れます。この日から始まる手数料・時間・首長・公印の行も、いっしょに動きます。"
        locked={isRunning ? '交付はもう始まっています。始める日は変えられません。' : undefined}
        value={profile.serviceStartsOn}
        onChange={(day) => change((whole) => withStart(whole, day))}
      />
    </section>
  );
}
