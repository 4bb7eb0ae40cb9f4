import { useSay } from '../words.ts';

export function Limits() {
  const say = useSay();
  return (
    <section className="limits" aria-labelledby="limits-heading">
      <h2 id="limits-heading">{say('limits.heading')}</h2>
      <ul>
        <li>{say('limits.copy')}</li>
        <li>{say('limits.front')}</li>
        <li>{say('limits.person')}</li>
        <li>{say('limits.later')}</li>
      </ul>
    </section>
  );
}
