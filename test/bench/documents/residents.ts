/**
 * Different residents by number, the same in every run: the same document again flatters whoever remembers it. Names hold
 * variants, plane 2 and compatibility ideographs; addresses and earlier addresses differ.
 */
import { exampleOrder, exampleTemplates } from '#center/documents/documents.fixture.ts';
import type { Finish, RenderRequest } from '#center/documents/renderer.ts';
import { composeRequest } from '#center/documents/request.ts';
import { sampleHousehold } from '#center/documents/sampleHousehold.ts';
import { familyRegister, type FamilyRegister } from '#templates/datasets/familyRegister.ts';
import { residentRecord, type ResidentRecord } from '#templates/datasets/residentRecord.ts';
import { loadTemplates } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import { municipalityCode } from '#templates/vocabulary.ts';

const FAMILIES =
  '渡辺佐藤鈴木高橋田中伊藤山本中村小林加藤吉田山田佐々木山口松本井上木村林斎藤清水阿部森池田橋本石川前田小川岡田長谷川';
const GIVEN =
  '太郎花子一二三四五六七八九十美咲翔陽菜大輝結衣蓮葵悠真凛颯湊樹律朝陽新碧紬詩澪杏楓鈴桜莉心春奈央希望光輝優斗健介';
const VARIANTS = ['', '渡邉\u{E0117}', '辻\u{E0103}', '𠮷', '髙', '﨑', '葛\u{E0103}', '辺\u{E0102}'];
const PLACES =
  '東西南北中央本町桜台緑丘若葉富士見青山白川黒石赤坂金沢銀座銅山鉄橋銭湯鏡池錦糸鎌倉長崎門司開成間宮関口阿蘇';

/** `count` characters picked by a fixed rule: the same number gives the same household in every run. */
function pick(from: string, seed: number, count: number): string {
  const characters = [...from];
  return Array.from({ length: count }, (_, place) => {
    return characters[(seed * 31 + place * 17 + (seed >> 3) * 7) % characters.length];
  }).join('');
}

export function household(seed: number): ResidentRecord {
  const family = VARIANTS[seed % VARIANTS.length] || pick(FAMILIES, seed, 2);
  return residentRecord.parse({
    ...sampleHousehold,
    address: `架空県みほん市${pick(PLACES, seed, 3)}${(seed % 9) + 1}番${seed % 97}号　${pick(PLACES, seed + 5, 2)}荘`,
    householderName: `${family}　${pick(GIVEN, seed, 2)}`,
    persons: sampleHousehold.persons.map((person, index) => {
      if (person.foreign) return person;
      const name = `${family}　${pick(GIVEN, seed + index * 11, 2)}`;
      return { ...person, name, previousAddress: `架空県ためし市${pick(PLACES, seed + index, 4)}${index}番` };
    }),
  });
}

const PLAIN: Finish = { kind: 'plain' };

/** One 住民票の写し page of four persons. */
export function residentRecordRequest(seed: number, finish: Finish = PLAIN): RenderRequest {
  const order = exampleOrder({ requestId: `bench-${seed}`, value: household(seed), finish });
  const composed = composeRequest(exampleTemplates, order);
  if (composed.kind !== 'composed') throw new Error('the example municipality offers its certificate');
  return composed.request;
}

const templates = loadTemplates();
const fourPages = loadSamples().get('family-register-full.four-pages')!;
const MIHON = municipalityCode.parse('992011');

/** One 戸籍全部事項証明書 of four pages, every given name and birthplace another one. */
export function familyRegisterRequest(seed: number, finish: Finish = PLAIN): RenderRequest {
  const value = familyRegister.parse(fourPages.value) as FamilyRegister;
  const members = value.members.map((member, index) => ({
    ...member,
    givenName: pick(GIVEN, seed + index * 13, [...member.givenName].length),
    events: member.events.map((event) =>
      event.kind === 'birth' ? { ...event, birthplace: `架空県${pick(PLACES, seed + index, 3)}市` } : event,
    ),
  }));
  const composed = composeRequest(templates, {
    ...fourPages,
    requestId: `bench-register-${seed}`,
    municipality: MIHON,
    value: { ...value, members },
    finish,
  });
  if (composed.kind !== 'composed') throw new Error('みほん市 offers 戸籍全部事項証明書');
  return composed.request;
}
