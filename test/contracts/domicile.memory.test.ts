/** The applications half of the center in memory, as the tests of the visit use it. */
import { FAR_CITY, makeDomicileState, testDomicile } from '#agent/visit/testDomicile.ts';
import { domicileContract } from './domicile.contract.ts';

domicileContract('in memory', async () => {
  const state = makeDomicileState(Buffer.from('%PDF-1.7'));
  let isAway = false;
  const gone = { kind: 'unreachable', reason: 'timeout' } as const;
  const port = testDomicile(state, async (_name, act) => (isAway ? gone : act()));
  const nothing = Buffer.alloc(1).toString('base64');
  return {
    port,
    sessionId: 'session-1',
    there: FAR_CITY,
    sign: (challengeId) => ({
      challengeId,
      cms: nothing,
      authenticationCertificate: nothing,
      possession: nothing,
    }),
    away: async () => void (isAway = true),
    close: async () => undefined,
  };
});
