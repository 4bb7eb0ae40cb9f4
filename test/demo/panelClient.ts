/** The developer panel's buttons for a program: `npm run issue` presses them as a person would. */
import { z } from 'zod';

const listing = z.object({
  id: z.string(),
  resident: z.string(),
  pin: z.string(),
  password: z.string(),
  kinds: z.array(z.string()),
  note: z.string(),
});
const state = z.object({
  documents: z.array(
    z.object({
      id: z.number(),
      issueNumber: z.string().nullable(),
      /** data id of the kind; null for what the center did not enter: a receipt */
      kind: z.string().nullable(),
      sides: z.enum(['two-sided', 'one-sided']),
      sheets: z.number(),
      state: z.string(),
      pages: z.number(),
    }),
  ),
});
export type ReceivedDocument = z.infer<typeof state>['documents'][number];

export interface PanelClient {
  cards(): Promise<z.infer<typeof listing>[]>;
  /** Throws Error with the panel's sentence when it cannot be done. */
  act(name: string, value?: unknown): Promise<unknown>;
  documents(): Promise<ReceivedDocument[]>;
  documentBytes(id: number): Promise<Buffer>;
  /** a fresh one-time address of the screen */
  kioskUrl(): Promise<string>;
}

export function panelClient(panelUrl: string): PanelClient {
  const act = async (name: string, value?: unknown): Promise<unknown> => {
    const answer = await fetch(new URL('api/act', panelUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act: name, value }),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(z.object({ message: z.string() }).parse(body).message);
    return body;
  };
  const get = async (path: string): Promise<unknown> => (await fetch(new URL(path, panelUrl))).json();
  return {
    act,
    cards: async () => z.array(listing).parse(await get('api/cards')),
    documents: async () => state.parse(await get('api/state')).documents,
    documentBytes: async (id) =>
      Buffer.from(await (await fetch(new URL(`documents/${id}`, panelUrl))).arrayBuffer()),
    kioskUrl: async () => z.object({ url: z.string() }).parse(await act('openKiosk')).url,
  };
}
