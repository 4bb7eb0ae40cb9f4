/** The IPP operations of the simulated printer (RFC 8011): a request message in, an answer message out. */
import ipp from '@sealsystems/ipp';
import type { IppAttributes, IppMessage, IppValue } from '@sealsystems/ipp';
import type { Sides } from '#agent/printer/printerPort.ts';
import type { StoreJob, StorePrinter } from './storePrinter.ts';

const OPERATIONS = [
  'Print-Job',
  'Validate-Job',
  'Cancel-Job',
  'Get-Job-Attributes',
  'Get-Jobs',
  'Get-Printer-Attributes',
];
const FORMATS = ['application/pdf', 'application/octet-stream'];

/** @param uri the printer's own address, as it names itself */
export function answerIpp(printer: StorePrinter, uri: string, request: IppMessage): IppMessage {
  const asked = request['operation-attributes-tag'] ?? {};
  switch (request.operation) {
    case 'Get-Printer-Attributes':
      return answer(request, 'successful-ok', { 'printer-attributes-tag': printerAttributes(printer, uri) });
    case 'Validate-Job':
      return answer(request, FORMATS.includes(formatOf(asked)) ? 'successful-ok' : UNSUPPORTED);
    case 'Print-Job':
      return printJob(printer, uri, request, asked);
    case 'Get-Job-Attributes': {
      const job = printer.jobs.find((candidate) => candidate.id === jobIdOf(asked));
      if (!job) return answer(request, 'client-error-not-found');
      return answer(request, 'successful-ok', { 'job-attributes-tag': jobAttributes(job, uri) });
    }
    case 'Get-Jobs':
      return answer(request, 'successful-ok', {
        'job-attributes-tag': listed(printer, asked).map((job) => jobAttributes(job, uri)),
      });
    case 'Cancel-Job':
      return cancelJob(printer, request, asked);
    default:
      return answer(request, 'server-error-operation-not-supported');
  }
}

const UNSUPPORTED = 'client-error-document-format-not-supported';

