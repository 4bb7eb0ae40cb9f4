/** Columns of a list of certificates. */
import type { IssuedRow } from '../../../../contract/console/issued.ts';
import { hrefOf } from '../../base/addresses.ts';
import { yenWords } from '../../base/dates.ts';
import type { Column } from '../../parts/DataTable.tsx';
import { Link } from '../../parts/Link.tsx';
import { Instant } from '../../parts/Time.tsx';
import { CertificateState, stateWords } from './stateWords.tsx';

export const issuedColumns: readonly Column<IssuedRow>[] = [
  {
    id: 'number',
    label: '発行番号',
    value: ({ issueNumber }) => issueNumber,
    isRowHead: true,
    cell: ({ issueNumber }) => (
      <Link to={hrefOf('/issued/:issueNumber', { issueNumber })}>{issueNumber}</Link>
    ),
  },
  { id: 'at', label: '作成', value: ({ at }) => at, cell: ({ at }) => <Instant at={at} /> },
  { id: 'label', label: '証明書', value: ({ label }) => label },
  { id: 'kiosk', label: '機械', value: ({ kioskId }) => kioskId },
  { id: 'fee', label: '手数料', value: ({ fee }) => fee, align: 'end', cell: ({ fee }) => yenWords(fee) },
  { id: 'state', label: '状態', value: stateWords, cell: (row) => <CertificateState {...row} /> },
];
