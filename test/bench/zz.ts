import { benchAuthentication } from './authenticationBench.ts';
console.log(await benchAuthentication({ progress: (t) => console.error(t) }));
