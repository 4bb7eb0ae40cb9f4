// The worker's first file is plain JavaScript: under Node 20 a worker does not take tsx over from its parent, neither
// by inheritance nor by execArgv, but may register it itself.
import { register } from 'tsx/esm/api';

register();
await import('./renderWorker.ts');
