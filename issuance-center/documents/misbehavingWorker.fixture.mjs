// A worker that does what its request is called; else it answers at once with its thread's id as the place.
import { parentPort, threadId } from 'node:worker_threads';

const answer = (requestId) =>
  parentPort.postMessage({
    kind: 'answer',
    outcome: { kind: 'refused', requestId, reason: 'does-not-fit', place: `${threadId}` },
  });

parentPort.on('message', ({ requestId }) => {
  if (requestId === 'hang') for (;;);
  if (requestId === 'crash') throw new Error('the worker is meant to die');
  if (requestId === 'leave') process.exit(0);
  if (requestId === 'silent') return;
  if (requestId === 'answer-another') return answer('another');
  if (requestId === 'answer-twice') answer(requestId);
  answer(requestId);
});
parentPort.postMessage({ kind: 'ready' });
