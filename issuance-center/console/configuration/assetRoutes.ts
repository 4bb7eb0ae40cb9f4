/** 公印 and 外字 as files: checked at the door, kept under a name made of their bytes. */
import { addAsset, FONT_LIMIT_BYTES } from '../../configuration/assets.ts';
import * as contract from '../../contract/console/configuration.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from '../consoleRoute.ts';
import { staffNames } from '../staffAccounts.ts';

/** base64 is a third longer. */
const UPLOAD_LIMIT_BYTES = Math.ceil((FONT_LIMIT_BYTES * 4) / 3) + 1024;

export function assetRoutes({ db }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/assets',
      act: 'edit-configuration',
      summary: 'Keep a seal (PNG) or a font (TrueType)',
      body: contract.uploadRequest,
      bodyLimit: UPLOAD_LIMIT_BYTES,
      answer: contract.uploaded,
      handle: async ({ staff, body, now }) => {
        const bytes = Buffer.from(body.bytes, 'base64');
        const { municipality, staffId } = staff;
        const added = await addAsset(db, { municipality, staffId, kind: body.kind, bytes }, now);
        if (added.kind === 'refused') {
          throw new ConsoleRefusal('faults', added.reason, [{ path: 'bytes', reason: added.reason }]);
        }
        const { name, width, height } = added;
        return { name, width, height };
      },
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/assets',
      act: 'view-configuration',
      summary: 'Files of the municipality',
      answer: contract.assets,
      handle: async ({ staff }) => {
        const rows = await db
          .selectFrom('municipality_asset')
          .select(['name', 'kind', 'created_by', 'created_at'])
          .where('municipality', '=', staff.municipality)
          .orderBy('created_at', 'desc')
          .execute();
        const nameOf = await staffNames(db, staff.municipality);
        return {
          assets: rows.map((row) => ({
            name: row.name,
            kind: row.kind,
            createdBy: nameOf(row.created_by),
            createdAt: row.created_at.toISOString(),
          })),
        };
      },
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/assets/:name',
      act: 'view-configuration',
      summary: 'A file, to look at',
      params: contract.assetName,
      handle: async ({ staff, params, reply }) => {
        const row = await db
          .selectFrom('municipality_asset')
          .select(['kind', 'bytes'])
          .where('municipality', '=', staff.municipality)
          .where('name', '=', params.name)
          .executeTakeFirst();
        if (!row) throw new ConsoleRefusal('missing', '');
        return reply.type(row.kind === 'seal' ? 'image/png' : 'font/ttf').send(row.bytes);
      },
    }),
  ];
}
