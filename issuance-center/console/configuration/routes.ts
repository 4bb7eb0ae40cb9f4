/** 証明書の種類: what is in force, drafts and their way to it, stops, files, previews, test issues. */
import { addDays, civilMoment } from '#templates/civilTime.ts';
import { isIssuable } from '#templates/datasets/sources.ts';
import { datasets } from '#templates/datasets/catalogue.ts';
import type { CertificateKind } from '#templates/kindSchema.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { kindsInOrder } from '../../issuing/offer.ts';
import { firstProfile, kindEntry } from '../../configuration/firstProfile.ts';
import { restoredProfile } from '../../configuration/restoredProfile.ts';
import { labelledFields } from '../../configuration/templateWords.ts';
import {
  approveVersion,
  lastApproved,
  proposeVersion,
  rejectVersion,
  saveDraft,
  startDraft,
  withdrawVersion,
  type Moved,
} from '../../configuration/versions.ts';
import * as contract from '../../contract/console/configuration.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, type ConsoleRoute } from '../consoleRoute.ts';
import { assetRoutes } from './assetRoutes.ts';
import { overviewOf } from './overview.ts';
import { refusalOf } from './refused.ts';
import { specimenRoutes } from './specimenRoutes.ts';
import { stopRoutes } from './stopRoutes.ts';
import { judge, shownSamples, versionRow, versionView } from './versionViews.ts';

const DONE = { kind: 'done' as const };

export function configurationRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    ...lookRoutes(deps),
    ...draftRoutes(deps),
    ...decisionRoutes(deps),
    ...stopRoutes(deps),
    ...assetRoutes(deps),
    ...specimenRoutes(deps),
  ];
}

function lookRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/configuration',
      act: 'view-configuration',
      summary: 'What is in force now, stops, all versions',
      answer: contract.overview,
      handle: ({ staff, now }) => overviewOf(deps, staff.municipality, now),
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/configuration/choices',
      act: 'view-configuration',
      summary: 'Kinds, layouts and kiosks there are',
      answer: contract.choices,
      handle: async ({ now }) => {
        const kiosks = await deps.db
          .selectFrom('kiosk')
          .select('id')
          .where('revoked_at', 'is', null)
          .orderBy('id')
          .execute();
        return { kinds: kindChoices(deps, now), kiosks: kiosks.map(({ id }) => id) };
      },
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/versions/:number',
      act: 'view-configuration',
      summary: 'One version, with what it changes',
      params: contract.versionNumber,
      answer: contract.version,
      handle: ({ staff, params, now }) => versionView(deps, staff, params.number, now),
    }),
  ];
}

function kindChoices({ configuration }: ConsoleDeps, now: number): contract.Choices['kinds'] {
  const { common } = configuration;
  const today = civilMoment(now).date;
  const layoutsOf = ({ id, dataset }: CertificateKind) =>
    [...common.layouts.values()]
      .map(({ value }) => value)
      .filter((layout) => layout.dataset === dataset && layout.purpose === 'certificate')
      // 住民票 and 記載事項 are over one dataset: the layouts made for the kind come first
      .sort((left, right) => Number(right.id.startsWith(`${id}.`)) - Number(left.id.startsWith(`${id}.`)))
      .map((layout) => layout.id);
  return kindsInOrder(common)
    .filter(({ dataset }) => isIssuable(dataset))
    .map((kind) => ({
      id: kind.id,
      label: kind.label,
      purpose: kind.purpose,
      needsTaxYears: datasets[kind.dataset].registers.includes('tax'),
      extents: [...kind.extents],
      options: kind.options.map(({ id, label, explanation }) => ({ id, label, explanation })),
      layouts: layoutsOf(kind),
      fields: [...labelledFields(common, kind)],
      beginning: kindEntry(kind, layoutsOf(kind)[0] ?? '', today) as Record<string, unknown>,
    }));
}

function draftRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db, configuration } = deps;
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/versions',
      act: 'edit-configuration',
      summary: 'A new draft: from what counts now, or from an earlier version',
      body: contract.startDraftRequest,
      answer: contract.startedDraft,
      handle: async ({ staff, body, now }) => {
        const text = await beginning(deps, staff.municipality, body.from, now);
        return { number: await startDraft(db, staff, text, now) };
      },
    }),
    consoleRoute({
      method: 'PUT',
      path: '/api/versions/:number',
      act: 'edit-configuration',
      summary: 'Save a draft over the revision that was seen',
      params: contract.versionNumber,
      body: contract.saveDraftRequest,
      bodyLimit: 512 * 1024,
      answer: contract.savedDraft,
      handle: async ({ staff, params, body, now }) => {
        const text = JSON.stringify(body.profile);
        const act = { ...staff, number: params.number };
        const { revision, rebase } = body;
        const saved = await saveDraft(db, act, { revision, text, rebase }, now);
        if (saved.kind !== 'saved') throw refusalOf(saved);
        const judged = await judge(deps, staff.municipality, text, now);
        const samples = await shownSamples(deps, staff.municipality, text);
        return { revision: saved.revision, ...judged, samples };
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/versions/:number/proposal',
      act: 'edit-configuration',
      summary: 'Hand a draft to the approver',
      params: contract.versionNumber,
      body: contract.proposeRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) =>
        moved(await proposeVersion(db, configuration.common, { ...staff, number: params.number }, body, now)),
    }),
    consoleRoute({
      method: 'DELETE',
      path: '/api/versions/:number',
      act: 'edit-configuration',
      summary: 'Take back a draft or a proposal',
      params: contract.versionNumber,
      answer: contract.done,
      handle: async ({ staff, params, now }) => {
        const row = await versionRow(db, staff.municipality, params.number);
        if (row.state === 'approved') {
          throw refusalOf({ kind: 'not-now', state: row.state, reason: 'not-a-draft' });
        }
        return moved(await withdrawVersion(db, { ...staff, number: params.number }, now));
      },
    }),
  ];
}

/** The text a draft begins with. */
async function beginning(
  { db, configuration }: ConsoleDeps,
  municipality: Parameters<typeof lastApproved>[1],
  from: number | null,
  now: number,
): Promise<string> {
  const today = civilMoment(now).date;
  const last = await lastApproved(db, municipality);
  if (from !== null) {
    const { profile } = await versionRow(db, municipality, from);
    return last ? restored(last.profile, profile, today) : profile;
  }
  if (last) return last.profile;
  const joined = await db
    .selectFrom('municipality')
    .selectAll()
    .where('code', '=', municipality)
    .executeTakeFirstOrThrow();
  const { prefecture, name } = joined;
  return JSON.stringify(firstProfile({ municipality, prefecture, name }, configuration.common, today));
}

function restored(current: string, earlier: string, today: CivilDate): string {
  const [now, then] = [current, earlier].map((text) => JSON.parse(text) as Record<string, unknown>);
  return JSON.stringify(restoredProfile(now!, then!, today, addDays(today, 1)));
}

function decisionRoutes({ db, configuration }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/versions/:number/approval',
      act: 'approve-configuration',
      confirm: true,
      summary: 'Approve what somebody else proposed, from an instant on',
      params: contract.versionNumber,
      body: contract.approveRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        const effectiveAt = body.effectiveAt === null ? now : Date.parse(body.effectiveAt);
        const act = { ...staff, number: params.number };
        const approval = { digest: body.digest, effectiveAt };
        return moved(await approveVersion(db, configuration.common, act, approval, now));
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/versions/:number/rejection',
      act: 'approve-configuration',
      summary: 'Send it back, with the reason',
      params: contract.versionNumber,
      body: contract.rejectRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) =>
        moved(await rejectVersion(db, { ...staff, number: params.number }, body.reason, now)),
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/versions/:number/withdrawal',
      act: 'approve-configuration',
      summary: 'Take back an approved version before its time',
      params: contract.versionNumber,
      answer: contract.done,
      handle: async ({ staff, params, now }) =>
        moved(await withdrawVersion(db, { ...staff, number: params.number }, now)),
    }),
  ];
}

function moved(result: Moved): { kind: 'done' } {
  if (result.kind !== 'moved') throw refusalOf(result);
  return DONE;
}
