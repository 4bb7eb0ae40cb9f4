/**
 * A fictional household with one of each: 旧氏, a child born here, a foreign resident with 通称. Workers warm up with it
 * and test issues print it. Its individual number has a wrong check digit on purpose.
 */
import { residentRecord, type ResidentRecord } from '#templates/datasets/residentRecord.ts';
import type { Templates } from '#templates/load.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { composeRequest } from './request.ts';
import type { RenderRequest } from './renderer.ts';

const HEAD_OF_REGISTER = '渡邉\u{E0117}　太郎';
const registeredDomicile = { address: '架空県みほん市中央町一丁目2番地3', headOfRegister: HEAD_OF_REGISTER };
const movedIn = {
  becameResidentOn: '2014-04-01',
  addressSetOn: '2020-10-05',
  notifiedOn: '2014-04-03',
  registeredDomicile,
};

export const sampleHousehold: ResidentRecord = residentRecord.parse({
  address: '架空県みほん市見本台三丁目12番34－567号　みほんハイツ',
  householderName: HEAD_OF_REGISTER,
  persons: [
    {
      ...movedIn,
      number: 1,
      name: HEAD_OF_REGISTER,
      furigana: 'ワタナベ　タロウ',
      birthDate: '1983-07-02',
      sex: 'male',
      relationship: '世帯主',
      individualNumber: '123456789010',
      residentRecordCode: '11111111111',
      previousAddress: '架空県ためし市本町四丁目5番6号',
    },
    {
      ...movedIn,
      number: 2,
      name: '渡邉\u{E0117}　櫻',
      furigana: 'ワタナベ　サクラ',
      formerName: { name: '栁田', furigana: 'ヤナギダ' },
      birthDate: '1985-11-23',
      sex: 'female',
      relationship: '妻',
      previousAddress: '架空県さくらぎ市若葉町7番8号',
    },
    {
      number: 3,
      name: '渡邉\u{E0117}　陽葵',
      furigana: 'ワタナベ　ヒナタ',
      birthDate: '2017-05-06',
      sex: 'female',
      relationship: '子',
      becameResidentOn: '2017-05-06',
      addressSetOn: '2020-10-05',
      notifiedOn: '2017-05-12',
      registeredDomicile,
    },
    {
      number: 4,
      name: 'SAMPLE MARIA ANGELICA',
      foreign: {
        romanName: 'SAMPLE MARIA ANGELICA',
        alias: '見本　マリア',
        nationality: 'ブラジル',
        article30_45Category: 'mid-to-long-term-resident',
        residenceStatus: '技術・人文知識・国際業務',
        periodOfStay: '5年',
        periodExpiresOn: '2028-08-31',
        residenceCardNumber: 'AB12345678CD',
      },
      birthDate: '1990-01-15',
      sex: 'female',
      relationship: '同居人',
      becameResidentOn: '2023-09-01',
      addressSetOn: '2023-09-01',
      notifiedOn: '2023-09-04',
      previousAddress: 'ブラジル',
    },
  ],
});

const SAMPLE_DATE = civilDate.parse('2026-11-21');

/**
 * The sample household on the first municipality's 住民票の写し: what a worker renders before it takes traffic. Throws
 * RangeError when no municipality offers it on that day.
 */
export function warmUpRequest(templates: Templates): RenderRequest {
  for (const [municipality, { value: profile }] of templates.profiles) {
    const entry = profile.kinds.find(({ kind }) => kind === 'resident-record-copy');
    if (!entry) continue;
    const composed = composeRequest(templates, {
      requestId: 'warm-up',
      municipality,
      kind: entry.kind,
      extent: 'whole',
      include: entry.options,
      value: sampleHousehold,
      issueNumber: '0000-0000-0000-0000',
      issueDate: SAMPLE_DATE,
    });
    if (composed.kind === 'composed') return composed.request;
  }
  throw new RangeError('no municipality offers a document to warm up with');
}
