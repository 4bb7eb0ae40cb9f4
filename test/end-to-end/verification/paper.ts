/**
 * The public interface as recipients reach it, on a database of its own, and paper to hold against it: documents rendered,
 * signed and sealed as the center does, entered as printed. No card reader is needed.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { databaseFor } from '#center/database/open.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { samplePrints } from '#center/documents/check/samplePrints.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import { createRenderer } from '#center/documents/renderer.ts';
import { centerKeys } from '#center/kiosks/centerKeys.ts';
import { newIssueNumber } from '#center/issuing/issueNumber.ts';
import { centerLog } from '#center/observability/log.ts';
import { centerMetrics } from '#center/observability/metrics.ts';
import { glyphBlocks, privateGlyphBlocks } from '#center/verification/glyphBlocks.ts';
import { municipalityKeys, type MunicipalityKeys } from '#center/verification/municipalityKeys.ts';
import { buildPublicApp } from '#center/verification/publicApp.ts';
import { installProfiles } from '#center/configuration/installProfiles.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import { addDays } from '#templates/civilTime.ts';
import { loadTemplates } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import type { IssueNumber } from '#templates/vocabulary.ts';

const NOW = Date.parse('2026-11-21T10:00:00+09:00');
const LOOK_UPS_PER_MINUTE = 500;

export interface Paper {
  readonly issueNumber: IssueNumber;
  readonly pdf: Buffer;
  /** fronts */
  readonly pages: number;
}
export interface PaperOrder {
  /** file of the sample, e.g. resident-record-copy.five-persons */
  readonly sample: string;
  /** who signs; `stranger`: keys that nobody has published */
  readonly signer?: 'municipality' | 'stranger';
  /** entered as printed, unless */
  readonly entered?: boolean;
  readonly verifiableDays?: number;
  /** default: the first one that prints it */
  readonly municipality?: string;
  /** default: a new one */
  readonly issueNumber?: IssueNumber;
  /** what the sample's value has instead */
  readonly change?: (value: object) => object;
}
export interface Counter {
  /** e.g. http://127.0.0.1:41234/ */
  readonly url: string;
  readonly db: CenterDatabase;
  readonly print: (order: PaperOrder) => Promise<Paper>;
  readonly close: () => Promise<void>;
}

const nameOf = ({ prefecture, name }: MunicipalityProfile): string => `${prefecture}${name}`;

export async function openCounter(lookUpsPerMinute = LOOK_UPS_PER_MINUTE): Promise<Counter> {
  const dataDir = mkdtempSync(join(tmpdir(), 'verification-end-to-end-'));
  const templates = loadTemplates();
  const municipalities = [...templates.profiles.keys()];
  const keys = municipalityKeys(dataDir, municipalities);
  const strangers = municipalityKeys(join(dataDir, 'elsewhere'), municipalities);
  const font = openCertificateFont(loadFonts());
  const opened = await databaseFor({ dataDir });
  const { documentSealer: seal, caCertificate } = await centerKeys(dataDir, Date.now());
  const fonts = municipalFonts(font, templates);
  await installProfiles(opened.db, templates, NOW);
  const names = municipalities.map((municipality) => ({
    municipality,
    name: nameOf(templates.profiles.get(municipality)!.value),
  }));
  const app = await buildPublicApp({
    db: opened.db,
    kinds: templates.kinds,
    names: () => Promise.resolve(names),
    clock: () => NOW,
    metrics: centerMetrics(),
    log: centerLog('silent'),
    keys: keys.published,
    caCertificate,
    glyphsOf: glyphBlocks(font),
    privateGlyphsOf: privateGlyphBlocks((municipality) => Promise.resolve(fonts(municipality))),
    pageDir: resolve(import.meta.dirname, '../../../dist/verify'),
    lookUpsPerMinute,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;
  const render = createRenderer(font, { seal });
  await opened.db
    .insertInto('kiosk')
    .values({ id: 'store-001', fingerprint: '0'.repeat(64), enrolled_at: new Date(NOW), revoked_at: null })
    .execute();
  const prints = samplePrints(templates, loadSamples());

  const print = async ({ sample, signer, ...order }: PaperOrder): Promise<Paper> => {
    const found = prints.find(
      (candidate) =>
        candidate.sample === sample &&
        candidate.municipality === (order.municipality ?? candidate.municipality),
    );
    if (!found) throw new Error(`no sample ${sample}`);
    const { municipality } = found;
    const kind = sample.split('.')[0]!;
    const { dataset } = found.request;
    const value = order.change?.(structuredClone(dataset.value as object)) ?? dataset.value;
    const issueNumber = order.issueNumber ?? newIssueNumber();
    const request = { ...found.request, issueNumber, dataset: { ...dataset, value } };
    const holder: MunicipalityKeys = signer === 'stranger' ? strangers : keys;
    const outcome = render({
      ...request,
      finish: {
        kind: 'issued',
        municipality,
        municipalityName: nameOf(templates.profiles.get(municipality)!.value),
        kindId: kind,
        frontKey: holder.keyOf(municipality, request.issueDate),
        verificationUrl: url,
      },
    });
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
    const { issueDate } = request;
    if (order.entered ?? true) {
      const verifiableUntil = addDays(issueDate, order.verifiableDays ?? 365);
      const { pages, sha256 } = outcome;
      const entry = { issueNumber, municipality, kind, issueDate, verifiableUntil, pages, sha256 };
      await enter(opened.db, entry);
    }
    return { issueNumber, pdf: Buffer.from(outcome.bytes), pages: outcome.pages / 2 };
  };
  const close = async () => {
    await app.close();
    await opened.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, db: opened.db, print, close };
}

interface Entry {
  readonly issueNumber: IssueNumber;
  readonly municipality: string;
  readonly kind: string;
  readonly issueDate: string;
  readonly verifiableUntil: string;
  readonly pages: number;
  readonly sha256: string;
}

async function enter(db: CenterDatabase, entry: Entry): Promise<void> {
  await db
    .insertInto('certificate')
    .values({
      issue_number: entry.issueNumber,
      session_id: randomUUID(),
      request_id: randomUUID(),
      kiosk_id: 'store-001',
      municipality: entry.municipality,
      kind: entry.kind,
      fee: 300,
      pages: entry.pages,
      document_sha256: entry.sha256,
      template_digest: '0'.repeat(64),
      holder_fingerprint: '0'.repeat(64),
      issue_date: entry.issueDate,
      verifiable_until: entry.verifiableUntil,
      state: 'printed',
      prepared_at: new Date(NOW),
      expires_at: new Date(NOW),
      settled_at: new Date(NOW),
    })
    .execute();
}
