import type { ReactNode } from 'react';
import type { OpenConsent } from '../../consentContract.ts';

/** What was typed on the page that asks, as it will be signed. */
export function Statement({ consent }: { readonly consent: OpenConsent }) {
  const { municipalityName, statement } = consent;
  return (
    <Part heading="申請の内容">
      <Row label="申請すること">本籍地の証明書の利用登録</Row>
      <Row label="申請先">{municipalityName}</Row>
      <Row label="本籍">{statement.domicile}</Row>
      <Row label="筆頭者の氏名">{statement.headOfRegister}</Row>
      <Row label="あなたの氏名のふりがな">{statement.furigana}</Row>
      <Row label="電話番号">{statement.telephone}</Row>
    </Part>
  );
}

export function Part({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section className="part">
      <h2>{heading}</h2>
      <dl>{children}</dl>
    </section>
  );
}
export function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
