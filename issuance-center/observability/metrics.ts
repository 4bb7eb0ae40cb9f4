/** Counters for monitoring. No label names a person, a session or the cause behind the shared counter answer. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'route' | 'status'>;
  /** outcome: `authenticated` or the notice */
  readonly authentications: Counter<'outcome'>;
  /** outcome: `prepared` or the notice; municipality and kind as asked */
  readonly preparations: Counter<'municipality' | 'kind' | 'outcome'>;
  readonly settlements: Counter<'state'>;
  readonly alarms: Counter<'finding'>;
  readonly kiosksRefused: Counter<'reason'>;
  /** outcome: kind of the answer, or `dry-run` */
  readonly feedUploads: Counter<'register' | 'outcome'>;
  /** rows and events that changed something; none of the restrictions */
  readonly feedRows: Counter<'register'>;
  readonly feedClientsRefused: Counter<'reason'>;
  readonly overdue: Counter;
  /** answer: the status, or `limited`; never which certificate or whose */
  readonly lookUps: Counter<'answer'>;
  /** 1 while the database answers */
  readonly databaseUp: Gauge;
}

export function centerMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    registry,
    requests: new Histogram({
      name: 'center_request_seconds',
      help: 'Kiosk API calls by route and status',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    authentications: counter('center_authentications_total', 'Authentications by outcome', ['outcome']),
    preparations: counter('center_certificates_prepared_total', 'Calls of prepare by outcome', [
      'municipality',
      'kind',
      'outcome',
    ]),
    settlements: counter('center_certificates_settled_total', 'Certificates printed and void', ['state']),
    alarms: counter('center_alarms_total', 'Alarms of the check before printing', ['finding']),
    kiosksRefused: counter('center_kiosks_refused_total', 'Calls of unknown or revoked kiosks', ['reason']),
    feedUploads: counter('center_feed_uploads_total', 'Loads, batches and reconciliations by outcome', [
      'register',
      'outcome',
    ]),
    feedRows: counter(
      'center_feed_rows_total',
      'Rows and events entered, of the registers that are counted',
      ['register'],
    ),
    feedClientsRefused: counter(
      'center_feed_clients_refused_total',
      'Calls of unknown or revoked feed clients, or for another municipality',
      ['reason'],
    ),
    overdue: new Counter({
      name: 'center_certificates_overdue_total',
      help: 'Certificates that expired neither printed nor void',
      registers,
    }),
    lookUps: counter('center_look_ups_total', 'Questions about an issue number by answer', ['answer']),
    databaseUp: new Gauge({ name: 'center_database_up', help: '1 while the database answers', registers }),
  };
}