function answer(request: IppMessage, statusCode: string, groups: Partial<IppMessage> = {}): IppMessage {
  return {
    version: request.version,
    id: request.id,
    statusCode,
    'operation-attributes-tag': { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en' },
    ...groups,
  };
}

function printJob(printer: StorePrinter, uri: string, request: IppMessage, asked: IppAttributes): IppMessage {
  if (!FORMATS.includes(formatOf(asked))) return answer(request, UNSUPPORTED);
  if (!request.data) return answer(request, 'client-error-bad-request');
  const sides = sidesOf(printer, request, asked);
  if (sides === null) return answer(request, 'client-error-attributes-or-values-not-supported');
  const job = printer.accept({
    reference: text(asked['job-name'], 'untitled'),
    user: text(asked['requesting-user-name'], 'anonymous'),
    document: request.data,
    sides,
  });
  if (!job) return answer(request, 'client-error-document-format-error');
  return answer(request, 'successful-ok', { 'job-attributes-tag': jobAttributes(job, uri) });
}

/** What the printer makes of `sides`: what it cannot do it ignores, or refuses when the job says that it must (PWG 5100.7). */
function sidesOf(printer: StorePrinter, request: IppMessage, asked: IppAttributes): Sides | null {
  const job = request['job-attributes-tag'];
  const wanted = text(Array.isArray(job) ? undefined : job?.['sides'], 'one-sided');
  if (sidesSupported(printer).includes(wanted)) return wanted === 'one-sided' ? 'one-sided' : 'two-sided';
  const must = asked['job-mandatory-attributes'];
  return (Array.isArray(must) ? must : [must]).includes('sides') ? null : 'one-sided';
}

function sidesSupported(printer: StorePrinter): string[] {
  return printer.duplex ? ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'] : ['one-sided'];
}

function cancelJob(printer: StorePrinter, request: IppMessage, asked: IppAttributes): IppMessage {
  const known = printer.jobs.some((job) => job.id === jobIdOf(asked));
  if (!known) return answer(request, 'client-error-not-found');
  return answer(request, printer.cancel(jobIdOf(asked)) ? 'successful-ok' : 'client-error-not-possible');
}

function listed(printer: StorePrinter, asked: IppAttributes): StoreJob[] {
  const ended = ['completed', 'canceled', 'aborted'];
  const wantsEnded = text(asked['which-jobs'], 'not-completed') === 'completed';
  const user = asked['my-jobs'] === true ? text(asked['requesting-user-name'], 'anonymous') : null;
  const jobs = printer.jobs.filter(
    (job) => ended.includes(job.state) === wantsEnded && (user === null || job.user === user),
  );
  // RFC 8011 4.2.6.2: ended jobs newest first
  return wantsEnded ? jobs.reverse() : jobs;
}

function printerAttributes(printer: StorePrinter, uri: string): IppAttributes {
  const reasons = printer.stopReasons();
  const open = printer.jobs.filter((job) => job.state.startsWith('p'));
  return {
    'printer-uri-supported': uri,
    'uri-security-supported': 'none',
    'uri-authentication-supported': 'requesting-user-name',
    'printer-name': 'store-printer',
    'printer-info': 'Store printer (simulated)',
    'printer-location': 'store',
    'printer-make-and-model': 'Simulated store printer',
    'printer-more-info': uri.replace(/^ipp:/, 'http:'),
    'printer-state': reasons.length > 0 ? 'stopped' : open.length > 0 ? 'processing' : 'idle',
    'printer-state-reasons': reasons.length > 0 ? reasons : ['none'],
    'printer-is-accepting-jobs': true,
    'queued-job-count': open.length,
    'printer-up-time': printer.upTime(),
    'operations-supported': OPERATIONS,
    'ipp-versions-supported': ['1.1', '2.0'],
    'charset-configured': 'utf-8',
    'charset-supported': ['utf-8'],
    'natural-language-configured': 'en',
    'generated-natural-language-supported': ['en'],
    'document-format-default': 'application/pdf',
    'document-format-supported': FORMATS,
    'pdl-override-supported': 'not-attempted',
    'compression-supported': ['none'],
    'copies-default': 1,
    'copies-supported': [1, 1],
    'sides-default': 'one-sided',
    'sides-supported': sidesSupported(printer),
    'media-default': 'iso_a4_210x297mm',
    'media-supported': ['iso_a4_210x297mm'],
    'media-ready': printer.paper > 0 ? ['iso_a4_210x297mm'] : [],
    'media-col-default': { 'media-size': { 'x-dimension': 21000, 'y-dimension': 29700 } },
  };
}

function jobAttributes(job: StoreJob, uri: string): IppAttributes {
  return {
    'job-id': job.id,
    'job-uri': `${uri}/${job.id}`,
    'job-printer-uri': uri,
    'job-name': job.reference,
    'job-originating-user-name': job.user,
    'job-state': job.state,
    'job-state-reasons': [job.reason],
    'job-impressions': job.pages,
    'job-impressions-completed': job.sides === 'one-sided' ? job.sheets : Math.min(job.pages, job.sheets * 2),
    'job-media-sheets-completed': job.sheets,
    sides: job.sides === 'one-sided' ? 'one-sided' : 'two-sided-long-edge',
  };
}

function formatOf(asked: IppAttributes): string {
  return text(asked['document-format'], 'application/pdf');
}

function jobIdOf(asked: IppAttributes): number {
  const id = asked['job-id'];
  // a job may be named by its address instead (RFC 8011 4.1.5)
  return typeof id === 'number' ? id : Number(text(asked['job-uri'], '').split('/').pop());
}

function text(value: IppValue | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/** Throws on a malformed request. */
export function readIpp(bytes: Buffer): IppMessage {
  return ipp.parse(bytes);
}
export function writeIpp(message: IppMessage): Buffer {
  return ipp.serialize(message);
}
