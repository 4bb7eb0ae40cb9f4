import { warekiDate } from '#templates/civilTime.ts';
import type { BasicFourItems, CardText } from '#center/contract/domicileApplication.ts';
import { Part, Row, Statement } from './Statement.tsx';
import type { StepProps } from './Step.tsx';

const SEXES: Readonly<Record<BasicFourItems['sex'], string>> = {
  male: '男',
  female: '女',
  unknown: '記載なし',
};

/** Exactly what will be signed, in words: what was typed, and what the card says. */
export function Reviewing({
  consent,
  items,
  text,
  acts,
}: StepProps & { readonly items: BasicFourItems; readonly text: CardText | null }) {
  const replaced = items.nameReplacements.includes('1') || items.addressReplacements.includes('1');
  return (
    <>
      <h1 tabIndex={-1}>この内容に署名します</h1>
      <p>内容を確認してください。まだ署名していません。</p>
      <Statement consent={consent} />
      <Part heading="カードから読み取ったこと">
        <Row label="氏名">{items.name}</Row>
        <Row label="生年月日">{warekiDate(items.birthDate)}</Row>
        <Row label="性別">{SEXES[items.sex]}</Row>
        <Row label="住所">{items.address}</Row>
      </Part>
      {replaced ? (
        <p className="hint">
          電子証明書に入らない文字は、代わりの文字で書かれています。そのまま申請できます。
        </p>
      ) : null}
      {text ? (
        <Part heading="カードの券面の文字">
          <Row label="氏名">{text.name}</Row>
          <Row label="住所">{text.address}</Row>
        </Part>
      ) : null}
      <p>
        <button type="button" className="button button-main" onClick={() => acts.touch('confirm')}>
          確認して、署名へ進む
        </button>
      </p>
    </>
  );
}
